// Signing in by private_key_jwt: what is taken, and each reason for which an assertion is refused.
#include "unit/sandbox/fixture.hpp"

#include "atz/seal/jws.hpp"
#include "sandbox/sign_in.hpp"

namespace atz::sandbox::test {
namespace {

using Json = nlohmann::json;
using seal::PrivateKey;
using seal::SignatureAlgorithm;

constexpr const char* kEndpoint = "http://127.0.0.1:1/fhir/token";

Json jwk(const PrivateKey& key, const std::string& kid = {}) {
  Json result;
  for (const auto& [name, value] : key.public_key().jwk()) result[name] = value;
  if (!kid.empty()) result["kid"] = kid;
  return result;
}

struct Door {
  FixedClock clock{at("2026-12-07")};  // stands, as the payer's does
  FixedClock machine{at("2026-11-22T06:00:00")};
  SystemRandom random;
  std::map<std::string, Instant> used;
  SignIn sign_in{"client one", seal::Secret("s3cret"), clock, random};
  PrivateKey ec = PrivateKey::generate(SignatureAlgorithm::es384);
  PrivateKey rsa = PrivateKey::generate(SignatureAlgorithm::rs384);

  Door() {
    const Json jwks = {{"keys", {jwk(ec, "ec"), jwk(rsa, "rsa"), {{"kty", "oct"}, {"k", "c2VjcmV0"}, {"kid", "oct"}}}}};
    sign_in.accept_keys(ClientKeys::read(jwks.dump()).value(), kEndpoint, machine,
                        [this](const std::string& digest, Instant until, Instant now) -> Result<bool> {
                          std::erase_if(used, [&](const auto& entry) { return entry.second <= now; });
                          return used.emplace(digest, until).second;
                        });
  }

  [[nodiscard]] Json header(const char* alg = "ES384", const char* kid = "ec") const {
    return {{"alg", alg}, {"kid", kid}, {"typ", "JWT"}};
  }
  [[nodiscard]] Json claims(int life = 240) const {
    return {{"iss", "client one"},
            {"sub", "client one"},
            {"aud", kEndpoint},
            {"exp", machine.now().time_since_epoch().count() + life},
            {"jti", uuid_v4(const_cast<SystemRandom&>(random))}};
  }
  static std::string sign(const PrivateKey& key, const Json& header, const Json& claims) {
    const std::string text = seal::base64url(header.dump()) + "." + seal::base64url(claims.dump());
    return text + "." + seal::base64url(key.sign(text));
  }
  static std::string form(const std::string& assertion) {
    return "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type"
           "%3Ajwt-bearer&client_assertion=" +
           assertion;
  }
  // "200", or the error with its description.
  std::string knock(const std::string& assertion, const std::string& authorization = {}, const std::string& more = {}) {
    const Reply reply = sign_in.token(authorization, form(assertion) + more);
    const Json body = Json::parse(reply.body);
    CHECK(reply.content_type == "application/json");
    CHECK(body.contains("access_token") == (reply.status == 200));
    if (reply.status == 200) return "200";
    return std::to_string(reply.status) + " " + body["error"].get<std::string>() + ": " +
           body["error_description"].get<std::string>();
  }
  // What a change of the claims leads to.
  template <class Edit>
  std::string changed(Edit edit) {
    Json edited = claims();
    edit(edited);
    return knock(sign(ec, header(), edited));
  }
};

bool says(const std::string& text, const std::string& part) {
  return text.starts_with("401 invalid_client: ") && text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an assertion opens the door once, signed with either key") {
  Door door;
  const std::string assertion = Door::sign(door.ec, door.header(), door.claims());
  CHECK(door.knock(assertion) == "200");
  CHECK(says(door.knock(assertion), "used before"));
  CHECK(door.knock(Door::sign(door.rsa, door.header("RS384", "rsa"), door.claims()), {}, "&client_id=client+one") ==
        "200");
  CHECK(door.changed([](Json& claims) { claims["aud"] = Json::array({kEndpoint}); }) == "200");
  // The secret is still as good.
  CHECK(door.sign_in.token("Basic " + seal::base64("client+one:s3cret"), "grant_type=client_credentials").status ==
        200);
}

TEST_CASE("the same jti is refused from another assertion too, until it has expired") {
  Door door;
  Json claims = door.claims(60);
  CHECK(door.knock(Door::sign(door.ec, door.header(), claims)) == "200");
  claims["exp"] = claims["exp"].get<std::int64_t>() - 1;
  CHECK(says(door.knock(Door::sign(door.ec, door.header(), claims)), "used before"));
  door.machine.sleep_for(std::chrono::seconds(60));
  claims["exp"] = claims["exp"].get<std::int64_t>() + 100;
  CHECK(door.knock(Door::sign(door.ec, door.header(), claims)) == "200");
}

TEST_CASE("times are those of the machine, to the second") {
  Door door;
  CHECK(says(door.knock(Door::sign(door.ec, door.header(), door.claims(0))), "expired"));
  CHECK(says(door.knock(Door::sign(door.ec, door.header(), door.claims(-1))), "expired"));
  CHECK(door.knock(Door::sign(door.ec, door.header(), door.claims(1))) == "200");
  CHECK(door.knock(Door::sign(door.ec, door.header(), door.claims(300))) == "200");
  CHECK(says(door.knock(Door::sign(door.ec, door.header(), door.claims(301))), "more than 300 seconds"));
  CHECK(says(door.changed([](Json& claims) { claims.erase("exp"); }), "no exp"));
  CHECK(says(door.changed([](Json& claims) { claims["exp"] = "soon"; }), "no exp"));
  CHECK(says(door.changed([](Json& claims) { claims["exp"] = -1; }), "no exp"));
  const auto now = door.machine.now().time_since_epoch().count();
  CHECK(says(door.changed([&](Json& claims) { claims["nbf"] = now + 1; }), "not valid yet"));
  CHECK(door.changed([&](Json& claims) { claims["nbf"] = now; }) == "200");
}

TEST_CASE("who it is from and whom it is for") {
  Door door;
  CHECK(says(door.changed([](Json& claims) { claims["iss"] = "client two"; }), "iss and sub"));
  CHECK(says(door.changed([](Json& claims) { claims["sub"] = "client two"; }), "iss and sub"));
  CHECK(says(door.changed([](Json& claims) { claims.erase("sub"); }), "iss and sub"));
  CHECK(says(door.changed([](Json& claims) { claims["aud"] = "https://payer.example/token"; }), "aud"));
  CHECK(says(door.changed([](Json& claims) { claims["aud"] = std::string(kEndpoint) + "/"; }), "aud"));
  CHECK(says(door.changed([](Json& claims) { claims["aud"] = {kEndpoint, "https://payer.example/token"}; }), "aud"));
  CHECK(says(door.changed([](Json& claims) { claims.erase("aud"); }), "aud"));
  CHECK(says(door.changed([](Json& claims) { claims.erase("jti"); }), "jti"));
  CHECK(says(door.changed([](Json& claims) { claims["jti"] = ""; }), "jti"));
  CHECK(says(door.changed([](Json& claims) { claims["jti"] = std::string(257, 'j'); }), "jti"));
}

TEST_CASE("keys, algorithms and signatures") {
  Door door;
  const PrivateKey other = PrivateKey::generate(SignatureAlgorithm::es384);
  CHECK(says(door.knock(Door::sign(other, door.header(), door.claims())), "signature"));
  CHECK(says(door.knock(Door::sign(door.ec, door.header("ES384", "unknown"), door.claims())), "kid"));
  CHECK(says(door.knock(Door::sign(door.ec, {{"alg", "ES384"}}, door.claims())), "kid"));
  CHECK(says(door.knock(Door::sign(door.rsa, door.header("RS384", "ec"), door.claims())), "does not fit"));
  CHECK(says(door.knock(Door::sign(door.rsa, door.header("ES384", "rsa"), door.claims())), "does not fit"));
  for (const char* alg : {"none", "HS256", "HS384", "RS256", "PS384", "ES256", "es384", ""}) {
    CHECK(says(door.knock(Door::sign(door.ec, door.header(alg), door.claims())), "RS384 or ES384"));
  }
  CHECK(says(door.knock(Door::sign(door.ec, door.header("HS384", "oct"), door.claims())), "RS384 or ES384"));
  CHECK(says(door.knock(Door::sign(door.ec, door.header("ES384", "oct"), door.claims())), "kid"));
  Json critical = door.header();
  critical["crit"] = {"exp"};
  CHECK(says(door.knock(Door::sign(door.ec, critical, door.claims())), "understood"));
  const std::string good = Door::sign(door.ec, door.header(), door.claims());
  const auto dot = good.rfind('.');
  CHECK(says(door.knock(good.substr(0, dot + 1)), "signature"));
  CHECK(says(door.knock(good.substr(0, dot)), "no signed JWT"));
  CHECK(says(door.knock("a.b.c.d"), "no signed JWT"));
  CHECK(says(door.knock(""), "no signed JWT"));
  CHECK(says(door.knock(std::string(9000, 'a')), "no signed JWT"));
  CHECK(door.knock(good) == "200");  // none of the tries has used it up
}

TEST_CASE("one way to sign in at a time") {
  Door door;
  const std::string good = Door::sign(door.ec, door.header(), door.claims());
  CHECK(door.knock(good, "Basic " + seal::base64("client+one:s3cret")).starts_with("400 invalid_request"));
  CHECK(door.knock(good, {}, "&client_secret=s3cret&client_id=client+one").starts_with("400 invalid_request"));
  CHECK(says(door.knock(good, {}, "&client_id=other"), "client_id"));
  const Reply untyped = door.sign_in.token("", "grant_type=client_credentials&client_assertion=" + good);
  CHECK(untyped.status == 400);
  SignIn without("client one", seal::Secret("s3cret"), door.clock, door.random);
  CHECK(without.token("", Door::form(good)).status == 401);
}

TEST_CASE("a JWKS that cannot be used is refused when the payer starts") {
  const auto fault = [](const Json& jwks) {
    const auto keys = ClientKeys::read(jwks.dump());
    REQUIRE_FALSE(keys.has_value());
    CHECK(keys.error().failure == Failure::usage);
    return keys.error().message;
  };
  const PrivateKey key = PrivateKey::generate(SignatureAlgorithm::es384);
  CHECK(fault(Json::array()).find("no JWKS") != std::string::npos);
  CHECK(fault({{"keys", 7}}).find("no JWKS") != std::string::npos);
  CHECK(fault({{"keys", Json::array()}}).find("no key") != std::string::npos);
  CHECK(fault({{"keys", Json::array({{{"kty", "oct"}, {"k", "eA"}}})}}).find("no key") != std::string::npos);
  CHECK(fault({{"keys", {jwk(key, "a"), jwk(key, "a")}}}).find("two keys") != std::string::npos);
  Json bent = jwk(key);
  bent["x"] = bent["y"];
  CHECK(fault({{"keys", Json::array({bent})}}).find("Key 1") != std::string::npos);
  Json secret = jwk(key);
  secret["d"] = "AQ";
  CHECK(fault({{"keys", Json::array({secret})}}).find("private") != std::string::npos);
  CHECK_FALSE(ClientKeys::read("not JSON").has_value());
  CHECK(ClientKeys::read(Json{{"keys", Json::array({jwk(key)})}}.dump()).has_value());  // the kid is its thumbprint
}

TEST_CASE("over HTTP: announced where there are keys, and only there") {
  World world;
  const PrivateKey key = PrivateKey::generate(SignatureAlgorithm::es384);
  ServerOptions options;
  options.jwks = Json{{"keys", Json::array({jwk(key)})}}.dump();
  const auto server = world.serve(options);
  auto http = anonymous(*server);
  const auto smart = Json::parse(http.Get("/fhir/.well-known/smart-configuration")->body);
  CHECK(smart["token_endpoint_auth_methods_supported"].back() == "private_key_jwt");
  CHECK(smart["token_endpoint_auth_signing_alg_values_supported"] == Json{"RS384", "ES384"});
  CHECK(smart["capabilities"].back() == "client-confidential-asymmetric");
  const Json header = {{"alg", "ES384"}, {"kid", key.public_key().thumbprint()}};
  const Json claims = {{"iss", "atz-sandbox"},
                       {"sub", "atz-sandbox"},
                       {"aud", smart["token_endpoint"]},
                       {"exp", world.clock.now().time_since_epoch().count() + 100},
                       {"jti", "one"}};
  const std::string form = Door::form(Door::sign(key, header, claims));
  const auto token = http.Post("/fhir/token", form, "application/x-www-form-urlencoded");
  REQUIRE(token);
  CHECK(token->status == 200);
  CHECK(http.Post("/fhir/token", form, "application/x-www-form-urlencoded")->status == 401);

  const auto plain = world.serve();
  auto other = anonymous(*plain);
  const auto document = other.Get("/fhir/.well-known/smart-configuration")->body;
  CHECK(document.find("private_key_jwt") == std::string::npos);
  CHECK(document.find("signing_alg") == std::string::npos);
}

}  // namespace atz::sandbox::test
