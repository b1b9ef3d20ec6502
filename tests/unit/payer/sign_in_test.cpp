// OAuth 2 client credentials against a scripted token endpoint.
#include <fmt/format.h>

#include "unit/payer/sign_in_site.hpp"

namespace atz::payer {

using Fate = Exchange::Fate;
using model::AuthMode;
using std::chrono::seconds;

namespace {

Error refused_with(const std::string& answer, AuthMode mode = AuthMode::client_secret_basic,
                   std::string_view secret = kTestSecret) {
  Payer payer;
  payer.token_answer_instead = answer;
  Site site(std::move(payer));
  World world(site.server);
  world.use_token(mode);
  auto client = world.try_client(secret);
  REQUIRE(client.has_value());
  const auto result = (*client)->sign_in();
  REQUIRE(!result.has_value());
  const Exchange exchange = (*client)->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(exchange.error.failure == result.error().failure);
  CHECK(site.at("/Claim/$submit").empty());
  return result.error();
}

}  // namespace

TEST_CASE("discovery, then a token by client_secret_basic, then the token on every request") {
  Site site;
  World world(site.server);
  world.use_token(AuthMode::client_secret_basic);
  world.profile.auth.scope = "system/Claim.crus system/Patient.rs";
  const auto client = world.client();
  REQUIRE(client->sign_in().has_value());
  client->get("metadata");
  client->post("Claim/$submit", "{}", 1);

  const auto received = site.server.received();
  REQUIRE(received.size() == 4);
  CHECK(received[0].target == "/.well-known/smart-configuration");
  CHECK(received[0].header("Authorization").empty());
  CHECK(received[1].target == "/token/");
  CHECK(received[1].header("Content-Type") == "application/x-www-form-urlencoded");
  CHECK(received[1].header("Authorization") == "Basic Y2xpZW50Om5vdC1hLXJlYWwtc2VjcmV0");  // client:not-a-real-secret
  CHECK(received[1].body == "grant_type=client_credentials&scope=system%2FClaim.crus%20system%2FPatient.rs");
  CHECK(received[2].header("Authorization") == "Bearer tok-1");
  CHECK(received[3].header("Authorization") == "Bearer tok-1");
  CHECK(site.server.connections() == 1);
}

TEST_CASE("client_secret_post carries the credentials in the form") {
  Site site;
  World world(site.server);
  world.use_token(AuthMode::client_secret_post, site.token_url);
  world.profile.auth.scope.clear();
  CHECK(world.client()->sign_in().has_value());
  const auto received = site.server.received();
  REQUIRE(received.size() == 1);  // the profile's token_url makes discovery needless
  CHECK(received[0].header("Authorization").empty());
  CHECK(received[0].body == "grant_type=client_credentials&client_id=client&client_secret=not-a-real-secret");
}

TEST_CASE("identifier and secret are percent-encoded in both modes") {
  constexpr std::string_view kOdd = "a:b c&d=e%f+g/h\xc3\xa9~";
  constexpr std::string_view kEncoded = "a%3Ab%20c%26d%3De%25f%2Bg%2Fh%C3%A9~";
  for (const AuthMode mode : {AuthMode::client_secret_basic, AuthMode::client_secret_post}) {
    Site site;
    World world(site.server);
    world.use_token(mode, site.token_url);
    world.profile.auth.client_id = "id:1";
    auto client = world.try_client(kOdd);
    REQUIRE(client.has_value());
    CHECK((*client)->sign_in().has_value());
    const Received request = site.server.received().at(0);
    if (mode == AuthMode::client_secret_basic) {
      CHECK(request.header("Authorization") == "Basic " + seal::base64("id%3A1:" + std::string(kEncoded)));
    } else {
      CHECK(request.body.ends_with("&client_id=id%3A1&client_secret=" + std::string(kEncoded)));
    }
  }
}

TEST_CASE("a token is used while more than 30 seconds of life are left") {
  Site site;
  World world(site.server);
  world.use_token(AuthMode::client_secret_basic, site.token_url);
  const auto client = world.client();
  client->get("metadata");
  world.clock.sleep_for(seconds(270));  // exactly 30 left
  client->get("metadata");
  CHECK(site.at("/token/").size() == 1);
  world.clock.sleep_for(seconds(1));
  client->get("metadata");
  CHECK(site.at("/token/").size() == 2);
  CHECK(site.at("/metadata").back().header("Authorization") == "Bearer tok-2");
}

TEST_CASE("a token of a very short life is still used once") {
  Payer payer;
  payer.life = 5;
  Site site(std::move(payer));
  World world(site.server);
  world.use_token(AuthMode::client_secret_basic, site.token_url);
  CHECK(world.client()->get("metadata").http_status == 200);
  CHECK(site.at("/token/").size() == 1);
}

TEST_CASE("a 401 gets one new token and one repeat of the same bytes") {
  Payer payer;
  payer.api = [](const Received& request) {
    return Answer{http(request.header("Authorization") == "Bearer tok-1" ? 401 : 200, "{}")};
  };
  Site site(std::move(payer));
  World world(site.server);
  world.use_token(AuthMode::client_secret_basic, site.token_url);
  const Exchange exchange = world.client()->post("Claim/$submit", R"({"n":1})", 1);
  CHECK(exchange.http_status == 200);
  const auto sent = site.at("/Claim/$submit");
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].body == sent[1].body);
  CHECK(sent[1].header("Authorization") == "Bearer tok-2");
}

TEST_CASE("a second 401 stands") {
  Payer payer;
  payer.api = [](const Received&) { return Answer{http(401, "{}")}; };
  Site site(std::move(payer));
  World world(site.server);
  world.use_token(AuthMode::client_secret_basic, site.token_url);
  const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Fate::answered);
  CHECK(exchange.http_status == 401);
  CHECK(site.at("/Claim/$submit").size() == 2);
  CHECK(site.at("/token/").size() == 2);
}

TEST_CASE("a 401 without sign-in stands at once") {
  ScriptedServer server([](const Received&) { return Answer{http(401, "{}")}; });
  World world(server);
  CHECK(world.client()->post("", "{}", 1).http_status == 401);
  CHECK(server.received().size() == 1);
}

TEST_CASE("the token goes to the payer only, not to a redirect's target") {
  ScriptedServer elsewhere([](const Received&) { return Answer{http(200, "{}")}; });
  Payer payer;
  payer.api = [&](const Received&) { return Answer{http(307, "", "Location: " + elsewhere.url() + "\r\n")}; };
  Site site(std::move(payer));
  World world(site.server);
  world.use_token(AuthMode::client_secret_basic, site.token_url);
  const auto client = world.client();
  CHECK(client->post("Claim/$submit", "{}", 1).http_status == 307);
  CHECK(client->get("http://" + elsewhere.url().substr(7)).http_status == 307);  // only ever a path below base_url
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE("a refused sign-in quotes the server, fit to be printed") {
  const Error error = refused_with(
      http(401, R"({"error":"invalid_client","error_description":"No such client\u001b[31m, sorry"})", {}, kJson));
  CHECK(error.failure == Failure::sign_in);
  CHECK(contains(error.message, "HTTP 401, invalid_client"));
  CHECK(contains(error.message, "No such client"));
  CHECK(!contains(error.message, "\x1b"));
  CHECK(contains(error.help, "auth.client_id"));
  CHECK(refused_with(http(400, R"({"error":"invalid_scope"})")).help.find("auth.scope") != std::string::npos);
}

TEST_CASE("a server that repeats the secret does not get it into our messages") {
  constexpr std::string_view kSecret = "s3cret with blank";
  for (const AuthMode mode : {AuthMode::client_secret_basic, AuthMode::client_secret_post}) {
    const std::string basic = seal::base64("client:s3cret%20with%20blank");
    for (const std::string& leak : {std::string(kSecret), std::string("s3cret%20with%20blank"), basic}) {
      if (mode == AuthMode::client_secret_post && leak == basic) continue;
      const Error error = refused_with(
          http(401, fmt::format(R"({{"error":"invalid_client","error_description":"bad: {0} / {0}"}})", leak)), mode,
          kSecret);
      CHECK(error.failure == Failure::sign_in);
      CHECK(!contains(error.message, leak));
      CHECK(contains(error.message, "bad: *** / ***"));
    }
  }
}

TEST_CASE("sign-in answers that are no tokens") {
  for (const std::string& answer :
       {http(200, "<html>hello</html>", {}, "text/html"), http(200, ""), http(200, "[]"),
        http(200, R"({"access_token":""})"), http(200, R"({"access_token":7})"),
        http(200, R"({"access_token":"a\r\nX-Evil: 1"})"), http(200, R"({"access_token":"a","token_type":"mac"})"),
        http(404, "<html>", {}, "text/html"), http(302, "", "Location: http://127.0.0.1:1/\r\n"),
        http(200, std::string(20'000, '['))}) {
    CHECK(refused_with(answer).failure == Failure::sign_in);
  }
}

TEST_CASE("a sign-in server in trouble is temporary") {
  CHECK(refused_with(http(500, "{}")).failure == Failure::temporary);
  CHECK(refused_with(http(502, "<html>", {}, "text/html")).failure == Failure::temporary);
  CHECK(refused_with(http(503, "{}")).failure == Failure::temporary);
  CHECK(refused_with(http(429, "{}", "Retry-After: 3600\r\n")).failure == Failure::temporary);
  CHECK(refused_with("HTTP/1.1 200 OK\r\nContent-Length: bad\r\n\r\n").failure == Failure::temporary);
}

TEST_CASE("a sign-in whose answer is lost leaves nothing unknown") {
  ScriptedServer server([](const Received&) { return Answer{"", Answer::Then::close}; });
  World world(server);
  world.use_token(AuthMode::client_secret_basic, server.url() + "/token");
  const Exchange exchange = world.client()->post("Claim/$submit", "{}", 1);
  CHECK(exchange.fate == Fate::not_sent);
  CHECK(exchange.error.failure == Failure::temporary);
}

TEST_CASE("discovery that leads nowhere") {
  const auto outcome = [](const std::string& document, int status = 200) {
    ScriptedServer server([&](const Received&) { return Answer{http(status, document, {}, kJson)}; });
    World world(server);
    world.use_token(AuthMode::client_secret_basic);
    const auto result = world.client()->sign_in();
    REQUIRE(!result.has_value());
    CHECK(server.received().size() == 1);
    return result.error().failure;
  };
  CHECK(outcome("{}") == Failure::sign_in);
  CHECK(outcome("not json") == Failure::sign_in);
  CHECK(outcome("{}", 404) == Failure::sign_in);
  CHECK(outcome("{}", 500) == Failure::temporary);
  CHECK(outcome(R"({"token_endpoint":"http://payer.example/token"})") == Failure::sign_in);
  CHECK(outcome(R"({"token_endpoint":"ftp://127.0.0.1/token"})") == Failure::sign_in);
  CHECK(outcome(R"({"token_endpoint":"/token"})") == Failure::sign_in);
}

TEST_CASE("credentials that are missing are found before any connection") {
  World world("https://payer.example/fhir");
  world.use_token(AuthMode::client_secret_basic);
  const auto without_secret = world.try_client("");
  REQUIRE(!without_secret.has_value());
  CHECK(without_secret.error().failure == Failure::sign_in);
  world.profile.auth.client_id.clear();
  const auto without_id = world.try_client();
  REQUIRE(!without_id.has_value());
  CHECK(without_id.error().failure == Failure::usage);
}

}  // namespace atz::payer
