// Dates and days that every request has.
#include <fmt/format.h>

#include <set>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/corrections.hpp"
#include "rules/routing.hpp"

namespace atz::rules {
namespace {

// "1/4/2027" is how most people in Maine write it: say what it would be here.
std::string iso_for_slashes(std::string_view text) {
  const auto parts = split(text, '/');
  if (parts.size() != 3 || parts[2].size() != 4) return {};
  for (const auto& part : parts) {
    if (!all_digits(part) || part.size() > 4) return {};
  }
  const std::string iso = fmt::format("{}-{:0>2}-{:0>2}", parts[2], parts[0], parts[1]);
  return model::parse_date(iso) ? iso : std::string();
}

// "2027-13-01": the day stands where the month belongs.
std::string iso_for_swapped(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() != 3) return {};
  const std::string iso = fmt::format("{}-{}-{}", parts[0], parts[2], parts[1]);
  return model::parse_date(iso) ? iso : std::string();
}

std::string help_for_date(std::string_view text) {
  if (const auto iso = iso_for_slashes(text); !iso.empty()) {
    return fmt::format("If you mean month/day/year, write {}.", iso);
  }
  if (const auto iso = iso_for_swapped(text); !iso.empty()) {
    return fmt::format("The month comes before the day: if these are swapped, write {}.", iso);
  }
  return "Write the year with four digits, then month and day with two each, for example 2027-01-04.";
}

void check_real_date(Context& context) {
  each_unreadable(context, [&](const casefile::Unreadable& date) {
    const auto clear = clear_date(date.text);
    context.report(date.span, fmt::format("{} is not a date of the calendar", quoted(date.text)))
        .member(date.member)
        .found(quoted(date.text))
        .expected("a real date, year first: YYYY-MM-DD")
        .fix(date.span, clear)
        .help(clear ? std::string() : help_for_date(date.text));
  });
}

constexpr Rule kRealDate{
    .id = "GN001",
    .slug = "real-date",
    .severity = diag::Severity::error,
    .title = "Every date is a real date, written YYYY-MM-DD",
    .why =
        "1/4/2027 is January to some readers and April to others, and a day that does not exist can't be covered. "
        "With the year first there is only one reading. Birth dates are checked by ID004.",
    .source = "modelled",
    .passes = {"members: [{label: A, plan: {checked_on: 2026-12-01, reviewed_on: 2026-02-28}}]", Base::first},
    .fails = {"members: [{label: A, plan: {checked_on: 12/1/2026, reviewed_on: 2026-02-29}}]", Base::first},
    .check = check_real_date};

void check_order(Context& context) {
  std::set<const model::Period*> seen;
  for (const auto& line : context.lines()) {
    const auto& period = *line.period;
    if (!period.complete() || *period.start <= *period.end || !seen.insert(&period).second) continue;
    context.report(*line.member, period.end.span, "The period ends before it starts")
        .found(day(*period.end))
        .expected(fmt::format("{} or later", day(*period.start)))
        .related(period.start.span, "it starts here")
        .help("Both days belong to the period: a period of one day starts and ends on the same date.");
  }
}

constexpr Rule kOrder{.id = "GN002",
                      .slug = "period-order",
                      .severity = diag::Severity::error,
                      .title = "A period ends on the day it starts or later",
                      .why = "A period includes both of its days; one that ends before it starts covers nothing.",
                      .source = "modelled",
                      .passes = {"members:\n"
                                 "  - label: A\n"
                                 "    period: {start: 2027-01-04, end: 2027-01-04}    # one day\n"
                                 "    services: [{code: T2016, units: 1, weekly_hours: 67.75}]",
                                 Base::first},
                      .fails = {"members:\n"
                                "  - label: A\n"
                                "    period: {start: 2027-01-04, end: 2027-01-03}    # ends before it starts\n"
                                "    services: [{code: T2016, units: 1, weekly_hours: 67.75}]",
                                Base::first},
                      .check = check_order};

// Periods of the home and of members are reported once, not for each line that uses them.
void check_duration(Context& context) {
  std::set<const model::Period*> seen;
  for (const auto& line : context.lines()) {
    const auto& period = *line.period;
    if (!seen.insert(&period).second) continue;
    const bool no_start = missing(period.start);
    const bool no_end = missing(period.end);
    if (!no_start && !no_end) continue;
    const char* what = no_start && no_end ? "Nothing says for which days the services are asked"
                       : no_start         ? "The period has no first day"
                                          : "The period has no last day";
    const auto span = period.present ? place(no_start ? period.start.span : period.end.span, period.span)
                                     : place(line.member->services_span, line.member->span);
    auto report = context.report(span, what)
                      .expected("start and end, both included")
                      .help(
                          "Add a period at the top of the file, for example: period: {start: 2027-01-04, end: "
                          "2028-01-03}.");
    if (line.member->label && &period != &context.home().period) report.member(*line.member->label);
  }
  for (const auto& line : context.lines()) {
    if (!missing(line.service->units)) continue;
    auto report = context
                      .report(*line.member, place(line.service->units, line.service->code.span, line.service->span),
                              fmt::format("A service of {} has no units", name_of(*line.member)))
                      .help("Add units: for T2016 one unit is one day of the period.");
    if (line.home_support() && line.period->complete() && *line.period->start <= *line.period->end) {
      report.expected(fmt::format("units: {}", line.period->days().days()));
    }
  }
}

constexpr Rule kDuration{
    .id = "GN003",
    .slug = "duration-and-units",
    .severity = diag::Severity::error,
    .title = "The request states a first day, a last day and a number of units",
    .why =
        "The portal asks for a requested duration and a requested quantity for every procedure; a request without "
        "either comes back.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = {"members:\n"
               "  - label: A\n"
               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
               Base::first},
    .fails = {"members:\n"
              "  - label: A\n"
              "    services: [{code: T2016, weekly_hours: 67.75}]",
              Base::first},
    .check = check_duration};

// Acts where a time of day comes from the command line.
constexpr Rule kRepeatedHour{
    .id = "GN021",
    .slug = "repeated-hour",
    .severity = diag::Severity::warning,
    .title = "A time in the hour that comes twice in autumn says which one it is",
    .why =
        "When the clocks go back, the hour from 1:00 to 2:00 happens twice. Without an offset from UTC nobody can "
        "tell which is meant, and the day of sending may hang on it.",
    .source = "modelled",
    .passes = "--as-of 2026-11-01T01:30-05:00",
    .fails = "--as-of 2026-11-01T01:30",
    .check = nullptr,
    .acts_in = "--as-of"};

constexpr const Rule* kRules[] = {&kRealDate, &kOrder, &kDuration, &kRepeatedHour};

}  // namespace

RuleList gn_date_rules() {
  return kRules;
}

}  // namespace atz::rules
