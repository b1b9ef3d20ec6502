// The staffing pattern that goes with the requests.
#include <fmt/format.h>

#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"

namespace atz::rules {
namespace {

constexpr const char* kHelp =
    "Use one combined pattern for the home, or one individual pattern for every member. Without a document of type "
    "staffing-pattern, atz draws the pattern from `staffing` and attaches it.";

struct Patterns {
  std::vector<diag::Span> combined;
  std::vector<std::pair<std::string, diag::Span>> individual;  // label and place

  [[nodiscard]] bool has(const std::string& label) const {
    return std::any_of(individual.begin(), individual.end(), [&](const auto& own) { return own.first == label; });
  }
};

void add_document(Patterns& patterns, const model::Document& document, const model::Member* owner) {
  if (!document.type || *document.type != model::kStaffingPatternDocument) return;
  const auto span = place(document.file, document.span);
  if (document.member) {
    patterns.individual.emplace_back(*document.member, span);
  } else if (owner != nullptr) {
    patterns.individual.emplace_back(owner->label ? *owner->label : std::string(), span);
  } else {
    patterns.combined.push_back(span);
  }
}

Patterns listed_documents(const model::Home& home) {
  Patterns patterns;
  for (const auto& document : home.documents) add_document(patterns, document, nullptr);
  for (const auto& member : home.members) {
    for (const auto& document : member.documents) add_document(patterns, document, &member);
  }
  return patterns;
}

Patterns drawn_patterns(const model::Home& home) {
  Patterns patterns;
  if (home.staffing.present) patterns.combined.push_back(home.staffing.span);
  for (const auto& member : home.members) {
    if (member.staffing.present)
      patterns.individual.emplace_back(member.label ? *member.label : std::string(), member.staffing.span);
  }
  return patterns;
}

void check_set(Context& context, const Patterns& patterns) {
  if (patterns.individual.empty()) return;
  if (!patterns.combined.empty()) {
    context.report(patterns.individual.front().second, "There is a combined pattern and an individual one as well")
        .member(patterns.individual.front().first)
        .found(fmt::format("{} combined, {} individual", patterns.combined.size(), patterns.individual.size()))
        .expected("one combined pattern, or individual ones only")
        .related(patterns.combined.front(), "the combined pattern")
        .help(kHelp);
    return;
  }
  std::vector<const model::Member*> without;
  for (const auto* member : context.regular()) {
    if (member->label && !patterns.has(*member->label)) without.push_back(member);
  }
  if (without.empty()) return;
  std::vector<std::string> names;
  for (const auto* member : without) names.push_back(*member->label);
  auto report =
      context.report(patterns.individual.front().second,
                     fmt::format("There are individual staffing patterns, but none for {}", list_words(names, "and")));
  report
      .found(fmt::format("{} individual patterns for {} members", patterns.individual.size(), context.regular().size()))
      .expected("one combined pattern, or one for every member")
      .help(kHelp);
  for (const auto* member : without) report.related(member->span, fmt::format("{} has none", name_of(*member)));
}

void check_pattern(Context& context) {
  const auto& home = context.home();
  if (context.regular().empty()) return;
  const Patterns listed = listed_documents(home);
  if (!listed.combined.empty() || !listed.individual.empty()) return check_set(context, listed);
  const Patterns drawn = drawn_patterns(home);
  if (drawn.combined.empty() && drawn.individual.empty()) {
    context.report(place(home.staffing.span, home.members_span, home.house.span), "There is no staffing pattern")
        .expected("staffing: {shifts: ..., out: ...}, or a document of type staffing-pattern")
        .help(kHelp);
    return;
  }
  check_set(context, drawn);
}

constexpr Rule kPattern{
    .id = "HS013",
    .slug = "staffing-pattern",
    .severity = diag::Severity::error,
    .title = "There is one combined staffing pattern for the home, or one individual pattern for every member",
    .why =
        "From the pattern the reviewers see who is on duty when, and where each member is. A pattern for some members "
        "only leaves the shared staffing open.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = {"documents:\n"
               "  - {file: documents/pattern-a.pdf, type: staffing-pattern, member: A}\n"
               "  - {file: documents/pattern-b.pdf, type: staffing-pattern, member: B}\n"
               "  - {file: documents/pattern-c.pdf, type: staffing-pattern, member: C}",
               Base::first},
    .fails = {"documents:\n"
              "  - {file: documents/pattern-a.pdf, type: staffing-pattern, member: A}\n"
              "  - {file: documents/pattern-b.pdf, type: staffing-pattern, member: B}",
              Base::first},
    .check = check_pattern};

constexpr const Rule* kRules[] = {&kPattern};

}  // namespace

RuleList hs_pattern_rules() {
  return kRules;
}

}  // namespace atz::rules
