// Enough staff for the members, and not too much work for one person.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/patterns.hpp"
#include "rules/ratio.hpp"
#include "rules/week_words.hpp"

namespace atz::rules {

// "1:2"
std::optional<Ratio> parse_ratio(std::string_view text) {
  const auto parts = split(trim(text), ':');
  if (parts.size() != 2) return std::nullopt;
  Ratio ratio;
  const auto number = [](const std::string& part) -> int {
    const std::string_view digits = trim(part);
    return all_digits(digits) && digits.size() <= 2 ? std::stoi(std::string(digits)) : 0;
  };
  ratio.staff = number(parts[0]);
  ratio.members = number(parts[1]);
  if (ratio.staff < 1 || ratio.members < 1) return std::nullopt;
  return ratio;
}

namespace {

// Staff in the house and members at home, slot by slot. Only made when a plan demands a ratio.
struct Presence {
  std::array<int, model::kSlotsPerWeek> staff{};
  std::vector<std::array<bool, model::kSlotsPerWeek>> away;  // per member

  [[nodiscard]] int at_home(std::size_t slot) const {
    return static_cast<int>(
        std::count_if(away.begin(), away.end(), [&](const auto& member) { return !member.at(slot); }));
  }
};

Presence presence_of(const Staffing& staffing, Rational asleep_counts) {
  Presence presence;
  presence.away.resize(staffing.roster.size());
  const auto leave = [&](const model::Field<std::string>& label, const std::vector<int>& slots) {
    const auto index = label ? staffing.index_of(*label) : std::nullopt;
    if (!index) return;
    for (const int slot : slots) presence.away[*index].at(static_cast<std::size_t>(slot)) = true;
  };
  const auto& pattern = staffing.pattern();
  for (const auto& out : pattern.out) leave(out.member, model::slots_of(out));
  for (const auto& shift : pattern.shifts) {
    const auto slots = model::slots_of(shift);
    for (const auto& label : shift.accompanying) leave(label, slots);
    const bool asleep = shift.awake && !*shift.awake && asleep_counts == Rational(0);
    const bool admin = std::any_of(pattern.staff.begin(), pattern.staff.end(), [&](const auto& person) {
      return person.id && shift.staff && *person.id == *shift.staff && person.counts &&
             to_lower(*person.counts) == "admin";
    });
    if (!shift.accompanying.empty() || asleep || admin) continue;
    for (const int slot : slots) ++presence.staff.at(static_cast<std::size_t>(slot));
  }
  return presence;
}

void check_ratio(Context& context) {
  const auto* staffing = context.settled_staffing();
  std::optional<Presence> presence;
  for (const auto* member : context.regular()) {
    const auto ratio = member->min_ratio ? parse_ratio(*member->min_ratio) : std::nullopt;
    const auto index = staffing != nullptr && member->label ? staffing->index_of(*member->label) : std::nullopt;
    if (!ratio || !index) continue;
    if (!presence) presence = presence_of(*staffing, context.settings().asleep_counts);
    std::array<bool, model::kSlotsPerWeek> alone{};
    for (const auto& span : member->may_be_alone) {
      for (const int slot : model::slots_of(span)) alone.at(static_cast<std::size_t>(slot)) = true;
    }
    std::vector<int> thin;
    for (std::size_t slot = 0; slot < alone.size(); ++slot) {
      if (presence->away[*index].at(slot) || alone.at(slot)) continue;
      if (presence->staff.at(slot) * ratio->members < ratio->staff * presence->at_home(slot))
        thin.push_back(static_cast<int>(slot));
    }
    if (thin.empty()) continue;
    const auto first = static_cast<std::size_t>(thin.front());
    context
        .report(*member, member->min_ratio.span,
                fmt::format("At times there are fewer staff than the plan of {} demands", name_of(*member)))
        .found(fmt::format("{} staff for {} members at home; {}", presence->staff.at(first), presence->at_home(first),
                           words(stretches_of(thin))))
        .expected(fmt::format("{} staff for {} members, or better", ratio->staff, ratio->members))
        .related(staffing->pattern().shifts_span, "the shifts")
        .help("Add staff at these times, or correct min_ratio if the plan has changed.");
  }
}

constexpr Rule kRatio{
    .id = "SP015",
    .slug = "minimum-ratio",
    .severity = diag::Severity::warning,
    .title = "There are as many staff for the members at home as the plan demands",
    .why = "Some plans name a smallest ratio. 1:2 means one staff person for two members at home.",
    .source = "modelled",
    .passes = {"members: [{label: A, min_ratio: \"1:3\"}]    # at night one for three", Base::first},
    .fails = {"members: [{label: A, min_ratio: \"1:2\"}]    # at night there is one for three", Base::first},
    .check = check_ratio};

void check_long_shifts(Context& context) {
  constexpr int kLongest = 16 * 60;
  each_pattern(context.home(), [&](const model::StaffingPattern& pattern, const model::Member*) {
    for (const auto& shift : pattern.shifts) {
      if (!shift.readable() || *shift.from == *shift.to) continue;
      const int minutes = *shift.to > *shift.from ? *shift.to - *shift.from : *shift.to - *shift.from + 24 * 60;
      if (minutes <= kLongest) continue;
      context.report(shift.span, "A shift is longer than 16 hours")
          .found(fmt::format("{} hours", hours(Rational(minutes, 60))))
          .expected("16 hours or less")
          .help("Nobody supports people well for that long. Divide the shift.");
    }
  });
  const auto* staffing = context.staffing();
  if (staffing == nullptr) return;
  // A name that stands in shifts only may be a post that several people fill in turn; one listed as staff is a person.
  for (const auto& person : staffing->pattern().staff) {
    if (!person.id) continue;
    const auto& all = staffing->week.staff;
    const auto worked = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.staff == *person.id; });
    if (worked == all.end() || worked->hours <= Rational(60)) continue;
    context.report(place(person.id, person.span), fmt::format("{} works more than 60 hours a week", quoted(*person.id)))
        .found(fmt::format("{} hours a week", hours(worked->hours)))
        .expected("60 hours or less")
        .help("If this is a post that several people fill, give each of them a name, or take the post out of staff.");
  }
}

constexpr Rule kLongShifts{
    .id = "SP016",
    .slug = "reasonable-hours",
    .severity = diag::Severity::warning,
    .title = "No shift is longer than 16 hours, and nobody on the staff list works more than 60 hours a week",
    .why =
        "Longer hours are rarely real and hardly safe. Usually two people were entered under one name. A name that is "
        "used "
        "in shifts only may stand for a post that several people fill, so its weekly hours are not judged.",
    .source = "modelled",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:15, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:15}",
              Base::file},
    .check = check_long_shifts};

constexpr const Rule* kRules[] = {&kRatio, &kLongShifts};

}  // namespace

RuleList sp_ratio_rules() {
  return kRules;
}

}  // namespace atz::rules
