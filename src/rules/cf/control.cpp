// Findings that users turn off.
#include "rules/control.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"

namespace atz::rules {
namespace {

using Level = casefile::RuleLevel::Level;

// Kept by apply_ignores.
constexpr Rule kIgnorable{
    .id = "CF014",
    .slug = "ignore-warnings-only",
    .severity = diag::Severity::error,
    .title = "Only warnings can be ignored, by their rule's name",
    .why = "An error means that the request would be refused or returned. Hiding it would not help.",
    .source = "modelled",
    .passes = {"members:\n"
               "  - label: C\n"
               "    guardian: {name: H. Guardian Example, address: }\n"
               "ignore:\n"
               "  - {rule: HS022, reason: the guardian is moving; an address follows}",
               Base::first},
    .fails = {"ignore:\n"
              "  - {rule: HS001, reason: we are early}",
              Base::first},
    .check = nullptr,
    .acts_in = "check"};

constexpr Rule kUnused{
    .id = "CF015",
    .slug = "unused-ignore",
    .severity = diag::Severity::warning,
    .title = "What is ignored is there",
    .why = "An entry that ignores nothing is a leftover. It would hide the next warning of its kind.",
    .source = "modelled",
    .passes = {"members:\n"
               "  - label: C\n"
               "    guardian: {name: H. Guardian Example, address: }\n"
               "ignore:\n"
               "  - {rule: HS022, reason: the guardian is moving; an address follows}",
               Base::first},
    .fails = {"ignore:    # but every guardian has an address\n"
              "  - {rule: HS022, reason: the guardian is moving}",
              Base::first},
    .check = nullptr,
    .acts_in = "check"};

std::vector<std::string_view> all_ids() {
  std::vector<std::string_view> ids;
  for (const auto* rule : catalogue()) ids.push_back(rule->id);
  for (const auto* rule : catalogue()) ids.push_back(rule->slug);
  return ids;
}

void check_levels(Context& context) {
  for (const auto& level : context.file().workspace->rules) {
    auto span = level.span;
    if (span.known()) span.source += context.file().workspace_sources;
    const auto* rule = find(level.rule);
    if (rule == nullptr) {
      context.report(span, fmt::format("There is no rule {}", quoted(level.rule)))
          .found(quoted(level.rule))
          .help(suggest(level.rule, all_ids()));
    } else if (level.level == Level::off && rule->severity == diag::Severity::error) {
      context.report(span, fmt::format("{} is an error and can't be turned off", rule->id))
          .found(fmt::format("{}: off", rule->id))
          .help(fmt::format("{}. Only warnings can be turned off.", rule->title));
    } else if (trim(level.reason).empty()) {
      context.report(span, fmt::format("Nothing says why {} is changed", rule->id)).expected("reason: a sentence");
    }
  }
}

constexpr Rule kLevels{.id = "CF016",
                       .slug = "rule-levels",
                       .severity = diag::Severity::error,
                       .title = "atz.yaml changes the level of warnings only, each with a reason",
                       .why =
                           "A warning may be turned off or made an error for all homes of an agency. Whoever comes "
                           "later should find the reason.",
                       .source = "modelled",
                       .passes = {"", Base::first, "",
                                  "rules:\n"
                                  "  HS022: {level: error, reason: letters have to arrive}"},
                       .fails = {"", Base::first, "",
                                 "rules:\n"
                                 "  HS001: {level: off, reason: we are early}"},
                       .check = check_levels};

constexpr const Rule* kRules[] = {&kIgnorable, &kUnused, &kLevels};

// Adds a finding under a rule that is kept outside of its own check function.
void report_ignore(Context& context, const Rule& rule, const model::Ignore& ignore, std::string message,
                   std::string help, const std::string& label) {
  context.speak_for(rule);
  context.report(place(ignore.rule, ignore.span), std::move(message))
      .found(quoted(ignore.rule.text))
      .help(std::move(help))
      .member(label);
}

bool remove_matching(std::vector<diag::Finding>& findings, std::string_view id, const std::string& label) {
  const auto matches = [&](const diag::Finding& finding) {
    return finding.rule == id && finding.severity == diag::Severity::warning &&
           (label.empty() || finding.member == label);
  };
  const auto first = std::remove_if(findings.begin(), findings.end(), matches);
  const bool any = first != findings.end();
  findings.erase(first, findings.end());
  return any;
}

void apply(Context& context, std::vector<diag::Finding>& findings, const model::Ignore& ignore,
           const std::string& label) {
  if (missing(ignore.rule)) return;
  const auto* rule = find(*ignore.rule);
  if (rule == nullptr) {
    report_ignore(context, kIgnorable, ignore, fmt::format("There is no rule {}", quoted(ignore.rule.text)),
                  suggest(to_upper(*ignore.rule), all_ids()), label);
    return;
  }
  if (remove_matching(findings, rule->id, label)) return;
  if (rule->severity == diag::Severity::error) {
    report_ignore(context, kIgnorable, ignore, fmt::format("{} is an error and can't be ignored", rule->id),
                  fmt::format("{}. Only warnings can be ignored.", rule->title), label);
  } else {
    report_ignore(context, kUnused, ignore, fmt::format("Nothing here is ignored by the entry for {}", rule->id),
                  "Remove it.", label);
  }
}

}  // namespace

void apply_levels(const Context& context, std::vector<diag::Finding>& findings) {
  for (const auto& level : context.file().workspace->rules) {
    const auto* rule = find(level.rule);
    if (rule == nullptr) continue;
    const auto concerned = [&](const diag::Finding& finding) {
      return finding.rule == rule->id && finding.severity != diag::Severity::error;
    };
    if (level.level == Level::error) {
      for (auto& finding : findings) {
        if (concerned(finding) && finding.severity == diag::Severity::warning) finding.severity = diag::Severity::error;
      }
    } else if (rule->severity != diag::Severity::error) {
      findings.erase(std::remove_if(findings.begin(), findings.end(), concerned), findings.end());
    }
  }
}

void apply_ignores(Context& context, std::vector<diag::Finding>& findings) {
  const auto& home = context.home();
  for (const auto& member : home.members) {
    for (const auto& ignore : member.ignore)
      apply(context, findings, ignore, member.label ? *member.label : std::string());
  }
  for (const auto& ignore : home.ignore) apply(context, findings, ignore, {});
}

RuleList cf_control_rules() {
  return kRules;
}

}  // namespace atz::rules
