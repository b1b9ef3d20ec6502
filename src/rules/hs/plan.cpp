// The request and the member's person-centered plan say the same.
#include <fmt/format.h>

#include "rules/address.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"

namespace atz::rules {
namespace {

void check_place(Context& context) {
  const auto& house = context.home().house;
  for (const auto* member : context.regular()) {
    const auto& plan = member->plan;
    if (!plan.present) continue;  // HS016
    if (missing(plan.location.line)) {
      context
          .report(*member, place(plan.location.line.span, plan.location.span, plan.span),
                  fmt::format("Nothing says which address the plan of {} approves", name_of(*member)))
          .expected("location: {line: ..., city: ..., state: ..., zip: ...}")
          .help("Copy the approved service location from the plan's Home Support section.");
      continue;
    }
    if (missing(house.address.line) || same_place(plan.location, house.address)) continue;
    context
        .report(*member, place(plan.location.line, plan.location.span),
                fmt::format("The plan of {} approves another address than the home's", name_of(*member)))
        .found(quoted(one_line(plan.location)))
        .expected(one_line(house.address))
        .related(house.address.line.span, "the home's address")
        .help("If the plan is outdated, ask the case manager to correct it before you send the request.");
  }
}

constexpr Rule kPlace{.id = "HS015",
                      .slug = "plan-location",
                      .severity = diag::Severity::error,
                      .title = "The home's address is the service location that the member's plan approves",
                      .why =
                          "The reviewers compare the two. Capitals, punctuation and abbreviations such as St and "
                          "Street make no difference.",
                      .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
                      .passes = {"home: {address: {line: 1 Example Way}}\n"
                                 "members: [{label: A, plan: {location: {line: 1 EXAMPLE WAY.}}}]",
                                 Base::first},
                      .fails = {"home: {address: {line: 1 Example Way}}\n"
                                "members: [{label: A, plan: {location: {line: 2 Example Way}}}]",
                                Base::first},
                      .check = check_place};

void check_statement(Context& context) {
  for (const auto* member : context.regular()) {
    const auto& plan = member->plan;
    if (!plan.present) {
      context
          .report(*member, place(plan.span, member->span),
                  fmt::format("Nothing says that the plan of {} was checked", name_of(*member)))
          .expected("plan: {system: EIS, location: ..., weekly_hours: ..., checked_on: ...}")
          .help("Open the plan's Home Support section, compare it with the request, and note the day.");
    } else if (missing(plan.checked_on)) {
      context
          .report(*member, place(plan.checked_on.span, plan.span),
                  fmt::format("Nothing says when the plan of {} was checked", name_of(*member)))
          .expected("checked_on: a day in the last 30")
          .help("Open the plan's Home Support section, compare it with the request, and note the day.");
    } else if (plan.checked_on && *plan.checked_on > context.today()) {
      context
          .report(*member, plan.checked_on.span,
                  fmt::format("The plan of {} can't have been checked after the day of sending", name_of(*member)))
          .found(day(*plan.checked_on))
          .expected(fmt::format("{} or earlier", day(context.today())));
    }
  }
}

constexpr Rule kStatement{
    .id = "HS016",
    .slug = "plan-checked",
    .severity = diag::Severity::error,
    .title = "Somebody has checked the Home Support section of each member's plan, and the day is given",
    .why = "The page asks the agency to make sure that the plan is accurate before it sends the request.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = {"members: [{label: A, plan: {checked_on: 2026-12-01}}]", Base::first},
    .fails = {"members: [{label: A, plan: {checked_on: }}]", Base::first},
    .check = check_statement};

void check_fresh(Context& context) {
  const auto today = context.today();
  for (const auto* member : context.regular()) {
    const auto& plan = member->plan;
    if (plan.checked_on && (today - *plan.checked_on).count() > 30) {
      context
          .report(*member, plan.checked_on.span,
                  fmt::format("The plan of {} was last checked {} ago", name_of(*member),
                              days((today - *plan.checked_on).count())))
          .found(day(*plan.checked_on))
          .expected(fmt::format("{} or later", day(today - std::chrono::days(30))))
          .help("Look at the plan again and put the day.");
    }
    if (plan.reviewed_on && today > model::add_months(*plan.reviewed_on, 12)) {
      context
          .report(*member, plan.reviewed_on.span,
                  fmt::format("The yearly review of the plan of {} is overdue", name_of(*member)))
          .found(day(*plan.reviewed_on))
          .expected("a review in the last twelve months")
          .help("Ask the case manager when the review takes place.");
    }
  }
}

constexpr Rule kFresh{
    .id = "HS017",
    .slug = "plan-fresh",
    .severity = diag::Severity::warning,
    .title = "The plan was checked in the last 30 days and reviewed in the last twelve months",
    .why = "Plans change, and an old check says little. Plans are reviewed at least once a year.",
    .source = "30 days: modelled; yearly review: public",
    .passes = {"members: [{label: A, plan: {checked_on: 2026-11-07}}]    # 30 days ago", Base::first, "2026-12-07"},
    .fails = {"members: [{label: A, plan: {checked_on: 2026-11-06}}]    # 31 days ago", Base::first, "2026-12-07"},
    .check = check_fresh};

// When the request itself does not fit the pattern, SP010 names the plan's hours with it.
void check_hours(Context& context) {
  for (const auto* member : context.regular()) {
    const auto* asked = context.asked_hours(*member);
    const auto& planned = member->plan.weekly_hours;
    if (asked == nullptr || !planned || *planned == **asked) continue;
    if (context.hours_off_pattern(*member)) continue;
    context
        .report(*member, planned.span,
                fmt::format("The plan of {} names other weekly hours than the request", name_of(*member)))
        .found(hours(*planned))
        .expected(hours(**asked))
        .related(asked->span, "the hours asked for")
        .help("Correct the one that is wrong; a plan is corrected by the case manager.");
  }
}

constexpr Rule kHours{.id = "HS018",
                      .slug = "plan-hours",
                      .severity = diag::Severity::warning,
                      .title = "The plan names the same weekly hours as the request",
                      .why = "An accurate plan has the hours that are asked for; reviewers notice when it has others.",
                      .source = "modelled, implied by the page's word accurate",
                      .passes = {"members:\n"
                                 "  - label: A\n"
                                 "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]\n"
                                 "    plan: {weekly_hours: 67.75}",
                                 Base::first},
                      .fails = {"members:\n"
                                "  - label: A\n"
                                "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]\n"
                                "    plan: {weekly_hours: 60}",
                                Base::first},
                      .check = check_hours};

constexpr const Rule* kRules[] = {&kPlace, &kStatement, &kFresh, &kHours};

}  // namespace

RuleList hs_plan_rules() {
  return kRules;
}

}  // namespace atz::rules
