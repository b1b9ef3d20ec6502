// The T2016 line of a first authorization or an extension.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/corrections.hpp"
#include "rules/identifiers.hpp"
#include "rules/routing.hpp"

namespace atz::rules {
namespace {

void check_request_type(Context& context) {
  each_unreadable(context, [&](const casefile::Unreadable& request) {
    context.report(request.span, fmt::format("{} is not a kind of request that atz knows", quoted(request.text)))
        .member(request.member)
        .found(quoted(request.text))
        .expected("service-notification, service-notification-extension or smi-termination")
        .fix(request.span,
             clear_choice("service-notification|service-notification-extension|smi-termination", request.text))
        .help("In the portal a first authorization of Home Support is entered as a Service Notification.");
  });
}

constexpr Rule kRequestType{
    .id = "HS005",
    .slug = "request-type",
    .severity = diag::Severity::error,
    .title = "A first authorization of Home Support is a Service Notification",
    .why = "The portal also offers a type called Prior Authorization, which is for other services.",
    .source = "Maine page on T2016 authorizations, Prior Authorizations",
    .passes = {"request: service-notification", Base::first},
    .fails = {"request: prior-authorization", Base::first},
    .check = check_request_type};

void check_base_line(Context& context) {
  for (const auto& line : context.regular_lines()) {
    const auto& service = *line.service;
    if (missing(service.code) || line.base() || !valid_procedure(*service.code)) continue;  // form: ID010, ID011
    if (line.add_on() && service.modifiers.size() == 1) continue;                           // MA002
    std::string found = *service.code;
    for (const auto& modifier : service.modifiers) {
      if (modifier) found += " " + *modifier;
    }
    context
        .report(
            *line.member,
            place(line.home_support() ? service.modifiers.front().span : service.code.span, service.code.span),
            line.home_support() ? "The line for Home Support has no modifier" : "The code for Home Support is T2016")
        .found(quoted(found))
        .expected("T2016")
        .help("Other services, and other modifiers than SC for a Medical Add-On, are not asked for with this request.");
  }
}

constexpr Rule kBaseLine{
    .id = "HS006",
    .slug = "base-line",
    .severity = diag::Severity::error,
    .title = "The base line is T2016 without a modifier",
    .why = "Other codes look alike: T2017 is paid by the quarter hour, T2016 U9 belongs to another waiver.",
    .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo",
    .passes = {"members:\n"
               "  - label: A\n"
               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
               Base::first},
    .fails = {"members:\n"
              "  - label: A\n"
              "    services: [{code: T2017, units: 365, weekly_hours: 67.75}]",
              Base::first},
    .check = check_base_line};

void check_unit_days(Context& context) {
  if (context.settings().quantity_means != model::Settings::QuantityMeans::days) return;
  for (const auto& line : context.lines()) {
    const auto& units = line.service->units;
    if (!line.home_support() || context.is_termination(*line.member) || !units || *units < 1 ||
        !line.period->complete())
      continue;
    if (*line.period->start > *line.period->end) continue;
    const int wanted = line.period->days().days();
    if (*units == wanted) continue;
    context
        .report(*line.member, units.span,
                fmt::format("The period has {}, but {} {} asked for", days(wanted), days(*units),
                            *units == 1 ? "is" : "are"))
        .found(std::to_string(*units))
        .expected(std::to_string(wanted))
        .related(line.period->start.span, fmt::format("{} to {}, both included, are {}", day(*line.period->start),
                                                      day(*line.period->end), days(wanted)))
        .fix(units.span, std::to_string(wanted))
        .help("If the units are right, correct the period instead.");
  }
}

constexpr Rule kUnitDays{.id = "HS007",
                         .slug = "units-are-days",
                         .severity = diag::Severity::error,
                         .title = "T2016 units are the days of the period, first and last included",
                         .why =
                             "One unit of T2016 is one day. A day too few is a day that nobody pays for. Whether the "
                             "portal's quantity means "
                             "days or weekly hours is the setting quantity_means.",
                         .source = "Maine page on T2016 authorizations; that units equal days is modelled",
                         .passes = {"period: {start: 2027-01-04, end: 2028-01-03}\n"
                                    "members:\n"
                                    "  - label: A\n"
                                    "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
                                    Base::first},
                         .fails = {"period: {start: 2027-01-04, end: 2028-01-03}\n"
                                   "members:\n"
                                   "  - label: A\n"
                                   "    services: [{code: T2016, units: 364, weekly_hours: 67.75}]",
                                   Base::first},
                         .check = check_unit_days,
                         .setting = "quantity-means"};

void check_weekly_hours(Context& context) {
  constexpr const char* kExpected = "hours a week in quarters, for example 67.75";
  each_unreadable(context, [&](const casefile::Unreadable& hours) {
    context.report(hours.span, fmt::format("{} is not a number of hours", quoted(hours.text)))
        .member(hours.member)
        .found(quoted(hours.text))
        .expected(kExpected);
  });
  for (const auto& line : context.regular_lines()) {
    const auto& asked = line.service->weekly_hours;
    if (!line.home_support() || line.add_on()) continue;  // add-on: MA013
    if (missing(asked)) {
      context
          .report(*line.member, place(asked.span, line.service->code.span, line.service->span),
                  fmt::format("The weekly support hours of {} are missing", name_of(*line.member)))
          .expected(kExpected)
          .help("Add weekly_hours: this is what the Clinical Review Team approves. `atz staffing` computes them.");
    } else if (asked && *asked <= Rational(0)) {
      context.report(*line.member, asked.span, "Weekly support hours must be more than 0")
          .found(hours(*asked))
          .expected(kExpected);
    } else if (asked && !model::quarter_hours(*asked)) {
      const Rational quarters = *asked * 4;
      const Rational below(quarters.floor(), 4);
      context.report(*line.member, asked.span, "Weekly support hours come in quarter hours")
          .found(asked.text)
          .expected(fmt::format("{} or {}", hours(below), hours(below + Rational(1, 4))));
    }
  }
}

constexpr Rule kWeeklyHours{.id = "HS008",
                            .slug = "weekly-hours",
                            .severity = diag::Severity::error,
                            .title = "Each T2016 line states weekly support hours above 0, in quarter hours",
                            .why = "The hours a week are what is approved, and the home's day rate is made from them.",
                            .source = "Maine page on T2016 authorizations, KEPRO/Atrezzo and Prior Authorizations",
                            .passes = {"members:\n"
                                       "  - label: A\n"
                                       "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
                                       Base::first},
                            .fails = {"members:\n"
                                      "  - label: A\n"
                                      "    services: [{code: T2016, units: 365, weekly_hours: 67.8}]",
                                      Base::first},
                            .check = check_weekly_hours};

void check_more_than_a_week(Context& context) {
  for (const auto& line : context.regular_lines()) {
    const auto& asked = line.service->weekly_hours;
    if (!line.home_support() || line.add_on() || !asked || *asked <= Rational(168)) continue;
    context
        .report(*line.member, asked.span,
                fmt::format("More hours are asked for {} than a week has", name_of(*line.member)))
        .found(hours(*asked))
        .expected("168.00 or fewer")
        .help(
            "More than 168 means two staff at a time for part of the week. The rate for the hours above is lower; make "
            "sure that the plan says so.");
  }
}

constexpr Rule kMoreThanAWeek{.id = "HS009",
                              .slug = "hours-of-a-week",
                              .severity = diag::Severity::warning,
                              .title = "One member's hours are at most 168, the hours of a week",
                              .why =
                                  "More means that a member has two staff at a time. That exists, and its rate is "
                                  "reduced, but it is also a common "
                                  "typing error.",
                              .source = "public: MaineCare Benefits Manual, Chapter III, Section 21, 1300",
                              .passes = {"documents: [{file: documents/pattern.pdf, type: staffing-pattern}]\n"
                                         "staffing:    # the pattern is in the document\n"
                                         "members:\n"
                                         "  - label: A\n"
                                         "    services: [{code: T2016, units: 365, weekly_hours: 168}]\n"
                                         "    plan: {weekly_hours: 168}\n"
                                         "    questionnaires: {home-support: {2: 168}}",
                                         Base::first},
                              .fails = {"documents: [{file: documents/pattern.pdf, type: staffing-pattern}]\n"
                                        "staffing:    # the pattern is in the document\n"
                                        "members:\n"
                                        "  - label: A\n"
                                        "    services: [{code: T2016, units: 365, weekly_hours: 168.25}]\n"
                                        "    plan: {weekly_hours: 168.25}\n"
                                        "    questionnaires: {home-support: {2: 168.25}}",
                                        Base::first},
                              .check = check_more_than_a_week};

constexpr const Rule* kRules[] = {&kRequestType, &kBaseLine, &kUnitDays, &kWeeklyHours, &kMoreThanAWeek};

}  // namespace

RuleList hs_line_rules() {
  return kRules;
}

}  // namespace atz::rules
