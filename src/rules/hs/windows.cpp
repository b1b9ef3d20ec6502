// When a first authorization may be sent, and how long an authorization may be.
#include <fmt/format.h>

#include <set>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"

namespace atz::rules {
namespace {

constexpr int kDaysAhead = 30;

// Each period once: that of the home serves all members.
template <class Say>
void each_period(Context& context, const std::vector<LineRef>& lines, Say say) {
  std::set<const model::Period*> seen;
  for (const auto& line : lines) {
    if (!seen.insert(line.period).second) continue;
    // A period that belongs to the home is not a fault of the member who happens to come first.
    const bool shared = line.period == &context.home().period;
    say(*line.period, shared || !line.member->label ? std::string() : *line.member->label);
  }
}

void check_too_early(Context& context) {
  each_period(context, context.first_lines(), [&](const model::Period& period, const std::string& label) {
    if (!period.start) return;
    const auto ahead = (*period.start - context.today()).count();
    if (ahead <= kDaysAhead) return;
    const auto window = model::first_authorization_window(*period.start);
    context
        .report(period.start.span, fmt::format("Sent on {}, this is {} ahead; at most {} are allowed",
                                               day(context.today()), days(ahead), kDaysAhead))
        .member(label)
        .found(fmt::format("first day {}", day(*period.start)))
        .expected(fmt::format("a first day up to {}", day(context.today() + std::chrono::days(kDaysAhead))))
        .help(fmt::format("Send it on {} or later, up to {}.", day(window.first), day(window.last)));
  });
}

constexpr Rule kTooEarly{
    .id = "HS001",
    .slug = "not-too-early",
    .severity = diag::Severity::error,
    .title = "A first authorization is sent at most 30 days before its first day",
    .why =
        "The reviewers look at a home close to the start of the service, when staffing and needs are known. Requests "
        "that come earlier are sent back.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = {"period: {start: 2027-01-06, end: 2028-01-05}    # 30 days ahead", Base::first, "2026-12-07"},
    .fails = {"period: {start: 2027-01-07, end: 2028-01-06}    # 31 days ahead", Base::first, "2026-12-07"},
    .check = check_too_early};

void check_retroactive(Context& context) {
  each_period(context, context.first_lines(), [&](const model::Period& period, const std::string& label) {
    if (!period.start || *period.start >= context.today()) return;
    const auto late = (context.today() - *period.start).count();
    context.report(period.start.span, fmt::format("The first day lies {} before the day of sending", days(late)))
        .member(label)
        .found(day(*period.start))
        .expected(fmt::format("{} or later", day(context.today())))
        .help(
            "Nothing is approved backwards: move the first day to the day of sending or later, and the last day and "
            "the "
            "units with it.");
  });
}

constexpr Rule kRetroactive{
    .id = "HS002",
    .slug = "not-retroactive",
    .severity = diag::Severity::error,
    .title = "A first authorization does not start before the day it is sent",
    .why =
        "Approval starts on the future date that was asked for, or on the day the review is finished. Days before are "
        "never paid.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = {"period: {start: 2026-12-07, end: 2027-12-06}\n"
               "staffing: {effective: 2026-12-07}",
               Base::first, "2026-12-07"},
    .fails = {"period: {start: 2026-12-06, end: 2027-12-05}\n"
              "staffing: {effective: 2026-12-06}",
              Base::first, "2026-12-07"},
    .check = check_retroactive};

void check_lead(Context& context) {
  const int lead = context.settings().review_lead_days;
  each_period(context, context.first_lines(), [&](const model::Period& period, const std::string& label) {
    if (!period.start) return;
    const auto ahead = (*period.start - context.today()).count();
    if (ahead < 0 || ahead >= lead) return;
    context
        .report(period.start.span,
                fmt::format("Only {} are left for the review: the first days may stay unapproved", days(ahead)))
        .member(label)
        .found(fmt::format("first day {}, sent on {}", day(*period.start), day(context.today())))
        .expected(fmt::format("sent on {} or earlier", day(*period.start - std::chrono::days(lead))))
        .help(
            "Reviews take up to a week. If the service can't wait, ask for priority and phone the Clinical Review "
            "Team.");
  });
}

constexpr Rule kLead{
    .id = "HS003",
    .slug = "time-for-review",
    .severity = diag::Severity::warning,
    .title = "There are enough days between sending and the first day for the review",
    .why =
        "Approval may take effect only when the review is finished, and days of service before that are not paid. The "
        "number of days is the setting review_lead_days.",
    .source = "Maine page on T2016 authorizations; 42 CFR 440.230(e)",
    .passes = {"period: {start: 2027-01-04, end: 2028-01-03}    # in 7 days", Base::first, "2026-12-28"},
    .fails = {"period: {start: 2027-01-04, end: 2028-01-03}    # in 6 days", Base::first, "2026-12-29"},
    .check = check_lead,
    .setting = "review-lead-days"};

void check_started(Context& context) {
  for (const auto* member : context.first_authorizations()) {
    const auto start = context.first_day(*member);
    if (!member->service_started_on || !start || *member->service_started_on >= *start) continue;
    context
        .report(*member, member->service_started_on.span,
                fmt::format("The service of {} started before the first day asked for", name_of(*member)))
        .found(day(*member->service_started_on))
        .expected(fmt::format("{} or later", day(*start)))
        .help("Service before approval is not paid. If it has not started yet, remove the line.");
  }
}

constexpr Rule kStarted{
    .id = "HS004",
    .slug = "no-service-before-approval",
    .severity = diag::Severity::error,
    .title = "The service has not started before the first day asked for",
    .why = "Home support must be approved before it is given.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = {"members: [{label: A, service_started_on: 2027-01-04}]", Base::first},
    .fails = {"members: [{label: A, service_started_on: 2027-01-03}]    # the first day is 2027-01-04", Base::first},
    .check = check_started};

void check_length(Context& context) {
  const int months = context.settings().pa_max_months;
  each_period(context, context.regular_lines(), [&](const model::Period& period, const std::string& label) {
    if (!period.complete()) return;
    const auto last = model::last_day_of_period(*period.start, months);
    if (*period.end <= last) return;
    context.report(period.end.span, fmt::format("The period is longer than {} months", months))
        .member(label)
        .found(fmt::format("{}, {}", day(*period.end), days(period.days().days())))
        .expected(fmt::format("{} or earlier", day(last)))
        .related(period.start.span, "it starts here")
        .help("Shorten it, and change the units with it; the rest is an extension later.");
  });
}

constexpr Rule kLength{
    .id = "HS020",
    .slug = "one-year-at-most",
    .severity = diag::Severity::error,
    .title = "An authorization lasts no more than twelve months",
    .why = "From 2027-01-04 the last possible day is 2028-01-03, the day before the same date a year later.",
    .source = "MaineCare Benefits Manual, Chapter I, 1.14-1",
    .passes = {"members:\n"
               "  - label: A\n"
               "    period: {start: 2027-01-04, end: 2028-01-03}\n"
               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
               Base::first},
    .fails = {"members:\n"
              "  - label: A\n"
              "    period: {start: 2027-01-04, end: 2028-01-04}\n"
              "    services: [{code: T2016, units: 366, weekly_hours: 67.75}]",
              Base::first},
    .check = check_length,
    .setting = "pa-max-months"};

constexpr const Rule* kRules[] = {&kTooEarly, &kRetroactive, &kLead, &kStarted, &kLength};

}  // namespace

RuleList hs_window_rules() {
  return kRules;
}

}  // namespace atz::rules
