// Bytes of one connection to the embedded payer, sent to the real server over loopback.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <nlohmann/json.hpp>

#include "folder.hpp"
#include "payer.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

constexpr int kPatience = 60'000;  // milliseconds; the server itself gives up after less

struct Site {
  Folder folder;
  std::unique_ptr<Files> files = real_files();
  FixedClock clock{begin_of_time()};
  SystemRandom random;
  seal::Vault vault{seal::Secret(std::string(32, 'k'))};
  std::unique_ptr<sandbox::Server> server;

  Site() {
    sandbox::ServerOptions options;
    options.requires_sign_in = false;
    auto started = sandbox::Server::start({*files, clock, random, vault, folder.path("state"), {}, nullptr}, options);
    require(started.has_value(), "the payer starts");
    server = std::move(*started);
  }
};

Site& site() {
  static Site instance;
  return instance;
}

// What the server says until it closes; it never leaves a connection open that was closed on our side.
std::string converse(std::string_view bytes) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(fd >= 0, "there is a socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(site().server->port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  require(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "the payer is there");
  std::string reply;
  bool sending = true;
  for (;;) {
    if (sending && bytes.empty()) {
      ::shutdown(fd, SHUT_WR);
      sending = false;
    }
    pollfd entry{fd, static_cast<short>(POLLIN | (sending ? POLLOUT : 0)), 0};
    const int ready = ::poll(&entry, 1, kPatience);
    if (ready < 0 && errno == EINTR) continue;  // libFuzzer's alarm
    require(ready > 0, "the payer answers or closes");
    if ((entry.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      char buffer[65536];
      const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      reply.append(buffer, static_cast<std::size_t>(got));
    } else if (sending) {
      const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
      if (sent < 0 && errno != EAGAIN && errno != EINTR) sending = false;
    }
  }
  ::close(fd);
  return reply;
}

// Every answer of a connection: a status that is no fault of the payer's, and FHIR where it says so.
void check_answers(std::string_view reply, bool head) {
  while (!reply.empty()) {
    require(reply.starts_with("HTTP/1.1 "), "what the payer says is HTTP");
    int status = 0;
    std::from_chars(reply.data() + 9, reply.data() + std::min<std::size_t>(reply.size(), 12), status);
    require(status == 100 || (status >= 200 && status < 500), "nothing that is sent makes the payer fail");
    const auto end = reply.find("\r\n\r\n");
    require(end != std::string_view::npos, "a head is whole");
    const auto fields = reply.substr(0, end);
    reply.remove_prefix(end + 4);
    const auto length_at = fields.find("Content-Length: ");
    std::size_t length = 0;
    if (length_at != std::string_view::npos)
      std::from_chars(fields.data() + length_at + 16, fields.data() + fields.size(), length);
    if (head || length > reply.size()) return;  // the client went away
    const auto body = reply.substr(0, length);
    if (fields.find("application/fhir+json") != std::string_view::npos && length > 0)
      require(nlohmann::json::accept(body), "what is said to be FHIR JSON is JSON");
    reply.remove_prefix(length);
  }
}

void run(std::string_view input) {
  if (input.size() > 200'000) return;
  check_answers(converse(input), input.find("HEAD") != std::string_view::npos);
}

std::string post(const std::string& path, const std::string& type, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::vector<Seed> seeds() {
  const std::string get = "GET /fhir/metadata HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  const std::string json = "application/fhir+json";
  const std::string request = example_requests("maple-street.yaml", "maple-street-20261207-k3m9q").front().bytes;
  return {
      {"get", get},
      {"pipelined", get + get},
      {"head", "HEAD /fhir/metadata HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"},
      {"submit", post("/fhir/Claim/$submit", json, request)},
      {"token", post("/fhir/token", "application/x-www-form-urlencoded", "grant_type=client_credentials")},
      {"search", post("/fhir/Patient/_search", "application/x-www-form-urlencoded", "family=A&birthdate=1988-02-29")},
      {"patient", "GET /fhir/Patient?identifier=%7C99000001A HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"report", "GET /fhir/$daily-authorization-report?date=2026-12-07 HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"chunked",
       "POST /fhir HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
       "chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"},
      {"expect",
       "POST /fhir HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: "
       "100-continue\r\nContent-Length: 2\r\n\r\n{}"},
      {"range", "GET /fhir/metadata HTTP/1.1\r\nHost: x\r\nRange: bytes=0-10,20-30\r\nAccept-Encoding: gzip\r\n\r\n"},
      {"multipart",
       "POST /fhir HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
       "10\r\n\r\n--b--\r\n\r\n\r\n"},
      {"delete", "DELETE /fhir/Subscription/7 HTTP/1.1\r\nHost: x\r\n\r\n"},
  };
}

}  // namespace

Target http_target() {
  return {"http", Grammar::lines, run, seeds};
}

}  // namespace atz::fuzz
