// Hours asked for against hours computed from the pattern.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

// One wrong number of hours is usually copied into the plan and the questionnaire, or only these two are right:
// they are shown as places, not as findings of their own.
void relate_copies(Context& context, const model::Member& member, Rational asked, Report& report) {
  const auto& planned = member.plan.weekly_hours;
  if (planned && *planned != asked) report.related(planned.span, fmt::format("the plan says {}", hours(*planned)));
  const auto* answer = home_support_value(context, member, "2", model::AnswerType::decimal);
  const auto number = answer == nullptr ? std::nullopt : parse_decimal(trim(**answer));
  if (number && *number != asked) report.related(answer->span, fmt::format("question 2 says {}", hours(*number)));
}

void check_member_hours(Context& context) {
  for (const auto* member : context.regular()) {
    if (!context.hours_off_pattern(*member)) continue;
    const auto& staffing = *context.staffing();
    const auto index = *staffing.index_of(*member->label);
    const auto& asked = *context.asked_hours(*member);
    const auto& exact = staffing.week.t2016.exact[index];
    const std::string computed = model::format_hours(staffing.week.t2016.rounded[index]);
    auto report = context.report(*member, asked.span,
                                 fmt::format("The pattern gives {} {} hours a week, {} are asked for", name_of(*member),
                                             computed, hours(*asked)));
    report.found(hours(*asked))
        .expected(exact == staffing.week.t2016.rounded[index].exact()
                      ? computed
                      : fmt::format("{} ({} before rounding)", computed, model::format_fraction(exact)))
        .help(fmt::format(
            "If the pattern is right, write weekly_hours: {}; else correct the shifts. `atz staffing` shows the week.",
            computed));
    relate_copies(context, *member, *asked, report);
  }
}

constexpr Rule kMemberHours{
    .id = "SP010",
    .slug = "member-hours-fit",
    .severity = diag::Severity::error,
    .title = "Each member's weekly hours are those that the pattern gives",
    .why =
        "The weekly hours are what is approved, so they must follow from the staffing that is shown: a member's own "
        "1:1 "
        "time and an equal share of shared staff while at home. The tolerance is the setting hours_tolerance.",
    .source = "derived",
    .passes = {"members:    # 67.667 hours by the pattern, rounded to 67.75\n"
               "  - label: A\n"
               "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
               Base::first},
    .fails = {"members:    # 67.667 hours by the pattern, 68 asked for\n"
              "  - label: A\n"
              "    services: [{code: T2016, units: 365, weekly_hours: 68}]\n"
              "  - label: B\n"
              "    services: [{code: T2016, units: 365, weekly_hours: 85.5}]\n"
              "    plan: {weekly_hours: 85.5}\n"
              "    questionnaires: {home-support: {2: 85.5}}",
              Base::first},
    .check = check_member_hours,
    .setting = "hours-tolerance"};

struct Total {
  struct Row {
    const model::Member* member;
    const model::Field<Rational>* asked;
    Rational computed;
  };
  Rational asked, computed;
  std::vector<Row> rows;  // in the order of the roster
  [[nodiscard]] std::vector<Row> off() const {
    std::vector<Row> differing;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(differing),
                 [](const Row& row) { return **row.asked != row.computed; });
    return differing;
  }
};

// nullopt unless every member on the roster has hours to add.
std::optional<Total> total_of(Context& context, const Staffing& staffing) {
  Total total;
  for (std::size_t i = 0; i < staffing.roster.size(); ++i) {
    const auto* member = context.member(staffing.roster[i]);
    const auto* asked = member == nullptr ? nullptr : context.asked_hours(*member);
    if (asked == nullptr) return std::nullopt;
    const Rational computed = staffing.week.t2016.rounded[i].exact();
    total.asked += **asked;
    total.computed += computed;
    total.rows.push_back({member, asked, computed});
  }
  return total;
}

std::string signed_hours(Rational difference) {
  if (difference == Rational(0)) return "0";
  return difference < Rational(0) ? "-" + hours(-difference) : "+" + hours(difference);
}

std::vector<std::string> table_of(const Total& total) {
  constexpr const char* kRow = "{:<8}{:>10}{:>11}{:>12}";
  std::vector<std::string> lines{fmt::format(kRow, "member", "asked for", "computed", "difference")};
  const auto add = [&](std::string_view name, Rational asked, Rational computed) {
    lines.push_back(fmt::format(kRow, name, hours(asked), hours(computed), signed_hours(asked - computed)));
  };
  for (const auto& row : total.rows) add(printable(*row.member->label), **row.asked, row.computed);
  add("home", total.asked, total.computed);
  return lines;
}

void check_house_hours(Context& context) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr || !staffing->covered || staffing->roster.empty() || context.file().staffing_only) return;
  const auto total = total_of(context, *staffing);
  if (!total || total->asked == total->computed) return;
  const auto& pattern = staffing->pattern();
  const auto off = total->off();
  const bool one = off.size() == 1;
  auto report = context.report(one ? off.front().asked->span : place(pattern.shifts_span, pattern.span),
                               fmt::format("All members together ask for {} hours a week, the staff works {}",
                                           hours(total->asked), hours(total->computed)));
  report.found(hours(total->asked))
      .expected(hours(total->computed))
      .help(
          "The hours of the members add up to the hours of the staff, to the quarter hour. `atz staffing` shows each "
          "member's part.");
  if (one)
    report.related(place(pattern.shifts_span, pattern.span),
                   fmt::format("these shifts have {} hours", hours(total->computed)));
  if (!one) {
    for (const auto& row : off) report.related(row.asked->span, fmt::format("asked for {}", name_of(*row.member)));
  }
  for (const auto& line : table_of(*total)) report.note(line);
}

constexpr Rule kHouseHours{.id = "SP011",
                           .slug = "house-hours-fit",
                           .severity = diag::Severity::error,
                           .title = "The members' weekly hours add up to the hours that the staff works",
                           .why =
                               "The day rate of the home is made from the sum. Members' hours are rounded to quarters "
                               "so that they add up exactly.",
                           .source = "derived",
                           .passes = {"members:    # 67.75 + 85.75 + 96.5 = 250, the hours of the staff\n"
                                      "  - label: A\n"
                                      "    services: [{code: T2016, units: 365, weekly_hours: 67.75}]",
                                      Base::first},
                           .fails = {"members:    # 67.5 + 85.75 + 96.5 = 249.75, and the staff works 250\n"
                                     "  - label: A\n"
                                     "    services: [{code: T2016, units: 365, weekly_hours: 67.5}]\n"
                                     "    plan: {weekly_hours: 67.5}\n"
                                     "    questionnaires: {home-support: {2: 67.5}}",
                                     Base::first},
                           .check = check_house_hours};

void check_computed(Context& context) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr) return;
  for (std::size_t i = 0; i < staffing->roster.size(); ++i) {
    const Rational computed = staffing->week.t2016.exact[i];
    if (computed <= Rational(168)) continue;
    const auto& pattern = staffing->pattern();
    context
        .report(place(pattern.shifts_span, pattern.span),
                fmt::format("The pattern gives member {} more hours than a week has", staffing->roster[i]))
        .member(staffing->roster[i])
        .found(hours(computed))
        .expected("168.00 or fewer")
        .help("More than 168 means two staff at a time for part of the week; the rate for the hours above is lower.");
  }
}

constexpr Rule kComputed{
    .id = "SP012",
    .slug = "computed-hours-of-a-week",
    .severity = diag::Severity::warning,
    .title = "The pattern gives no member more than 168 hours a week",
    .why = "More means two staff for one member at the same time. The rate for the hours above is reduced.",
    .source = "public: MaineCare Benefits Manual, Chapter III, Section 21",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: X1, days: daily, from: 06:00, to: 18:00, one_to_one: A}\n"
               "  - {staff: X2, days: daily, from: 18:00, to: 06:00, one_to_one: A}\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: X1, days: daily, from: 06:00, to: 18:00, one_to_one: A}\n"
              "  - {staff: X2, days: daily, from: 18:00, to: 06:00, one_to_one: A}\n"
              "  - {staff: Y, days: mon, from: 09:00, to: 09:15, one_to_one: A}\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
              Base::file},
    .check = check_computed};

void check_asleep(Context& context) {
  const auto* staffing = context.staffing();
  if (staffing == nullptr || staffing->week.asleep == Rational(0)) return;
  std::vector<const model::Shift*> asleep;
  for (const auto& shift : staffing->pattern().shifts) {
    if (shift.awake && !*shift.awake) asleep.push_back(&shift);
  }
  if (asleep.empty()) return;
  const Rational factor = context.settings().asleep_counts;
  auto report =
      context.report(asleep.front()->span, factor == Rational(0) ? "Hours of staff that sleeps are not counted"
                                                                 : "Hours of staff that sleeps are counted");
  report
      .found(fmt::format("{} hours a week asleep, {} of them counted", hours(staffing->week.asleep),
                         hours(staffing->week.asleep * factor)))
      .expected("awake staff at night")
      .help(
          "The rule text assumes staff that is awake; for homes that had asleep staff before, ask what holds. The "
          "setting is asleep_counts.");
  for (std::size_t i = 1; i < asleep.size(); ++i) report.related(asleep[i]->span, "asleep here, too");
}

constexpr Rule kAsleep{.id = "SP013",
                       .slug = "awake-nights",
                       .severity = diag::Severity::warning,
                       .title = "Staff is awake at night; hours asleep don't count",
                       .why =
                           "The rule text assumes awake staff. The state announced leniency for homes that had asleep "
                           "staff before, so how much "
                           "of it counts is a setting: none of it, all of it, or a part.",
                       .source = "MaineCare Benefits Manual, Section 21, 21.05-11, and a notice",
                       .passes = {"effective: 2027-01-04\n"
                                  "roster: [A, B]\n"
                                  "shifts:\n"
                                  "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
                                  "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
                                  Base::file},
                       .fails = {"effective: 2027-01-04\n"
                                 "roster: [A, B]\n"
                                 "shifts:\n"
                                 "  - {staff: N, days: daily, from: 22:00, to: 06:00, awake: no}\n"
                                 "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
                                 Base::file},
                       .check = check_asleep,
                       .setting = "asleep-counts"};

constexpr const Rule* kRules[] = {&kMemberHours, &kHouseHours, &kComputed, &kAsleep};

}  // namespace

RuleList sp_hours_rules() {
  return kRules;
}

}  // namespace atz::rules
