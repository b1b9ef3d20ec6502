// Certificates that must not be trusted, against the TLS server of the openssl command. Skipped, and said so, where
// that command is missing.
#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "unit/payer/fixture.hpp"

namespace atz::payer {

using Fate = Exchange::Fate;

namespace {

bool have_openssl() {
  static const bool have = std::system("openssl version >/dev/null 2>&1") == 0;
  if (!have) MESSAGE("SKIPPED: TLS tests need the openssl command (Debian package openssl)");
  return have;
}

void run(const std::string& command) {
  CAPTURE(command);
  REQUIRE(std::system((command + " >/dev/null 2>&1").c_str()) == 0);
}

// A folder with an authority, and certificates for localhost that it has signed.
class Authority {
 public:
  Authority() {
    std::string pattern = (std::filesystem::temp_directory_path() / "atz-tls-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    run(fmt::format(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=Example CA' "
        "-keyout {0}/ca.key -out {0}/ca.pem",
        folder_));
  }
  ~Authority() { std::filesystem::remove_all(folder_); }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  void issue(const std::string& name, const std::string& host, int days) const {
    std::ofstream(file(name + ".ext")) << "subjectAltName=" << host << "\n";
    run(
        fmt::format("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=example "
                    "-keyout {0}/{1}.key -out {0}/{1}.csr",
                    folder_, name));
    run(
        fmt::format("openssl x509 -req -in {0}/{1}.csr -CA {0}/ca.pem -CAkey {0}/ca.key -CAcreateserial -days {2} "
                    "-extfile {0}/{1}.ext -out {0}/{1}.pem",
                    folder_, name, days));
  }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

// `openssl s_server -www`: a page of HTML for every GET.
class TlsServer {
 public:
  TlsServer(const Authority& authority, const std::string& name, const std::string& options = {}) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    const std::string command = fmt::format("exec openssl s_server -accept 127.0.0.1:0 -www -cert {} -key {} {} 2>&1",
                                            authority.file(name + ".pem"), authority.file(name + ".key"), options);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::close(pipe[0]);
      ::close(pipe[1]);
      ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(pipe[1]);
    output_ = pipe[0];
    // It prints "ACCEPT 127.0.0.1:PORT" when it is ready.
    std::string text;
    std::array<char, 256> chunk{};
    std::size_t accept = std::string::npos;
    while ((accept = text.find("ACCEPT ")) == std::string::npos || text.find('\n', accept) == std::string::npos) {
      const ssize_t got = ::read(output_, chunk.data(), chunk.size());
      CAPTURE(text);
      REQUIRE(got > 0);
      text.append(chunk.data(), static_cast<std::size_t>(got));
    }
    const std::size_t line_end = text.find('\n', accept);
    port_ = text.substr(text.rfind(':', line_end) + 1, line_end - text.rfind(':', line_end) - 1);
  }
  ~TlsServer() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    ::close(output_);
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  [[nodiscard]] std::string url() const { return "https://localhost:" + port_; }

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string port_;
};

Exchange post_to(const TlsServer& server, const std::string& ca_file) {
  World world(server.url());
  world.profile.tls.ca_file = ca_file;
  return world.client()->post("Claim/$submit", "{}", 1);
}

void check_not_sent(const Exchange& exchange, std::string_view message) {
  CAPTURE(exchange.error.message);
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(exchange.error.failure == Failure::temporary);
  CHECK(contains(exchange.error.message, message));
}

}  // namespace

TEST_CASE("certificates") {
  if (!have_openssl()) return;
  const Authority authority;
  const std::string ca = authority.file("ca.pem");
  authority.issue("good", "DNS:localhost", 2);
  authority.issue("expired", "DNS:localhost", -1);
  authority.issue("foreign", "DNS:payer.example", 2);

  SUBCASE("a good one is trusted through ca_file, and only through it") {
    const TlsServer server(authority, "good");
    World world(server.url());
    world.profile.tls.ca_file = ca;
    const Exchange exchange = world.client()->get("metadata");
    CAPTURE(exchange.error.message);
    CHECK(exchange.fate == Fate::answered);
    check_not_sent(post_to(server, ""), "authority that this computer does not know");
  }
  SUBCASE("expired") {
    const TlsServer server(authority, "expired");
    check_not_sent(post_to(server, ca), "has expired");
  }
  SUBCASE("for another host") {
    const TlsServer server(authority, "foreign");
    check_not_sent(post_to(server, ca), "belongs to another host name");
  }
  SUBCASE("a TLS version that is too old") {
    const TlsServer server(authority, "good", "-tls1_1 -cipher DEFAULT@SECLEVEL=0");
    check_not_sent(post_to(server, ca), "older than 1.2");
  }
  SUBCASE("TLS 1.2 is new enough") {
    const TlsServer server(authority, "good", "-tls1_2");
    World world(server.url());
    world.profile.tls.ca_file = ca;
    CHECK(world.client()->get("metadata").fate == Fate::answered);
  }
  SUBCASE("a client certificate that the server demands") {
    authority.issue("client", "DNS:client.example", 2);
    const TlsServer server(authority, "good", "-tls1_2 -Verify 1 -verify_return_error -CAfile " + ca);
    check_not_sent(post_to(server, ca), "refused the TLS connection");
    World world(server.url());
    world.profile.tls = {ca, authority.file("client.pem"), authority.file("client.key")};
    CHECK(world.client()->get("metadata").fate == Fate::answered);
  }
  SUBCASE("files of the profile that cannot be used") {
    const TlsServer server(authority, "good");
    const Exchange no_ca = post_to(server, authority.file("missing.pem"));
    CHECK(no_ca.fate == Fate::not_sent);
    CHECK(no_ca.error.failure == Failure::usage);
    CHECK(contains(no_ca.error.help, "tls.ca_file"));
    World world(server.url());
    world.profile.tls = {ca, authority.file("good.pem"), authority.file("ca.key")};
    const Exchange bad_key = world.client()->get("metadata");
    CHECK(bad_key.fate == Fate::not_sent);
    CHECK(bad_key.error.failure == Failure::usage);
    CHECK(contains(bad_key.error.help, "tls.client_cert"));
  }
}

TEST_CASE("a server that does not speak TLS at all") {
  const ScriptedServer server([](const Received&) { return Answer{}; }, "HTTP/1.1 400 Bad Request\r\n\r\n");
  World world("https://localhost:" + std::to_string(server.port()));
  const Exchange exchange = world.client()->post("", "{}", 1);
  check_not_sent(exchange, "does not speak TLS");
}

}  // namespace atz::payer
