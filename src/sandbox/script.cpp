#include "sandbox/script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "sandbox/decide.hpp"
#include "sandbox/desk_rows.hpp"
#include "sandbox/questions.hpp"
#include "sandbox/termination.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::json;

constexpr const char* kTimer = "script";

Json json_of(const ScriptRule& rule) {
  Json json = {{"home", rule.match.home},
               {"member", rule.match.member},
               {"line", rule.match.line},
               {"asks", rule.asks},
               {"verdict", static_cast<int>(rule.decision.verdict)},
               {"note", rule.decision.note},
               {"after", rule.after.count()}};
  if (rule.match.request) json["request"] = model::to_string(*rule.match.request);
  if (rule.decision.hours) json["quarters"] = rule.decision.hours->quarters;
  if (rule.due) json["due"] = model::format_date(*rule.due);
  if (rule.due_days) json["due_days"] = *rule.due_days;
  return json;
}

ScriptRule rule_of(const Json& json) {
  ScriptRule rule;
  rule.match.home = json.value("home", "");
  rule.match.member = json.value("member", "");
  rule.match.line = json.value("line", "");
  if (json.contains("request")) rule.match.request = model::purpose(json["request"].get<std::string>());
  rule.asks = json.value("asks", false);
  const int verdict = json.value("verdict", 0);
  if (verdict >= 0 && verdict <= static_cast<int>(Verdict::unanswered)) {
    rule.decision.verdict = static_cast<Verdict>(verdict);
  }
  rule.decision.note = json.value("note", "");
  rule.after = std::chrono::seconds(json.value("after", std::int64_t{0}));
  if (json.contains("quarters")) rule.decision.hours = model::Hours{json["quarters"].get<std::int64_t>()};
  if (json.contains("due")) rule.due = model::parse_date(json["due"].get<std::string>());
  if (json.contains("due_days")) rule.due_days = json["due_days"].get<int>();
  return rule;
}

bool fits(const ScriptRule::Match& match, const CaseState& state, const LineState& line) {
  const auto any_or = [](const std::string& wanted, const std::string& found) {
    return wanted.empty() || wanted == found;
  };
  return any_or(match.home, state.home_id) && any_or(match.member, state.label) && any_or(match.line, line.words()) &&
         (!match.request || *match.request == line.purpose);
}

using Lines = std::vector<std::pair<int, int>>;  // chain and sequence

Result<void> act(const Office& office, FullCase& full, const ScriptRule& rule, const Lines& lines) {
  if (rule.asks) {
    Inquiry inquiry;
    inquiry.text = rule.decision.note.empty() ? "Please tell more about this request." : rule.decision.note;
    inquiry.due = rule.due;
    if (rule.due_days) inquiry.due = office.today() + std::chrono::days(*rule.due_days);
    auto asked = ask(office, full, inquiry);
    return asked ? Result<void>() : tl::make_unexpected(asked.error());
  }
  switch (rule.decision.verdict) {
    case Verdict::agrees:
      return member_agrees(office, full, rule.decision.note);
    case Verdict::disagrees:
      return member_disagrees(office, full, rule.decision.note);
    case Verdict::unanswered:
      return member_not_reached(office, full, rule.decision.note);
    case Verdict::voided:
      return void_open_lines(office, full, rule.decision.note);
    default:
      break;
  }
  auto verdicts = verdicts_of(full.state, rule.decision);
  if (!verdicts) return tl::make_unexpected(verdicts.error());
  std::erase_if(*verdicts, [&](const LineVerdict& verdict) {
    return std::find(lines.begin(), lines.end(), std::pair(verdict.chain, verdict.sequence)) == lines.end();
  });
  if (verdicts->empty()) return {};  // decided by somebody else in the meantime
  if (rule.decision.verdict == Verdict::partial) {
    verdicts->front().kind = LineVerdict::Kind::partial;
    verdicts->front().hours = rule.decision.hours;
  }
  return decide(office, full, *verdicts, rule.decision.note);
}

// A rule that does not fit what came in must not keep the payer from taking it.
Result<void> try_to_act(const Office& office, FullCase& full, const ScriptRule& rule, const Lines& lines) {
  const FullCase before = full;
  if (auto marked = office.store.mark(); !marked) return marked;
  const auto acted = act(office, full, rule, lines);
  if (acted) return office.store.forget_mark();
  if (acted.error().failure != Failure::usage) return acted;
  if (auto undone = office.store.back_to_mark(); !undone) return undone;
  full = before;
  return tell(office, full, fmt::format("The decision script could not act: {}", acted.error().message));
}

}  // namespace

std::string to_json(const std::vector<ScriptRule>& rules) {
  Json json = Json::array();
  for (const ScriptRule& rule : rules) json.push_back(json_of(rule));
  return json.dump();
}

std::vector<ScriptRule> script_from_json(std::string_view text) {
  std::vector<ScriptRule> rules;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_array()) return rules;
  for (const Json& rule : json) rules.push_back(rule_of(rule));
  return rules;
}

Result<void> run_script(const Office& office, FullCase& full, const std::vector<ScriptRule>& rules,
                        const std::vector<LineState>& lines) {
  std::map<std::size_t, Lines> chosen;  // by rule
  for (const LineState& line : lines) {
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const ScriptRule& candidate) {
      return fits(candidate.match, full.state, line);
    });
    if (rule == rules.end()) continue;
    chosen[static_cast<std::size_t>(rule - rules.begin())].emplace_back(line.chain, line.sequence);
  }
  for (const auto& [index, own] : chosen) {
    const ScriptRule& rule = rules[index];
    if (rule.after.count() == 0) {
      if (auto acted = try_to_act(office, full, rule, own); !acted) return acted;
      continue;
    }
    const Json data = {{"rule", json_of(rule)}, {"lines", own}};
    if (auto timed = office.store.add_timer({0, office.now + rule.after, full.state.case_id, kTimer, data.dump()});
        !timed) {
      return timed;
    }
  }
  return {};
}

Result<bool> script_timer(const Office& office, FullCase& full, const Timer& timer) {
  if (timer.kind != kTimer) return false;
  const Json data = Json::parse(timer.data, nullptr, false);
  if (!data.is_object() || !full.state.has_open_line()) return true;
  const auto acted =
      try_to_act(office, full, rule_of(data.value("rule", Json::object())), data.value("lines", Lines()));
  if (!acted) return tl::make_unexpected(acted.error());
  return true;
}

}  // namespace atz::sandbox
