#include "sandbox/faults.hpp"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace atz::sandbox {
namespace {

using Json = nlohmann::ordered_json;

struct Name {
  std::string_view word;
  Fault::Kind kind;
  int seconds;  // when none are given
};
constexpr std::array kNames = {
    Name{"drop-after", Fault::Kind::drop_after, 0},
    Name{"drop-before", Fault::Kind::drop_before, 0},
    Name{"error-before", Fault::Kind::error_before, 0},
    Name{"error-after", Fault::Kind::error_after, 0},
    Name{"unavailable", Fault::Kind::unavailable, 1},
    Name{"throttle", Fault::Kind::throttle, 1},
    Name{"truncate", Fault::Kind::truncate, 0},
    Name{"foreign", Fault::Kind::foreign, 0},
    Name{"html", Fault::Kind::html, 0},
    Name{"delay", Fault::Kind::delay, 1},
};
constexpr int kMaxNumber = 3600;

std::optional<int> small_number(std::string_view text) {
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || value < 0 || value > kMaxNumber) return std::nullopt;
  return value;
}

// Takes what follows the last `mark` off the text.
std::optional<std::string_view> cut(std::string_view& text, char mark) {
  const auto at = text.rfind(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

constexpr const char* kForeignTrace = "someone-else-20200101-00000-Z";

void make_foreign(Json& node) {
  if (node.is_array()) {
    for (auto& item : node) make_foreign(item);
    return;
  }
  if (!node.is_object()) return;
  const std::string type = node.value("resourceType", "");
  if (type == "ClaimResponse") {
    if (node.contains("identifier") && !node["identifier"].empty()) node["identifier"][0]["value"] = kForeignTrace;
    auto& request = node["request"];
    request["reference"] = "urn:uuid:00000000-0000-4000-8000-000000000000";
    if (request.contains("identifier")) request["identifier"]["value"] = kForeignTrace;
  } else if (type == "Patient") {
    if (node.contains("identifier") && !node["identifier"].empty()) node["identifier"][0]["value"] = "99999999A";
    node["name"] = Json::array({{{"family", "Otherperson"}, {"given", Json::array({"Example"})}}});
  } else if (type == "Bundle" && node.value("type", "") == "collection" && node.contains("identifier")) {
    node["identifier"]["value"] = std::string(kForeignTrace) + "-S1";
  }
  for (auto& item : node) make_foreign(item);
}

}  // namespace

std::optional<Fault> parse_fault(std::string_view text) {
  Fault fault;
  if (const auto path = cut(text, '@')) {
    if (path->empty()) return std::nullopt;
    fault.path = *path;
  }
  if (const auto times = cut(text, '*')) {
    const auto value = small_number(*times);
    if (!value) return std::nullopt;
    fault.times = *value;
  }
  std::optional<int> seconds;
  if (const auto given = cut(text, ':')) {
    seconds = small_number(*given);
    if (!seconds) return std::nullopt;
  }
  for (const Name& name : kNames) {
    if (name.word != text) continue;
    if (seconds && name.seconds == 0) return std::nullopt;  // a number that would mean nothing
    fault.kind = name.kind;
    fault.seconds = seconds.value_or(name.seconds);
    return fault;
  }
  return std::nullopt;
}

std::vector<std::string_view> fault_names() {
  std::vector<std::string_view> words;
  for (const Name& name : kNames) words.push_back(name.word);
  return words;
}

Fault FaultPlan::take(std::string_view path) {
  const std::lock_guard lock(mutex_);
  for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
    if (!path.ends_with(fault->path)) continue;
    const Fault due = *fault;
    if (fault->times > 0 && --fault->times == 0) faults_.erase(fault);
    return due;
  }
  Fault none;
  none.kind = Fault::Kind::none;
  return none;
}

std::string foreign_reply(std::string_view body) {
  Json reply = Json::parse(body, nullptr, false);
  if (reply.is_discarded()) return std::string(body);
  make_foreign(reply);
  return reply.dump();
}

std::string html_reply() {
  return "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>\n";
}

}  // namespace atz::sandbox
