// A file of configuration: its name in the first line ("atz.yaml", "profiles.yaml", or a data file that stands in
// atz.d), then its text. Without a name it is an atz.yaml.
#include <algorithm>

#include "atz/app/check.hpp"
#include "atz/casefile/profile_settings.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/diag/render.hpp"
#include "target.hpp"
#include "workplace.hpp"

namespace atz::fuzz {
namespace {

const std::string& home() {
  static const std::string text = source_file("examples/maple-street.yaml");
  return text;
}

bool is_data_file(std::string_view name) {
  const auto names = casefile::builtin_data_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Everything that could be read can be written down, and read again as the same.
void check_profiles(const std::string& text) {
  MemoryFiles files;
  files.put("/config/profiles.yaml", text);
  const auto profiles = casefile::load_profiles(files, "/config/profiles.yaml");
  if (!profiles) {
    require(profiles.error().failure == Failure::usage && !profiles.error().message.empty(), "a refusal says why");
    return;
  }
  for (const auto& [name, profile] : *profiles) {
    if (profile.embedded) continue;
    const auto settings = casefile::profile_settings(profile);
    const auto node = casefile::profile_node(settings);
    require(node.has_value(), "settings make an entry");
    MemoryFiles copy;
    copy.put("/config/profiles.yaml", casefile::profile_text("copy", *node));
    const auto again = casefile::load_profiles(copy, "/config/profiles.yaml");
    // A built-in profile may lack what only the payer can give out, and then is none by itself.
    if (!again) continue;
    const auto found = again->find("copy");
    require(found != again->end(), "a profile that was written is there");
    require(found->second.base_url == profile.base_url && found->second.auth.mode == profile.auth.mode &&
                found->second.live == profile.live && found->second.auth.scope == profile.auth.scope &&
                found->second.max_members == profile.max_members && found->second.max_bytes == profile.max_bytes &&
                found->second.min_inquiry_interval_seconds == profile.min_inquiry_interval_seconds,
            "a profile that was written is read as it was");
  }
}

void run(std::string_view input) {
  const auto [head, rest] = split_head(input);
  if (head == "profiles.yaml") return check_profiles(std::string(rest));
  Workplace workplace;
  const bool data = is_data_file(head);
  const std::string path = data ? "/homes/atz.d/" + std::string(head) : "/homes/atz.yaml";
  workplace.files.put("/homes/atz.yaml", "");
  workplace.files.put(path, std::string(data || head == "atz.yaml" ? rest : input));
  const auto services = workplace.services();
  app::CheckSettings settings;
  settings.as_of = "2026-12-07";
  settings.profile = "sandbox";
  app::Checker checker(services, settings);
  const auto config = checker.check_found({path, true, {}});
  require(config.has_value(), "any configuration can be checked");
  check_report(config->report());
  // A case file below it.
  const auto checked = checker.check_text("/homes/maple-street.yaml", home());
  require(checked.has_value(), "a file below any configuration can be checked");
  check_report(checked->report());
  const auto again = checker.check_text("/homes/maple-street.yaml", home());
  require(again && diag::render_json({again->report()}) == diag::render_json({checked->report()}),
          "the same text has the same findings");
}

constexpr std::string_view kConfig = R"(atz.yaml
profile: sandbox
provider: {name: Pinecone Example Home Supports, npi: 2000000002, phone: 207-555-0101, fax: 207-555-0100}
settings: {review-lead-days: 3, asleep-counts: yes, change-window-strict: no}
rules:
  HS022: {level: off, reason: by hand}
  letter-addresses: {level: error, reason: always}
)";
constexpr std::string_view kProfiles = R"(profiles.yaml
test:
  base_url: https://payer.example/fhir
  pas_version: 2.1.0
  auth: {mode: client-secret-basic, client_id: us, secret_file: secret, scope: system/Claim.crus}
  limits: {members: 12, bytes: 5000000, seconds: 90}
  min_inquiry_interval: 15m
live:
  live: yes
  base_url: https://live.example/fhir
  auth: {mode: token-command, token_command: [print-token, --now]}
  tls: {ca_file: ca.pem, client_cert: a.pem, client_key: b.pem}
  namespaces: {member_id: https://live.example/id}
)";

std::vector<Seed> seeds() {
  std::vector<Seed> all{{"atz", std::string(kConfig)}, {"profiles", std::string(kProfiles)}};
  for (const auto name : casefile::builtin_data_names()) {
    all.push_back({std::string(name), std::string(name) + "\n" + std::string(*casefile::builtin_data(name))});
  }
  return all;
}

}  // namespace

Target config_target() {
  return {"config", Grammar::lines, run, seeds};
}

}  // namespace atz::fuzz
