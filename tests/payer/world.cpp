#include "world.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace atz::test {
namespace {

constexpr std::size_t kMembers = 3;
constexpr const char* kDay = "2026-12-07";
const std::string kLastPrintedLine = "min_inquiry_interval: 0\n";

int port_in(const std::string& profile) {
  const std::string host = "127.0.0.1:";
  return std::stoi(profile.substr(profile.find(host) + host.size()));
}

bool starts_with_any(const std::string& text, std::size_t at, std::initializer_list<const char*> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](const char* part) {
    return text.compare(at, std::char_traits<char>::length(part), part) == 0;
  });
}

}  // namespace

void each_reply(nlohmann::json& body, const std::function<void(nlohmann::json&, std::size_t)>& change) {
  const std::string type = body.value("type", "");
  if (type != "transaction-response" && type != "batch-response") {
    change(body, 0);
    return;
  }
  for (std::size_t i = 0; i < body["entry"].size(); ++i) change(body["entry"][i]["resource"], i);
}

void each_resource(nlohmann::json& bundle, const std::string& type,
                   const std::function<void(nlohmann::json&)>& change) {
  for (auto& entry : bundle["entry"]) {
    if (entry["resource"].value("resourceType", "") == type) change(entry["resource"]);
  }
}

bool is_clean(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f) return false;
    if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return false;
    // U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069, U+FEFF
    if (starts_with_any(text, i,
                        {"\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
                         "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff"}))
      return false;
  }
  return true;
}

World::World(Mode mode, const std::string& lines, const std::vector<std::string>& more)
    : home(atz.home()), payer_(serve(more)), middle(port_in(atz.read("config/profiles.yaml"))) {
  count_run(mode);
  const std::string profile = atz.read("config/profiles.yaml");
  const std::string behind = "127.0.0.1:" + std::to_string(port_in(profile));
  const std::string between = "127.0.0.1:" + std::to_string(middle.port());
  atz.add_profile(profile + "  allow_partial: true\n  bundle_mode: " + to_string(mode) + "\n" + lines,
                  {{behind, between}, {"replay_safe: true", "replay_safe: false"}});
}

Background World::serve(const std::vector<std::string>& more) {
  std::vector<std::string> words{"sandbox", "serve", "--as-of", kDay};
  words.insert(words.end(), more.begin(), more.end());
  auto server = atz.start(words);
  atz.add_profile(server.read_until(kLastPrintedLine));
  return server;
}

Outcome World::run(std::vector<std::string> words) {
  words.insert(std::find(words.begin(), words.end(), "--"), {"--profile", "local"});
  auto outcome = atz.run(words);
  CHECK_MESSAGE(is_clean(outcome.out), outcome.out);
  CHECK_MESSAGE(is_clean(outcome.err), outcome.err);
  return outcome;
}

Outcome World::submit() {
  return run({"submit", "--format", "json", home});
}

Outcome World::recover(bool resend) {
  std::vector<std::string> words{"recover", "--format", "json"};
  if (resend) words.emplace_back("--resend");
  return run(words);
}

std::vector<Member> World::ledger() {
  const auto status = run({"status", "--offline", "--all", "--format", "json"}).json();
  std::vector<Member> members;
  for (const auto& one : status["cases"]) {
    members.push_back({one["member"], one["case_id"].is_null() ? "" : one["case_id"].get<std::string>(),
                       one["delivery"], one["status"].is_null() ? "" : one["status"].get<std::string>()});
  }
  return members;
}

std::vector<Member> World::payer() {
  const auto review = atz.run({"sandbox", "review", "maple-street", "--auto", "--format", "json"});
  std::vector<Member> members;
  if (review.code != 0) return members;
  const auto json = review.json();
  for (const auto& one : json["cases"]) members.push_back({one["member"], one["case_id"], "", one["status"]});
  return members;
}

void World::ends_well() {
  middle.heal();
  const std::string profile = atz.read("config/profiles.yaml");
  if (profile.find(kShortPatience) != std::string::npos)
    atz.write("config/profiles.yaml", replaced(profile, kShortPatience, "limits: {seconds: 60}"));
  auto recovered = recover();
  if (recovered.code == 6) recovered = recover(true);
  CHECK_MESSAGE(recovered.code == 0, recovered.out, recovered.err);
  const auto submitted = submit();
  CHECK_MESSAGE(submitted.code == 0, submitted.out, submitted.err);
  CHECK(submit().json()["sent"] == false);
  std::set<std::string> known;
  for (const auto& one : ledger()) {
    if (one.delivery == "accepted") known.insert(one.label + " " + one.case_id);
    CHECK(one.delivery != "unknown");
    CHECK(one.delivery != "sending");
  }
  const auto held = payer();
  std::set<std::string> there;
  for (const auto& one : held) there.insert(one.label + " " + one.case_id);
  std::map<std::string, std::size_t> of_member;
  for (const auto& one : held) ++of_member[one.label];
  count_end(held.size() - of_member.size(), kMembers - std::min(kMembers, of_member.size()));
  CHECK(held.size() == kMembers);
  CHECK(known == there);
}

}  // namespace atz::test
