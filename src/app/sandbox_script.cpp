// The decision script as a person writes it: a list of rules in YAML.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/duration.hpp"
#include "atz/base/rational.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/document.hpp"

namespace atz::app {
namespace {

using casefile::Node;
using sandbox::ScriptRule;
using sandbox::Verdict;

constexpr std::array kDecisions = {std::pair(std::string_view("approve"), Verdict::approve),
                                   std::pair(std::string_view("partial"), Verdict::partial),
                                   std::pair(std::string_view("deny"), Verdict::deny),
                                   std::pair(std::string_view("agrees"), Verdict::agrees),
                                   std::pair(std::string_view("disagrees"), Verdict::disagrees),
                                   std::pair(std::string_view("unanswered"), Verdict::unanswered)};
constexpr std::array<std::string_view, 6> kRuleKeys = {"match", "decision", "hours", "note", "due", "after"};
constexpr std::array<std::string_view, 4> kMatchKeys = {"home", "member", "line", "request"};
constexpr std::array<std::string_view, 5> kRequests = {"first", "continue", "change", "add-on", "termination"};
constexpr std::array<std::string_view, 7> kDecisionWords = {"approve", "partial",   "deny",      "ask",
                                                            "agrees",  "disagrees", "unanswered"};

class ScriptReader {
 public:
  explicit ScriptReader(std::string name) : name_(std::move(name)) {}

  Result<std::vector<ScriptRule>> read(std::string_view text) {
    const auto document = casefile::parse(text, 0);
    for (const auto& problem : document.problems) wrong(problem.span, problem.message, problem.help);
    if (!error_ && document.root && document.root->kind != Node::Kind::sequence) {
      wrong(document.root->span, "a decision script is a list of rules",
            "Begin each rule with `- match: {...}` or `- decision: ...`.");
    }
    std::vector<ScriptRule> rules;
    if (!error_ && document.root) {
      for (const Node& item : document.root->items) rules.push_back(rule(item));
    }
    if (error_) return tl::make_unexpected(*error_);
    return rules;
  }

 private:
  void wrong(const diag::Span& span, const std::string& message, std::string help = {}) {
    if (error_) return;
    error_ = Error{Failure::input, fmt::format("{}:{}:{}: {}", printable(name_), span.line, span.column, message),
                   std::move(help)};
  }

  template <std::size_t N>
  bool check_keys(const Node& node, const std::array<std::string_view, N>& keys, std::string_view what) {
    if (node.kind != Node::Kind::mapping) {
      wrong(node.span, fmt::format("{} has keys and values", what), fmt::format("Keys are {}.", fmt::join(keys, ", ")));
      return false;
    }
    for (const auto& entry : node.entries) {
      if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
      const auto near = did_you_mean(entry.key, keys);
      wrong(entry.key_span, fmt::format("{} has no key '{}'", what, printable(entry.key)),
            near ? fmt::format("Did you mean '{}'?", *near) : fmt::format("Keys are {}.", fmt::join(keys, ", ")));
    }
    return true;
  }

  template <std::size_t N>
  void check_word(const Node& node, const std::array<std::string_view, N>& words, std::string_view what) {
    if (std::find(words.begin(), words.end(), node.text) != words.end()) return;
    const auto near = did_you_mean(node.text, words);
    wrong(node.span, fmt::format("'{}' is no {}", printable(node.text), what),
          near ? fmt::format("Did you mean '{}'?", *near) : fmt::format("Write {}.", fmt::join(words, ", ")));
  }

  static std::string text_of(const Node& node, std::string_view key) {
    const Node* value = node.find(key);
    return value == nullptr ? std::string() : value->text;
  }

  ScriptRule rule(const Node& node) {
    ScriptRule rule;
    if (!check_keys(node, kRuleKeys, "a rule")) return rule;
    if (const Node* match = node.find("match")) read_match(*match, rule.match);
    const Node* decision = node.find("decision");
    if (decision == nullptr) {
      wrong(node.span, "a rule needs a decision", fmt::format("Write {}.", fmt::join(kDecisionWords, ", ")));
      return rule;
    }
    check_word(*decision, kDecisionWords, "decision");
    rule.asks = decision->text == "ask";
    for (const auto& [word, verdict] : kDecisions) {
      if (decision->text == word) rule.decision.verdict = verdict;
    }
    rule.decision.note = text_of(node, "note");
    read_hours(node, *decision, rule);
    read_times(node, rule);
    const bool denies = !rule.asks && rule.decision.verdict == Verdict::deny;
    if (denies && trim(rule.decision.note).empty()) wrong(decision->span, "a denial needs a note with the reason");
    if (rule.asks && trim(rule.decision.note).empty()) wrong(decision->span, "a question needs a note with its words");
    return rule;
  }

  void read_match(const Node& node, ScriptRule::Match& match) {
    if (!check_keys(node, kMatchKeys, "match")) return;
    match.home = text_of(node, "home");
    match.member = text_of(node, "member");
    match.line = to_upper(trim(text_of(node, "line")));
    if (match.line == "T2016SC" || match.line == "T2016-SC") match.line = "T2016 SC";
    const Node* request = node.find("request");
    if (request == nullptr) return;
    check_word(*request, kRequests, "kind of request");
    match.request = model::purpose(request->text == "add-on" ? "add_on" : request->text);
  }

  void read_hours(const Node& node, const Node& decision, ScriptRule& rule) {
    const bool partial = !rule.asks && rule.decision.verdict == Verdict::partial;
    const Node* hours = node.find("hours");
    if (partial != (hours != nullptr)) {
      wrong(hours != nullptr ? hours->span : decision.span, "hours go with partial, and partial needs them",
            "For example: {decision: partial, hours: 60.00}");
      return;
    }
    if (hours == nullptr) return;
    const auto exact = parse_decimal(hours->text);
    rule.decision.hours = exact ? model::quarter_hours(*exact) : std::nullopt;
    if (!rule.decision.hours || rule.decision.hours->quarters <= 0) {
      wrong(hours->span, fmt::format("'{}' are no quarter hours", printable(hours->text)),
            "Write 60, 60.25, 60.50 or 60.75.");
    }
  }

  void read_times(const Node& node, ScriptRule& rule) {
    if (const Node* after = node.find("after")) {
      const auto duration = parse_duration(after->text);
      if (duration) rule.after = *duration;
      if (!duration) wrong(after->span, duration.error().message, duration.error().help);
    }
    const Node* due = node.find("due");
    if (due == nullptr) return;
    rule.due = model::parse_date(due->text);
    if (rule.due) return;
    const auto duration = parse_duration(due->text);
    constexpr std::chrono::seconds kDay = std::chrono::hours(24);
    if (!duration || *duration % kDay != std::chrono::seconds(0)) {
      wrong(due->span, fmt::format("'{}' is no day for an answer", printable(due->text)),
            "Write 2026-12-18, or 7d for seven days after the question.");
      return;
    }
    rule.due_days = static_cast<int>(*duration / kDay);
  }

  std::string name_;
  std::optional<Error> error_;
};

}  // namespace

Result<std::vector<ScriptRule>> read_script(const Services& services, const std::string& file) {
  const auto bytes = services.files.read(file, casefile::kMaxFileBytes);
  if (!bytes) return tl::make_unexpected(bytes.error());
  auto rules = ScriptReader(file).read(*bytes);
  if (rules && rules->empty()) return fail(Failure::input, fmt::format("{}: holds no rule", printable(file)));
  return rules;
}

}  // namespace atz::app
