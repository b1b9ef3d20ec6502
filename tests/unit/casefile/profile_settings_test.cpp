#include "atz/casefile/profile_settings.hpp"

#include <algorithm>

#include "support.hpp"

namespace atz::casefile {
namespace {

Result<std::map<std::string, model::PayerProfile>> profiles_of(const std::string& text) {
  MemoryFiles files;
  files.put("/conf/profiles.yaml", text);
  return load_profiles(files, "/conf/profiles.yaml");
}

// A profile in which nothing is as the built-in ones have it.
const char* const kEverything =
    "other:\n"
    "  base_url: https://payer.example/fhir\n"
    "  live: yes\n"
    "  pas_version: 2.0.1\n"
    "  auth: {mode: authorization-code, client_id: me, secret_file: /s, key_file: /k, key_id: k1, token_url: "
    "'https://t', authorize_url: 'https://a', redirect_uri: 'https://r', token_command: [pass, \"a: b\"], token_body: "
    "json, cache_token: yes, scope: 'a b'}\n"
    "  tls: {ca_file: /ca, client_cert: /cert, client_key: /key}\n"
    "  bundle_mode: batch\n"
    "  allow_partial: yes\n"
    "  replay_safe: yes\n"
    "  limits: {members: 3, bytes: 5000, seconds: 7}\n"
    "  min_inquiry_interval: 90s\n"
    "  insurer: {name: 'No', payer_id: '007', system: urn:i}\n"
    "  submitter: {trace_org: '0123456789', ein: 00-1234567}\n"
    "  namespaces: {member_id: urn:1, provider_location: urn:2, case_id: urn:3, service_type: urn:4, request_type: "
    "urn:5, home_batch: urn:6, submission: urn:7, questionnaire: urn:8}\n"
    "  place_of_service: '01'\n"
    "  service_category: '02'\n"
    "  update_style: in-place\n"
    "  update_relationship: replaces\n"
    "  answer_by: update\n"
    "  attachment_url: att\n"
    "  smi_termination_agreed: yes\n"
    "  termination_place: '03'\n"
    "  termination_category: '04'\n"
    "  reports: no\n"
    "  location_format: plus\n";

std::vector<std::string> paths_of(const std::vector<ProfileSetting>& settings) {
  std::vector<std::string> paths;
  for (const auto& setting : settings) paths.push_back(setting.path);
  return paths;
}

TEST_CASE("every setting of profiles.yaml is listed, and reading the list gives the same profile") {
  const auto profiles = profiles_of(kEverything);
  REQUIRE(profiles);
  const auto settings = profile_settings(profiles->at("other"));
  const auto listed = paths_of(settings);
  for (const auto path : profile_setting_paths()) {
    if (path == "embedded") continue;
    CHECK_MESSAGE(std::find(listed.begin(), listed.end(), path) != listed.end(), path);
  }
  const auto node = profile_node(settings);
  REQUIRE(node);
  const auto again = profiles_of(profile_text("other", *node));
  REQUIRE_MESSAGE(again, again.error().message, profile_text("other", *node));
  const auto second = profile_settings(again->at("other"));
  REQUIRE(second.size() == settings.size());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    CHECK(second[i].path == settings[i].path);
    CHECK(second[i].values == settings[i].values);
  }
}

TEST_CASE("built-in profiles can be written down") {
  for (auto profile : model::builtin_profiles()) {
    if (!profile.embedded) {
      profile.auth.client_id = "me";
      profile.auth.redirect_uri = "https://me.example/back";
    }
    const auto node = profile_node(profile_settings(profile));
    REQUIRE(node);
    // Under another name, so that nothing of the built-in one shines through.
    const auto copy = profiles_of(profile_text("copy", *node));
    REQUIRE_MESSAGE(copy, copy.error().message);
    CHECK(copy->at("copy").auth.scope == profile.auth.scope);
    CHECK(copy->at("copy").auth.mode == profile.auth.mode);
    const auto again = profiles_of(profile_text(profile.name, *node));
    REQUIRE_MESSAGE(again, again.error().message);
    CHECK(paths_of(profile_settings(again->at(profile.name))) == paths_of(profile_settings(profile)));
  }
}

TEST_CASE("a setting can't be given twice, nor be a group") {
  CHECK_FALSE(profile_node({{"a", {"1"}, false}, {"a", {"2"}, false}}));
  CHECK_FALSE(profile_node({{"a", {"1"}, false}, {"a.b", {"2"}, false}}));
  CHECK_FALSE(profile_node({{"a.b", {"1"}, false}, {"a", {"2"}, false}}));
  CHECK_FALSE(profile_node({{"a.", {"1"}, false}}));
}

TEST_CASE("an address is shown without a user and a password") {
  CHECK(atz::casefile::without_user("https://user:pass@payer.example/fhir") == "https://***@payer.example/fhir");
  CHECK(atz::casefile::without_user("https://user:p@ss@payer.example") == "https://***@payer.example");
  CHECK(atz::casefile::without_user("https://user@[::1]:8080?x=a@b") == "https://***@[::1]:8080?x=a@b");
  for (const char* other :
       {"", "https://payer.example/a@b", "https://payer.example?x=a@b", "secret@file", "://", "a://"}) {
    CHECK(atz::casefile::without_user(other) == other);
  }
}

}  // namespace
}  // namespace atz::casefile

