// What the client agrees to talk to, and through which proxies.
#include "payer/curl_library.hpp"
#include "payer/url.hpp"
#include "unit/payer/fixture.hpp"

namespace atz::payer {

using Fate = Exchange::Fate;

TEST_CASE("loopback hosts") {
  for (const char* host : {"localhost", "LocalHost", "127.0.0.1", "127.255.255.254", "::1", "[::1]"}) {
    CAPTURE(host);
    CHECK(is_loopback(host));
  }
  for (const char* host : {"", "128.0.0.1", "126.255.255.255", "127.0.0.1.payer.example", "localhost.payer.example",
                           "127.1", "[::2]", "::ffff:127.0.0.1", "0.0.0.0", "payer.example"}) {
    CAPTURE(host);
    CHECK(!is_loopback(host));
  }
}

TEST_CASE("plain HTTP to another computer is refused before any byte") {
  for (const char* url : {"http://payer.example/fhir", "http://192.0.2.1", "http://127.0.0.1.payer.example/",
                          "http://localhost@payer.example/", "ftp://127.0.0.1/", "file:///etc/hostname", "payer", "",
                          "https://user:password@payer.example/", "https://payer.example/fhir#x",
                          "https://payer.example/fhir?x=1", "https://", "http://127.0.0.1:99999/", "https://a b/"}) {
    CAPTURE(url);
    World world{std::string(url)};
    const auto client = world.try_client();
    REQUIRE(!client.has_value());
    CHECK(client.error().failure == Failure::usage);
    CHECK(contains(client.error().message, "base_url"));
    CHECK(!contains(client.error().message, "password@"));
  }
}

TEST_CASE("a token URL on another computer needs HTTPS too") {
  World world("http://127.0.0.1:1/fhir");
  world.use_token(model::AuthMode::client_secret_post, "http://payer.example/token");
  const auto client = world.try_client();
  REQUIRE(!client.has_value());
  CHECK(client.error().failure == Failure::usage);
  CHECK(contains(client.error().message, "auth.token_url"));
  for (const char* url : {"https://payer.example/token?tenant=a", "http://localhost:8080/token"}) {
    world.use_token(model::AuthMode::client_secret_post, url);
    CHECK(world.try_client().has_value());
  }
}

TEST_CASE("addresses are put together by appending only") {
  REQUIRE(start_curl().has_value());
  const auto base = parse_url("https://payer.example/fhir/", "base_url");
  REQUIRE(base.has_value());
  CHECK(base->place == "payer.example:443");
  CHECK(below(*base, "").text == "https://payer.example/fhir");
  CHECK(below(*base, "metadata").text == "https://payer.example/fhir/metadata");
  CHECK(below(*base, "?_format=json").text == "https://payer.example/fhir?_format=json");
  CHECK(below(*base, "//evil.example/x").text == "https://payer.example/fhir/evil.example/x");
  CHECK(below(*base, "https://evil.example/x").text == "https://payer.example/fhir/https://evil.example/x");
  const auto bare = parse_url("https://payer.example", "base_url");
  REQUIRE(bare.has_value());
  CHECK(below(*bare, "@evil.example").text == "https://payer.example/@evil.example");
}

TEST_CASE("a path that is no URL sends nothing") {
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}")}; });
  World world(server);
  const Exchange exchange = world.client()->get("a\r\nX-Evil: 1");
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(server.received().empty());
}

TEST_CASE("proxies of the environment are never used for this computer") {
  const ScopedVariable http_variable("http_proxy", "http://127.0.0.1:1");
  const ScopedVariable all("ALL_PROXY", "http://127.0.0.1:1");
  const ScopedVariable none("no_proxy", nullptr);
  ScriptedServer server([](const Received&) { return Answer{http(200, "{}")}; });
  World world(server);
  CHECK(world.client()->get("metadata").fate == Fate::answered);
  world.profile.base_url = "http://localhost:" + std::to_string(server.port());
  CHECK(world.client()->get("metadata").fate == Fate::answered);
}

TEST_CASE("a proxy is used for other computers, and sees no credentials") {
  ScriptedServer proxy([](const Received&) { return Answer{http(407, "no"), Answer::Then::close}; });
  const ScopedVariable https_variable("https_proxy", proxy.url().c_str());
  const ScopedVariable none("no_proxy", nullptr);
  const ScopedVariable none_upper("NO_PROXY", nullptr);
  World world("https://payer.example/fhir");
  world.use_token(model::AuthMode::client_secret_basic, "https://payer.example/token");
  const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(exchange.error.failure == Failure::temporary);
  CHECK(contains(exchange.error.message, "The proxy refused"));
  CHECK(contains(exchange.error.message, "HTTP 407"));
  const auto received = proxy.received();
  REQUIRE(received.size() == 1);
  CHECK(received[0].head.starts_with("CONNECT payer.example:443 "));
  CHECK(received[0].header("Authorization").empty());
  CHECK(received[0].header("X-Request-Id").empty());
}

TEST_CASE("a host name that cannot be resolved") {
  const ScopedVariable no_proxy("no_proxy", "*");
  // Longer than a label may be, so that no name server is asked.
  World world("https://" + std::string(70, 'x') + ".invalid/fhir");
  const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(exchange.error.failure == Failure::temporary);
  CHECK(contains(exchange.error.message, "cannot be resolved"));
}

TEST_CASE("a proxy whose name cannot be resolved") {
  const std::string proxy = "http://" + std::string(70, 'x') + ".invalid:3128";
  const ScopedVariable https_variable("https_proxy", proxy.c_str());
  const ScopedVariable none("no_proxy", nullptr);
  const ScopedVariable none_upper("NO_PROXY", nullptr);
  World world("https://payer.example/fhir");
  const Exchange exchange = world.client()->get("metadata");
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(contains(exchange.error.message, "proxy"));
}

TEST_CASE("percent-encoding") {
  CHECK(percent_encode("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encode(" +/%&=:\xff") == "%20%2B%2F%25%26%3D%3A%FF");
  CHECK(percent_encode("").empty());
}

}  // namespace atz::payer
