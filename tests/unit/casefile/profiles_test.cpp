#include "support.hpp"

namespace atz::casefile {
namespace {

Result<std::map<std::string, model::PayerProfile>> profiles_of(const std::string& text) {
  MemoryFiles files;
  files.put("/conf/profiles.yaml", text);
  return load_profiles(files, "/conf/profiles.yaml");
}

TEST_CASE("without a file there are the built-in ones") {
  MemoryFiles files;
  const auto profiles = load_profiles(files, "/conf/profiles.yaml");
  REQUIRE(profiles);
  REQUIRE(profiles->size() == 2);
  CHECK(profiles->at("sandbox").embedded);
  CHECK_FALSE(profiles->at("atrezzo-sandbox").remark.empty());
  CHECK(profiles_of("# nothing\n")->size() == 2);
}

TEST_CASE("a payer is read with hyphens or underscores") {
  const auto profiles = profiles_of(
      "state-test:\n"
      "  base-url: https://payer.example/fhir/\n"
      "  pas_version: 2.0.1\n"
      "  auth: {mode: client-secret-post, client_id: me, secret-file: secrets/test, token_url: "
      "https://payer.example/t}\n"
      "  tls: {ca_file: /etc/ca.pem}\n"
      "  bundle_mode: batch\n"
      "  allow-partial: yes\n"
      "  limits: {members: 10, bytes: 1000000, seconds: 90}\n"
      "  min_inquiry_interval: 2m\n"
      "  insurer: {name: N, payer_id: 0042, system: urn:x}\n"
      "  submitter: {trace_org: '0000000001'}\n"
      "  namespaces: {member_id: urn:m}\n"
      "  location_format: plus\n"
      "real: {base_url: 'https://payer.example', live: true, auth: {mode: none}}\n");
  REQUIRE(profiles);
  REQUIRE(profiles->size() == 4);
  const model::PayerProfile& test = profiles->at("state-test");
  CHECK(test.name == "state-test");
  CHECK_FALSE(test.embedded);
  CHECK_FALSE(test.live);
  CHECK(test.base_url == "https://payer.example/fhir");
  CHECK(test.pas_version == "2.0.1");
  CHECK(test.auth.mode == model::AuthMode::client_secret_post);
  CHECK(test.auth.secret_file == "/conf/secrets/test");
  CHECK(test.tls.ca_file == "/etc/ca.pem");
  CHECK(test.bundle_mode == model::BundleMode::batch);
  CHECK(test.allow_partial);
  CHECK(test.max_members == 10);
  CHECK(test.answer_seconds == 90);
  CHECK(test.min_inquiry_interval_seconds == 120);
  CHECK(test.insurer.payer_id == "0042");
  CHECK(test.submitter.trace_org == "0000000001");
  CHECK(test.namespaces.member_id == "urn:m");
  CHECK(test.location_format == "plus");
  CHECK(profiles->at("real").live);
  CHECK(profiles->at("real").answer_seconds == 60);
  CHECK(profiles->at("real").min_inquiry_interval_seconds == 900);
}

TEST_CASE("a scope is the usual one, another one, or none") {
  const auto profiles = profiles_of(
      "usual: {base_url: 'https://p', auth: {mode: none}}\n"
      "other: {base_url: 'https://p', auth: {mode: none, scope: 'system/*.write a'}}\n"
      "none: {base_url: 'https://p', auth: {mode: none, scope: ''}}\n");
  REQUIRE(profiles);
  CHECK(profiles->at("usual").auth.scope == "system/Claim.crus");
  CHECK(profiles->at("other").auth.scope == "system/*.write a");
  CHECK(profiles->at("none").auth.scope.empty());
  CHECK(profiles->at("atrezzo-sandbox").auth.scope.empty());
}

TEST_CASE("ways to sign in") {
  const auto profiles = profiles_of(
      "by-key: {base_url: 'https://p', auth: {mode: private-key-jwt, client_id: me, key_file: k.pem, key_id: k1, "
      "cache_token: yes}, submitter: {ein: 00-1234567}}\n"
      "by-command: {base_url: 'https://p', auth: {mode: token-command, token_command: [pass, show, a token]}}\n"
      "atrezzo-sandbox: {auth: {client_id: me, secret_file: s, redirect_uri: 'https://me.example/back', token_body: "
      "json}}\n");
  REQUIRE(profiles);
  const auto& key = profiles->at("by-key");
  CHECK(key.auth.mode == model::AuthMode::private_key_jwt);
  CHECK(key.auth.key_file == "/conf/k.pem");
  CHECK(key.auth.key_id == "k1");
  CHECK(key.auth.cache_token);
  CHECK(key.submitter.ein == "00-1234567");
  CHECK(profiles->at("by-command").auth.token_command == std::vector<std::string>{"pass", "show", "a token"});
  const auto& vendor = profiles->at("atrezzo-sandbox");
  CHECK(vendor.auth.mode == model::AuthMode::authorization_code);
  CHECK(vendor.auth.token_body == model::TokenBody::json);
  CHECK(vendor.base_url == "https://sb.fhir.mhbapp.com/priorauth");
}

TEST_CASE("anything wrong is a usage failure with its place") {
  const auto message = [](const std::string& text) {
    const auto profiles = profiles_of(text);
    REQUIRE_FALSE(profiles);
    CHECK(profiles.error().failure == Failure::usage);
    return profiles.error().message;
  };
  CHECK(message("x: {base_url: 'https://p', auth: {mode: none}, bundle_mod: batch}\n") ==
        "/conf/profiles.yaml:1:48: the key `bundle_mod` is not known here");
  CHECK(message("x: {live: no, auth: {mode: none}}\n") == "/conf/profiles.yaml:1:1: `base_url` is missing");
  CHECK(message("x: {base_url: 'http://p', live: yes, auth: {mode: none}}\n") ==
        "/conf/profiles.yaml:1:15: a live payer must be reached by https (found http://p)");
  CHECK(message("x: {base_url: payer.example/fhir, auth: {mode: none}}\n")
            .find("1:15: `base_url` must be a web address") != std::string::npos);
  CHECK(message("x: {embedded: yes, live: yes}\n").find("the payer inside atz is never live") != std::string::npos);
  const auto with_organization = [](const std::string& text) {
    return "x: {base_url: 'https://p', auth: {mode: none}, submitter: {trace_org: '" + text + "'}}\n";
  };
  CHECK(profiles_of(with_organization("0123456789")));
  for (const char* text : {"012345678", "01234567890"})
    CHECK(message(with_organization(text)).find("`trace_org` must have ten characters") != std::string::npos);
  const auto with_interval = [](const std::string& text) {
    return "x: {base_url: 'https://p', auth: {mode: none}, min_inquiry_interval: " + text + "}\n";
  };
  for (const char* text : {"24h", "1440m", "86400s", "86400"}) CHECK(profiles_of(with_interval(text)));
  for (const char* text : {"25h", "1441m", "86401s", "86401"})
    CHECK(message(with_interval(text)).find("1:70") != std::string::npos);
  CHECK(message("x: {base_url: 'https://p'}\n") == "/conf/profiles.yaml:1:1: `client_id` is missing");
  const std::string at = "x: {base_url: 'https://p', auth: {client_id: me, mode: ";
  CHECK(message(at + "private-key-jwt}}\n").find("`key_file` is missing") != std::string::npos);
  CHECK(message(at + "authorization-code, secret_file: s}}\n").find("`redirect_uri` is missing") != std::string::npos);
  CHECK(message(at + "token-command}}\n").find("`token_command` is missing") != std::string::npos);
  CHECK(message(at + "secret-handshake}}\n").find("secret-handshake") != std::string::npos);
  CHECK(message("x: {base_url: 'https://p', auth: {mode: none}, min_inquiry_interval: soon}\n").find("1:70") !=
        std::string::npos);
  CHECK(message("x: [\n").find("/conf/profiles.yaml:") == 0);
  CHECK(message("x: 1\n").find("1:4") != std::string::npos);
}

}  // namespace
}  // namespace atz::casefile
