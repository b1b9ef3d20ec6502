#include "sandbox/sign_in.hpp"

#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

struct Door {
  FixedClock clock{at("2026-12-07")};
  SeededRandom random{7};
  SignIn sign_in{"client one", seal::Secret("s3cret:+&%"), clock, random};

  static std::string basic(const std::string& pair) { return "Basic " + seal::base64(pair); }
  // Form-encoded as RFC 6749 wants it.
  static std::string good() { return basic("client+one:s3cret%3A%2B%26%25"); }
};

nlohmann::json body_of(const Reply& reply) {
  return nlohmann::json::parse(reply.body);
}

}  // namespace

TEST_CASE("a client signs in with Basic or in the form") {
  Door door;
  const Reply basic = door.sign_in.token(Door::good(), "grant_type=client_credentials&scope=system%2FClaim.c");
  CHECK(basic.status == 200);
  CHECK(basic.content_type == "application/json");
  CHECK(body_of(basic)["token_type"] == "bearer");
  CHECK(body_of(basic)["expires_in"] == 300);
  CHECK(body_of(basic)["scope"] == "system/Claim.c");
  const Reply form =
      door.sign_in.token("", "grant_type=client_credentials&client_id=client+one&client_secret=s3cret%3A%2B%26%25");
  CHECK(form.status == 200);
  CHECK(body_of(form)["scope"] == "system/Claim.crus");
  CHECK(body_of(form)["access_token"] != body_of(basic)["access_token"]);
  CHECK(door.sign_in.token("bAsIc " + Door::good().substr(6), "grant_type=client_credentials").status == 200);
  CHECK(door.sign_in.token(Door::good(), "grant_type=client_credentials&client_id=client+one").status == 200);
}

TEST_CASE("OAuth faults have OAuth's names") {
  Door door;
  const auto fault = [&](const std::string& authorization, const std::string& form) {
    const Reply reply = door.sign_in.token(authorization, form);
    CHECK(reply.content_type == "application/json");
    CHECK_FALSE(body_of(reply).contains("access_token"));
    return std::to_string(reply.status) + " " + body_of(reply)["error"].get<std::string>();
  };
  const std::string grant = "grant_type=client_credentials";
  CHECK(fault("", grant) == "401 invalid_client");
  CHECK(fault(Door::basic("client+one:wrong"), grant) == "401 invalid_client");
  CHECK(fault(Door::basic("client+two:s3cret%3A%2B%26%25"), grant) == "401 invalid_client");
  CHECK(fault(Door::basic("client+one"), grant) == "401 invalid_client");
  CHECK(fault("Basic ***", grant) == "401 invalid_client");
  CHECK(fault("Bearer x", grant) == "401 invalid_client");
  CHECK(fault("", grant + "&client_id=client+one&client_secret=") == "401 invalid_client");
  CHECK(fault(Door::good(), grant + "&client_id=other") == "401 invalid_client");
  CHECK(fault(Door::good(), "") == "400 invalid_request");
  CHECK(fault(Door::good(), grant + "&" + grant) == "400 invalid_request");
  CHECK(fault(Door::good(), grant + "&scope=%zz") == "400 invalid_request");
  CHECK(fault(Door::good(), grant + "&client_id=client+one&client_secret=x") == "400 invalid_request");
  CHECK(fault(Door::good(), "grant_type=password") == "400 unsupported_grant_type");
  CHECK(fault(Door::good(), grant + "&scope=a%22b") == "400 invalid_scope");
}

TEST_CASE("a token lives 300 seconds of the payer's clock") {
  Door door;
  const auto token = body_of(door.sign_in.token(Door::good(), "grant_type=client_credentials"))["access_token"];
  const std::string header = "Bearer " + token.get<std::string>();
  CHECK_FALSE(door.sign_in.refuse(header));
  CHECK_FALSE(door.sign_in.refuse("bearer " + token.get<std::string>()));
  door.clock.sleep_for(std::chrono::seconds(299));
  CHECK_FALSE(door.sign_in.refuse(header));
  door.clock.sleep_for(std::chrono::seconds(1));
  const auto expired = door.sign_in.refuse(header);
  REQUIRE(expired);
  CHECK(expired->status == 401);
  CHECK(body_of(*expired)["issue"][0]["code"] == "expired");
  CHECK(body_of(*door.sign_in.refuse(header))["issue"][0]["code"] == "login");
  CHECK(door.sign_in.refuse(""));
  CHECK(door.sign_in.refuse("Bearer "));
  CHECK(door.sign_in.refuse("Basic " + token.get<std::string>()));
}

TEST_CASE("over HTTP: the run's own secret opens the door, another one does not") {
  World world;
  const auto server = world.serve();
  CHECK(server->client_id() == "atz-sandbox");
  CHECK(server->client_secret().reveal().size() >= 32);
  auto http = anonymous(*server);
  const httplib::Params good{{"grant_type", "client_credentials"},
                             {"client_id", server->client_id()},
                             {"client_secret", std::string(server->client_secret().reveal())}};
  const auto token = http.Post("/fhir/token", good);
  REQUIRE(token);
  CHECK(token->status == 200);
  CHECK(token->get_header_value("Cache-Control") == "no-store");
  httplib::Params bad = good;
  bad.erase("client_secret");
  bad.emplace("client_secret", "no");
  const auto refused = http.Post("/fhir/token", bad);
  REQUIRE(refused);
  CHECK(refused->status == 401);
  CHECK(refused->get_header_value("WWW-Authenticate").starts_with("Basic"));
  CHECK(nlohmann::json::parse(refused->body)["error"] == "invalid_client");
  const auto other = world.serve();
  CHECK(other->client_secret().reveal() != server->client_secret().reveal());
}

}  // namespace atz::sandbox::test
