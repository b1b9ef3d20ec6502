#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "sandbox/listener.hpp"
#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

int connect_to(const char* address, int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, address, &to.sin_addr);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return fd;
  ::close(fd);
  return -1;
}

std::string read_all(int fd) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
    if (got <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

httplib::Headers with_token(const Caller& caller, httplib::Headers more = {}) {
  more.emplace("Authorization", "Bearer " + caller.token);
  return more;
}

}  // namespace

TEST_CASE("discovery needs no sign-in") {
  World world;
  const auto server = world.serve();
  CHECK(server->base_url() == "http://127.0.0.1:" + std::to_string(server->port()) + "/fhir");
  auto http = anonymous(*server);
  const auto metadata = http.Get("/fhir/metadata");
  CHECK(is_fhir(metadata));
  const auto capabilities = fhir::read_capabilities(metadata->body);
  REQUIRE(capabilities);
  CHECK(capabilities->fhir_version == "4.0.1");
  CHECK(capabilities->transaction);
  CHECK(capabilities->batch);
  CHECK(capabilities->submit);
  CHECK(capabilities->inquire);
  CHECK(capabilities->patient_search);
  const auto smart = json_of(http.Get("/fhir/.well-known/smart-configuration"));
  CHECK(smart["token_endpoint"] == server->base_url() + "/token");
  CHECK(smart["grant_types_supported"] == nlohmann::json::array({"client_credentials"}));
  const auto head = http.Head("/fhir/metadata");
  REQUIRE(head);
  CHECK(head->status == 200);
  CHECK(head->body.empty());
}

TEST_CASE("the CapabilityStatement says what this run offers") {
  World world;
  ServerOptions options;
  options.offers_transaction = false;
  {
    const auto server = world.serve(options);
    auto http = anonymous(*server);
    const auto capabilities = fhir::read_capabilities(http.Get("/fhir/metadata")->body);
    CHECK_FALSE(capabilities->transaction);
    CHECK(capabilities->batch);
  }
  options.offers_batch = false;
  const auto server = world.serve(options);
  auto http = anonymous(*server);
  const auto capabilities = fhir::read_capabilities(http.Get("/fhir/metadata")->body);
  CHECK_FALSE(capabilities->transaction);
  CHECK_FALSE(capabilities->batch);
  CHECK(capabilities->submit);
}

TEST_CASE("what is not there is 404 with an OperationOutcome, whatever the method") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  for (const char* path : {"/", "/metadata", "/fhir/Claim", "/fhir/claim/$submit", "/fhir/Claim/$Submit",
                           "/fhir/Claim/submit", "/fhir/Claim/$submit/", "/fhir/Patient/1", "/fhir/../etc/passwd"}) {
    const auto got = caller.get(path);
    REQUIRE(got);
    CHECK_MESSAGE(got->status == 404, path);
    CHECK(is_fhir(got));
    CHECK(issues_of(got).front().code == "not-found");
    CHECK(caller.post(path, "{}")->status == 404);
  }
  CHECK(caller.get("/fhir/" + std::string(8000, 'x'))->status == 404);
  CHECK(caller.get("/fhir/" + std::string(9000, 'x'))->status == 414);
}

TEST_CASE("the wrong method is 405 and says which one is right") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto get = caller.get("/fhir/Claim/$submit");
  REQUIRE(get);
  CHECK(get->status == 405);
  CHECK(get->get_header_value("Allow") == "POST");
  CHECK(is_fhir(get));
  const auto put = caller.raw("PUT", "/fhir/metadata", "{}", with_token(caller));
  REQUIRE(put);
  CHECK(put->status == 405);
  CHECK(put->get_header_value("Allow") == "GET");
  CHECK(caller.raw("DELETE", "/fhir/Patient", "", with_token(caller))->status == 405);
  CHECK(caller.raw("OPTIONS", "/fhir", "", with_token(caller))->status == 405);
}

TEST_CASE("no token, no service") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  for (const char* path : {"/fhir/Claim/$submit", "/fhir/Claim/$inquire", "/fhir", "/fhir/", "/fhir/Patient/_search"}) {
    const auto refused = caller.raw("POST", path, "{}", {{"Content-Type", "application/fhir+json"}});
    REQUIRE(refused);
    CHECK_MESSAGE(refused->status == 401, path);
    CHECK(refused->get_header_value("WWW-Authenticate").starts_with("Bearer"));
    CHECK(is_fhir(refused));
    CHECK(issues_of(refused).front().code == "login");
  }
  CHECK(caller.raw("GET", "/fhir/Patient?identifier=1", "", {})->status == 401);
  CHECK(caller.raw("GET", "/fhir/Patient?identifier=1", "", {{"Authorization", "Bearer guess"}})->status == 401);

  ServerOptions open;
  open.requires_sign_in = false;
  const auto trusting = world.serve(open);
  auto http = anonymous(*trusting);
  CHECK(http.Post("/fhir/Claim/$submit", requests().front().bytes, "application/fhir+json")->status == 200);
}

TEST_CASE("bodies must be plain FHIR JSON") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto body = requests().front().bytes;
  const auto encoded =
      caller.raw("POST", "/fhir/Claim/$submit", body,
                 with_token(caller, {{"Content-Type", "application/fhir+json"}, {"Content-Encoding", "gzip"}}));
  REQUIRE(encoded);
  CHECK(encoded->status == 415);
  CHECK(is_fhir(encoded));
  CHECK(caller.post("/fhir/Claim/$submit", body, "text/plain")->status == 415);
  CHECK(caller.post("/fhir/Claim/$submit", body, "application/fhir+xml")->status == 415);
  CHECK(caller.post("/fhir/Claim/$submit", body, "application/fhir+json; charset=latin1")->status == 415);
  CHECK(caller.post("/fhir/Patient/_search", "identifier=1", "application/json")->status == 415);
  CHECK(caller.post("/fhir/Claim/$submit", body, "Application/FHIR+json; charset=UTF-8")->status == 200);
}

TEST_CASE("bodies are bounded") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto large = caller.post("/fhir/Claim/$submit", std::string(32 * 1024 * 1024 + 1, ' '));
  REQUIRE(large);
  CHECK(large->status == 413);
  CHECK(is_fhir(large));
  const auto chunked = caller.http.Post(
      "/fhir/Claim/$submit", with_token(caller),
      [](std::size_t offset, httplib::DataSink& sink) {
        const std::string part(1024 * 1024, ' ');
        if (offset > 32U * 1024 * 1024) {
          sink.done();
        } else {
          sink.write(part.data(), part.size());
        }
        return true;
      },
      "application/fhir+json");
  REQUIRE(chunked);
  CHECK(chunked->status == 413);
  // Exactly the limit is read, and then found to be no JSON.
  CHECK(caller.post("/fhir/Claim/$submit", std::string(32 * 1024 * 1024, ' '))->status == 400);
}

TEST_CASE("a client that asks before it sends a large body is told to go on, or why not") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const httplib::Headers asking = {{"Content-Type", "application/fhir+json"}, {"Expect", "100-continue"}};
  CHECK(caller.raw("POST", "/fhir/Claim/$submit", requests().front().bytes, with_token(caller, asking))->status == 200);
  CHECK(caller.raw("POST", "/fhir/Claim/$submit", "{}", asking)->status == 401);
}

TEST_CASE("nonsense is refused with an OperationOutcome") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  for (const std::string& body :
       {std::string("{"), std::string("[]"), std::string("{}"), std::string("null"),
        std::string("{\"resourceType\":\"Patient\"}"), std::string(100'000, '['), std::string("\xff\xfe")}) {
    for (const char* path : {"/fhir/Claim/$submit", "/fhir/Claim/$inquire", "/fhir"}) {
      const auto refused = caller.post(path, body);
      REQUIRE(refused);
      CHECK((refused->status == 400 || refused->status == 422));
      CHECK(is_fhir(refused));
      CHECK_FALSE(issues_of(refused).empty());
    }
  }
}

TEST_CASE("requests that are no HTTP get an answer and lose the connection") {
  World world;
  const auto server = world.serve();
  for (const char* text :
       {"hello\r\n\r\n", "BREW /fhir HTTP/1.1\r\n\r\n", "GET /fhir/metadata HTTP/1.1\r\nno colon\r\n\r\n",
        "POST /fhir/token HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"}) {
    const int fd = connect_to("127.0.0.1", server->port());
    REQUIRE(fd >= 0);
    ::send(fd, text, std::char_traits<char>::length(text), MSG_NOSIGNAL);
    ::shutdown(fd, SHUT_WR);
    const std::string answer = read_all(fd);
    ::close(fd);
    INFO(text);
    INFO(answer);
    CHECK((answer.empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 2")));
  }
  auto http = anonymous(*server);
  CHECK(http.Get("/fhir/metadata")->status == 200);
}

TEST_CASE("only loopback, and a port of its own") {
  World world;
  const auto server = world.serve();
  const int here = connect_to("127.0.0.1", server->port());
  CHECK(here >= 0);
  ::close(here);
  CHECK(connect_to("127.0.0.2", server->port()) < 0);
  ServerOptions same;
  same.port = server->port();
  const auto second = Server::start(world.services(), same);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().failure == Failure::io);
}

TEST_CASE("silent connections are bounded and don't stop the server") {
  World world;
  const auto server = world.serve();
  std::vector<int> silent;
  std::string refused;
  // Connections are taken in order, so the first that is refused is answered at once.
  for (std::size_t i = 0; i <= kMostConnections; ++i) {
    silent.push_back(connect_to("127.0.0.1", server->port()));
    REQUIRE(silent.back() >= 0);
  }
  refused = read_all(silent.back());
  CHECK(refused.starts_with("HTTP/1.1 503"));
  // Each refusal makes room by ending a silent one.
  auto http = anonymous(*server);
  bool answered = false;
  // On a busy machine its thread may come late; each try is turned away at once.
  for (int tries = 0; tries < 100'000 && !answered; ++tries) {
    const auto got = http.Get("/fhir/metadata");
    answered = got && got->status == 200;
    if (!answered) std::this_thread::yield();
  }
  CHECK(answered);
  for (const int fd : silent) ::close(fd);
}

TEST_CASE("a connection serves many requests, and many clients at once") {
  World world;
  const auto server = world.serve();
  std::vector<std::thread> clients;
  std::atomic<int> good{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      Caller caller(*server);
      for (int n = 0; n < 50; ++n) {
        const auto got = caller.get("/fhir/metadata");
        if (got && got->status == 200) ++good;
      }
    });
  }
  for (auto& client : clients) client.join();
  CHECK(good == 400);
}

TEST_CASE("wait returns when the server is stopped, and stopping twice is fine") {
  World world;
  const auto server = world.serve();
  std::thread waiter([&] { server->wait(); });
  const int silent = connect_to("127.0.0.1", server->port());
  server->stop();
  waiter.join();
  server->stop();
  server->wait();
  ::close(silent);
  CHECK(connect_to("127.0.0.1", server->port()) < 0);
}

}  // namespace atz::sandbox::test
