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
  for (const auto& line : context.regular_lines()) {
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

// Hours a week of one code in a member's outings.
Rational hours_out(const Staffing& staffing, std::size_t member, std::string_view code) {
  Rational total;
  for (const auto& out : staffing.pattern().out) {
    if (!out.member || !out.code || *out.code != code || *out.member != staffing.roster[member]) continue;
    total += Rational(static_cast<std::int64_t>(model::slots_of(out).size()), 4);
  }
  return total;
}

void check_outside_hours(Context& context) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr) return;
  for (const auto* member : context.regular()) {
    const auto index = member->label ? staffing->index_of(*member->label) : std::nullopt;
    if (!index) continue;
    for (const auto& service : member->plan.other_services) {
      if (missing(service.code) || !service.weekly_hours) continue;
      const Rational out = hours_out(*staffing, *index, *service.code);
      if (out <= *service.weekly_hours) continue;
      context
          .report(*member, service.weekly_hours.span,
                  fmt::format("{} is out for {} more than the plan of {} authorizes", name_of(*member), *service.code,
                              name_of(*member)))
          .found(fmt::format("{} hours a week in the pattern", hours(out)))
          .expected(fmt::format("{} or fewer", hours(*service.weekly_hours)))
          .related(staffing->pattern().out_span, "the pattern's out-of-home blocks")
          .help("Correct the outings, or ask the case manager about the plan.");
    }
  }
}

constexpr Rule kOutsideHours{
    .id = "SP022",
    .slug = "outside-hours",
    .severity = diag::Severity::warning,
    .title = "A member is out no more hours of other services than the plan authorizes",
    .why =
        "The plan names units of Community Support (T2021) and Work Support (T2019). More hours out than those mean "
        "that "
        "somebody else is with the member, or nobody. It is looked at where the file says what the plan authorizes.",
    .source = "modelled",
    .passes =
        Example("members:\n  - {label: A, plan: {other_services: [{code: T2021, weekly_hours: 30}]}}\n", Base::first),
    .fails = Example("members:\n  - {label: A, plan: {other_services: [{code: T2021, weekly_hours: 29.75}]}}\n",
                     Base::first),
    .check = check_outside_hours};

constexpr const Rule* kRules[] = {&kTypicalWeek, &kEffective, &kOutsideHours};

}  // namespace

RuleList sp_advice_rules() {
  return kRules;
}

}  // namespace atz::rules
