// The pattern's date, and two things to know about a typical week.
#include <fmt/format.h>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/patterns.hpp"

namespace atz::rules {
namespace {

constexpr Rule kTypicalWeek{
    .id = "SP019",
    .slug = "typical-week",
    .severity = diag::Severity::info,
    .title = "The pattern is a typical week of 168 hours",
    .why = "The weeks in which the clocks change have 167 or 169 hours. That is no deviation from the pattern.",
    .source = "modelled",
    .passes = "",
    .fails = "",
    .check = nullptr,
    .acts_in = "staffing"};

void check_effective(Context& context) {
  std::optional<model::Date> start;
  const model::Period* period = nullptr;
  for (const auto& line : context.first_lines()) {
    if (!line.period->start || (start && *start <= *line.period->start)) continue;
    start = *line.period->start;
    period = line.period;
  }
  if (!start) return;
  each_pattern(context.home(), [&](const model::StaffingPattern& pattern, const model::Member* member) {
    if (!pattern.effective || *pattern.effective <= *start) return;
    auto report = context.report(pattern.effective.span, "The pattern takes effect after the first day asked for");
    report.found(day(*pattern.effective))
        .expected(fmt::format("{} or earlier", day(*start)))
        .related(period->start.span, "the first day asked for")
        .help("Nothing shows the staffing of the days in between.");
    if (member != nullptr && member->label) report.member(*member->label);
  });
}

constexpr Rule kEffective{.id = "SP021",
                          .slug = "pattern-in-effect",
                          .severity = diag::Severity::warning,
                          .title = "The pattern is in effect on the first day",
                          .why = "The reviewers approve the staffing that the pattern shows, from the first day on.",
                          .source = "modelled",
                          .passes = {"staffing: {effective: 2027-01-04}", Base::first},
                          .fails = {"staffing: {effective: 2027-01-05}    # the first day is 2027-01-04", Base::first},
                          .check = check_effective};

// A case file does not hold what the plan allows of other services; `staffing` shows the hours to compare.
constexpr Rule kOutsideHours{
    .id = "SP022",
    .slug = "outside-hours",
    .severity = diag::Severity::warning,
    .title = "A member is out no more hours of Community Support or Work Support than the plan authorizes",
    .why =
        "The plan names units of T2021 and T2019. More hours out than those mean that somebody else is with the "
        "member, or "
        "nobody. `atz staffing` shows the hours of each member by kind and code, to compare with the plan.",
    .source = "modelled",
    .passes = "30 hours of T2021 in the pattern, 30 in the plan",
    .fails = "30 hours of T2021 in the pattern, 24 in the plan",
    .check = nullptr,
    .acts_in = "staffing"};

constexpr const Rule* kRules[] = {&kTypicalWeek, &kEffective, &kOutsideHours};

}  // namespace

RuleList sp_advice_rules() {
  return kRules;
}

}  // namespace atz::rules
