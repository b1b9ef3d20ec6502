// One request, one answer: what goes over the wire and what a broken answer proves.
#include "unit/payer/fixture.hpp"

namespace atz::payer {

using Fate = Exchange::Fate;
using Then = Answer::Then;

TEST_CASE("a POST carries exactly what it should") {
  ScriptedServer server([](const Received&) { return Answer{http(200, R"({"resourceType":"Bundle"})")}; });
  World world(server);
  const auto client = world.client();
  const Exchange exchange = client->post("Claim/$submit", R"({"a":1})", 1);

  CHECK(exchange.fate == Fate::answered);
  CHECK(exchange.http_status == 200);
  CHECK(exchange.content_type == "application/fhir+json");
  CHECK(exchange.body == R"({"resourceType":"Bundle"})");
  const auto received = server.received();
  REQUIRE(received.size() == 1);
  const Received& request = received[0];
  CHECK(request.head.starts_with("POST /Claim/$submit HTTP/1.1\r\n"));
  CHECK(request.body == R"({"a":1})");
  CHECK(request.header("Content-Type") == "application/fhir+json");
  CHECK(request.header("Accept") == "application/fhir+json");
  CHECK(request.header("Accept-Encoding") == "gzip");
  CHECK(request.header("User-Agent") == "atz/" ATZ_VERSION);
  CHECK(request.header("Content-Length") == "7");
  CHECK(request.header("Transfer-Encoding").empty());
  CHECK(request.header("Expect").empty());
  CHECK(request.header("Authorization").empty());
  CHECK(request.header("Cookie").empty());
  CHECK(request.header("X-Request-Id").size() == 36);
  CHECK(request.header("X-Request-Id") == exchange.request_id);
}

TEST_CASE("the payer's clock is told by its Date header") {
  std::string date;
  ScriptedServer server([&](const Received&) { return Answer{http(200, "{}", date)}; });
  World world(server);
  const auto client = world.client();
  CHECK_FALSE(client->get("metadata").served_at);
  date = "Date: Sun, 06 Dec 2026 10:00:00 GMT\r\n";
  CHECK(client->get("metadata").served_at == Instant{std::chrono::seconds(1'796'551'200)});
  date = "Date: yesterday\r\n";
  CHECK_FALSE(client->get("metadata").served_at);
}

TEST_CASE("a large body is sent whole, with its length and without asking first") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}")}; });
  World world(server);
  std::string body(5'000'000, 'x');
  for (std::size_t i = 0; i < body.size(); i += 997) body[i] = static_cast<char>('a' + i % 26);
  CHECK(world.client()->post("", body, 3).fate == Fate::answered);
  const auto received = server.received();
  REQUIRE(received.size() == 1);
  CHECK(received[0].body == body);
  CHECK(received[0].header("Content-Length") == "5000000");
  CHECK(received[0].header("Expect").empty());
}

TEST_CASE("requests below the base address") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}")}; });
  World world(server.url() + "/fhir/r4/");
  const auto client = world.client();
  client->get("metadata");
  client->get("/Patient?identifier=a%7C1");
  client->post("", "{}", 1);
  client->post("Claim/$inquire", "{}", 1);
  const auto received = server.received();
  REQUIRE(received.size() == 4);
  CHECK(received[0].target == "/fhir/r4/metadata");
  CHECK(received[0].method == "GET");
  CHECK(received[1].target == "/fhir/r4/Patient?identifier=a%7C1");
  CHECK(received[2].target == "/fhir/r4");
  CHECK(received[3].target == "/fhir/r4/Claim/$inquire");
  CHECK(server.connections() == 1);
  CHECK(received[0].header("X-Request-Id") != received[1].header("X-Request-Id"));
}

TEST_CASE("error statuses and foreign bodies are answers, not failures") {
  ScriptedServer server([](const Received& request) {
    if (request.target == "/html") return Answer{http(502, "<html>bad gateway</html>", {}, "text/html")};
    if (request.target == "/empty") return Answer{"HTTP/1.1 204 No Content\r\n\r\n"};
    if (request.target == "/early") return Answer{"HTTP/1.1 103 Early Hints\r\n\r\n" + http(422, "{}")};
    return Answer{http(200, "")};
  });
  World world(server);
  const auto client = world.client();
  const Exchange html = client->post("html", "{}", 1);
  CHECK(html.fate == Fate::answered);
  CHECK(html.http_status == 502);
  CHECK(html.content_type == "text/html");
  CHECK(html.body == "<html>bad gateway</html>");
  CHECK(client->post("empty", "{}", 1).http_status == 204);
  CHECK(client->post("early", "{}", 1).http_status == 422);
  const Exchange nothing = client->post("nothing", "{}", 1);
  CHECK(nothing.fate == Fate::answered);
  CHECK(nothing.body.empty());
}

TEST_CASE("a redirect is not followed; after some of them a POST may have been processed") {
  ScriptedServer elsewhere([](const Received&) { return Answer{http(200, "{}")}; });
  const std::string location = "Location: " + elsewhere.url() + "/Claim/$submit\r\n";
  for (const int status : {301, 302, 303, 307, 308}) {
    ScriptedServer server([&](const Received&) { return Answer{http(status, "", location)}; });
    World world(server);
    const auto client = world.client();
    const Exchange post = client->post("Claim/$submit", "{}", 1);
    CHECK(post.http_status == status);
    CHECK(post.fate == (status >= 307 ? Fate::not_sent : Fate::answered));
    const Exchange get = client->get("metadata");
    CHECK(get.http_status == status);
    CHECK(get.fate == Fate::not_sent);
    CHECK(get.error.failure == Failure::refused);
    CHECK(contains(get.error.help, "base_url"));
    CHECK(server.received().size() == 2);
  }
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE("a page that asks for a client certificate comes from a gateway: the payer has seen nothing") {
  ScriptedServer server([](const Received& request) {
    return Answer{request.target == "/page"
                      ? http(400, "<html>400 No required SSL certificate was sent</html>", {}, "text/html")
                      : http(400, R"({"text":"SSL certificate"})")};
  });
  World world(server);
  const Exchange page = world.client()->post("page", "{}", 1);
  CHECK(page.fate == Fate::not_sent);
  CHECK(page.error.failure == Failure::sign_in);
  CHECK(contains(page.error.help, "tls.client_cert"));
  CHECK(world.client()->post("other", "{}", 1).fate == Fate::answered);
}

TEST_CASE("cookies are neither kept nor sent") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}", "Set-Cookie: a=b\r\n")}; });
  World world(server);
  const auto client = world.client();
  client->get("one");
  client->get("two");
  CHECK(server.received().at(1).header("Cookie").empty());
}

TEST_CASE("a POST without a complete answer has an unknown outcome") {
  const std::string cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"resourceType\"";
  const std::string cut_chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n";
  const std::string not_gzip = http(200, "no gzip at all", "Content-Encoding: gzip\r\n");
  for (const Answer& answer :
       {Answer{cut, Then::close}, Answer{cut, Then::reset}, Answer{cut_chunks, Then::close}, Answer{"", Then::close},
        Answer{"", Then::reset}, Answer{"HTTP/1.1 200 OK\r\nContent-Le", Then::close},
        Answer{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", Then::close}, Answer{"HTTP/1.1 200", Then::close},
        Answer{"HTTP/1.1 103 Early Hints\r\n\r\n", Then::close}, Answer{"garbage\r\n", Then::close},
        Answer{not_gzip, Then::close}}) {
    CAPTURE(answer.bytes);
    ScriptedServer server([&](const Received&) { return answer; });
    World world(server);
    const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
    CHECK(exchange.fate == Fate::unknown);
    CHECK(exchange.error.failure == Failure::unknown_outcome);
    CHECK(!exchange.error.message.empty());
    CHECK(exchange.body.empty());
    CHECK(exchange.request_id.size() == 36);
    CHECK(server.received().size() == 1);
  }
}

TEST_CASE("a GET without a complete answer is only temporary trouble") {
  ScriptedServer server([](const Received&) { return Answer{"", Then::close}; });
  World world(server);
  const Exchange exchange = world.client()->get("metadata");
  CHECK(exchange.fate == Fate::unknown);
  CHECK(exchange.error.failure == Failure::temporary);
}

// libcurl would repeat the POST on a new connection here.
TEST_CASE("a kept connection that dies does not make a POST go out twice") {
  for (const Then end : {Then::close, Then::reset}) {
    ScriptedServer server([&](const Received& request) {
      return request.method == "GET" ? Answer{http(200, "{}")} : Answer{"", end};
    });
    World world(server);
    const auto client = world.client();
    CHECK(client->get("metadata").fate == Fate::answered);
    const Exchange exchange = client->post("Claim/$submit", "{}", 1);
    CHECK(exchange.fate == Fate::unknown);
    CHECK(exchange.error.failure == Failure::unknown_outcome);
    const auto received = server.received();
    REQUIRE(received.size() == 2);
    CHECK(received[1].connection == 1);
  }
}

TEST_CASE("a connection that the payer has closed meanwhile is replaced before anything is sent") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}"), Then::close}; });
  World world(server);
  const auto client = world.client();
  for (int i = 1; i <= 3; ++i) {
    CHECK(client->post("Claim/$submit", "{}", 1).fate == Fate::answered);
    server.wait_until_closed(i);
  }
  CHECK(server.received().size() == 3);
  CHECK(server.connections() == 3);
}

TEST_CASE("a refused connection is certain not to have sent anything") {
  std::string url;
  {
    ScriptedServer gone([](const Received&) { return Answer{}; });
    url = gone.url();
  }
  World world(url);
  const auto client = world.client();
  for (const Exchange& exchange : {client->get("metadata"), client->post("", "{}", 1)}) {
    CHECK(exchange.fate == Fate::not_sent);
    CHECK(exchange.error.failure == Failure::temporary);
    CHECK(contains(exchange.error.message, "was refused"));
  }
}

}  // namespace atz::payer
