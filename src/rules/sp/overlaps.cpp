// Nobody is in two places at once.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/patterns.hpp"
#include "rules/week_words.hpp"

namespace atz::rules {
namespace {

using Kind = model::GridProblem::Kind;

// Each pair of blocks once, however many days they overlap on.
template <class Say>
void each_pair(Context& context, Kind kind, Say say) {
  const auto* staffing = context.staffing();
  if (staffing == nullptr) return;
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (const auto& problem : staffing->week.problems) {
    if (problem.kind == kind && seen.emplace(problem.first, problem.second).second) say(*staffing, problem);
  }
}

std::string staff_name(const model::Shift& shift) {
  return shift.staff ? quoted(*shift.staff) : std::string("this person");
}

// SP018 speaks for blocks of two members' patterns.
bool between_patterns(const Staffing& staffing, diag::Span a, diag::Span b) {
  if (!staffing.joined) return false;
  const auto span_of = [&](std::size_t pattern, std::size_t shift) {
    return staffing.individual[pattern]->shifts[shift].span;
  };
  return std::any_of(staffing.joined->conflicts.begin(), staffing.joined->conflicts.end(), [&](const auto& conflict) {
    const auto x = span_of(conflict.pattern_a, conflict.shift_a);
    const auto y = span_of(conflict.pattern_b, conflict.shift_b);
    return (x == a && y == b) || (x == b && y == a);
  });
}

void check_staff(Context& context) {
  each_pair(context, Kind::double_booked_staff, [&](const Staffing& staffing, const model::GridProblem& problem) {
    const auto& later = staffing.pattern().shifts[problem.first];
    const auto& earlier = staffing.pattern().shifts[problem.second];
    if (between_patterns(staffing, later.span, earlier.span)) return;
    context.report(later.span, fmt::format("{} is on two shifts at the same time", staff_name(later)))
        .found(words(shared_time(earlier, later)))
        .expected("one shift at a time")
        .related(earlier.span, "the other shift")
        .help("Shorten one of the two, or give one to somebody else.");
  });
}

constexpr Rule kStaff{
    .id = "SP003",
    .slug = "one-shift-at-a-time",
    .severity = diag::Severity::error,
    .title = "A staff person is never on two shifts at once",
    .why =
        "Hours of one person are counted once. Shifts also overlap past midnight, and from Saturday into Sunday of the "
        "same typical week.",
    .source = "modelled",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D1, days: daily, from: 06:00, to: 14:00}\n"
               "  - {staff: D1, days: daily, from: 14:00, to: 22:00}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D1, days: daily, from: 06:00, to: 15:00}\n"
              "  - {staff: D1, days: daily, from: 14:00, to: 22:00}",
              Base::file},
    .check = check_staff};

void check_member_out(Context& context) {
  each_pair(context, Kind::double_booked_member, [&](const Staffing& staffing, const model::GridProblem& problem) {
    const auto& later = staffing.pattern().out[problem.first];
    const auto& earlier = staffing.pattern().out[problem.second];
    const std::string label = later.member ? *later.member : std::string();
    context.report(later.span, fmt::format("Member {} is out at two places at the same time", label))
        .member(label)
        .found(words(shared_time(earlier, later)))
        .expected("one place at a time")
        .related(earlier.span, "the other block")
        .help("Correct the days or times of one of the two.");
  });
}

constexpr Rule kMemberOut{
    .id = "SP004",
    .slug = "one-place-at-a-time",
    .severity = diag::Severity::error,
    .title = "A member is never at two places outside the home at once",
    .why = "Time outside is subtracted from the time at home; two blocks at once would be two stories about one hour.",
    .source = "modelled",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "out:\n"
               "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: employment}\n"
               "  - {member: A, days: mon, from: 12:00, to: 15:00, kind: day-program}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "out:\n"
              "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: employment}\n"
              "  - {member: A, days: mon, from: 11:45, to: 15:00, kind: day-program}",
              Base::file},
    .check = check_member_out};

void check_one_to_one(Context& context) {
  each_pair(context, Kind::one_to_one_while_out, [&](const Staffing& staffing, const model::GridProblem& problem) {
    const auto& shift = staffing.pattern().shifts[problem.first];
    const auto& out = staffing.pattern().out[problem.second];
    const std::string label = out.member ? *out.member : std::string();
    context.report(shift.span, fmt::format("1:1 support at home for member {}, who is out at that time", label))
        .member(label)
        .found(words(shared_time(shift, out)))
        .expected("1:1 support while the member is at home")
        .related(out.span, "out of the home here")
        .help("Move the shift or the outing. If the staff goes along, name the member in accompanying.");
  });
}

constexpr Rule kOneToOne{
    .id = "SP006",
    .slug = "one-to-one-at-home",
    .severity = diag::Severity::error,
    .title = "1:1 support at home is for a member who is at home",
    .why = "Who is out without the home's staff gets no direct support from the home at that time.",
    .source = "Maine page on T2016 authorizations (implied)",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "  - {staff: E, days: mon, from: 15:00, to: 17:00, one_to_one: A}\n"
               "out:\n"
               "  - {member: A, days: mon, from: 09:00, to: 15:00, kind: employment}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "  - {staff: E, days: mon, from: 14:00, to: 16:00, one_to_one: A}\n"
              "out:\n"
              "  - {member: A, days: mon, from: 09:00, to: 15:00, kind: employment}",
              Base::file},
    .check = check_one_to_one};

// By its own code, or by the code that this kind of outing is usually paid under.
std::vector<std::string> paid_codes(Context& context, const model::Out& out) {
  if (out.code && !out.code->empty()) return {*out.code};
  const auto* kind = out.kind ? context.tables().out_kind(*out.kind) : nullptr;
  return kind == nullptr ? std::vector<std::string>() : kind->codes;
}

void check_paid_elsewhere(Context& context) {
  const auto* staffing = context.staffing();
  if (staffing == nullptr) return;
  for (const auto& shift : staffing->pattern().shifts) {
    for (const auto& out : staffing->pattern().out) {
      const auto along = [&](const auto& label) { return label && out.member && *label == *out.member; };
      if (std::none_of(shift.accompanying.begin(), shift.accompanying.end(), along)) continue;
      const auto codes = paid_codes(context, out);
      if (std::find(codes.begin(), codes.end(), "T2021") == codes.end() &&
          std::find(codes.begin(), codes.end(), "T2019") == codes.end())
        continue;
      const auto both = shared_time(shift, out);
      if (both.empty()) continue;
      context
          .report(shift.span, fmt::format("Staff of the home accompanies member {} to a service that is paid elsewhere",
                                          *out.member))
          .member(*out.member)
          .found(words(both))
          .expected("no Home Support hours during Community Support or Work Support")
          .related(out.span, "paid under " + codes.front())
          .help("Take the member out of accompanying for that time, or correct the outing.");
    }
  }
}

constexpr Rule kPaidElsewhere{
    .id = "SP014",
    .slug = "not-paid-twice",
    .severity = diag::Severity::error,
    .title = "No Home Support hours are counted while a member is at Community Support or Work Support",
    .why = "T2021 and T2019 pay for the support at that time. Staff of the home that goes along would be paid twice.",
    .source = "Maine page on T2016 authorizations (implied)",
    .passes = {"effective: 2027-01-04\n"
               "roster: [A, B]\n"
               "shifts:\n"
               "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "  - {staff: E, days: mon, from: 12:00, to: 14:00, accompanying: [A]}\n"
               "out:\n"
               "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: community-support, code: T2021}",
               Base::file},
    .fails = {"effective: 2027-01-04\n"
              "roster: [A, B]\n"
              "shifts:\n"
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "  - {staff: E, days: mon, from: 11:45, to: 14:00, accompanying: [A]}\n"
              "out:\n"
              "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: community-support, code: T2021}",
              Base::file},
    .check = check_paid_elsewhere};

void check_individual(Context& context) {
  const auto* staffing = context.staffing();
  if (staffing == nullptr || !staffing->joined) return;
  for (const auto& conflict : staffing->joined->conflicts) {
    const auto& first = staffing->individual[conflict.pattern_a]->shifts[conflict.shift_a];
    const auto& second = staffing->individual[conflict.pattern_b]->shifts[conflict.shift_b];
    context
        .report(second.span,
                fmt::format("{} does different things at the same time in two members' patterns", staff_name(second)))
        .found(words(shared_time(first, second)))
        .expected("the same days, times and mode in every pattern that holds the shift")
        .related(first.span, "the other pattern")
        .help(
            "A shift that members share is written alike in each of their patterns; its hours are then shared, not "
            "counted twice.");
  }
}

constexpr Rule kIndividual{
    .id = "SP018",
    .slug = "shared-shifts-alike",
    .severity = diag::Severity::error,
    .title = "A shift that members share is the same in all of their individual patterns",
    .why =
        "Patterns of the members are put together into the week of the home. A shift that "
        "differs between them can't be "
        "counted by share.",
    .source = "derived",
    .passes = {"staffing:    # each member has an individual pattern instead\n"
               "members:\n"
               "  - label: A\n"
               "    routinely_out: none\n"
               "    staffing:\n"
               "      effective: 2027-01-04\n"
               "      shifts:\n"
               "        - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "        - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "  - label: B\n"
               "    routinely_out: none\n"
               "    staffing:\n"
               "      effective: 2027-01-04\n"
               "      shifts:\n"
               "        - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
               "        - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
               "  - {label: C, receives_home_support: no, receives_home_support_reason: is the son of the owner}",
               Base::first},
    .fails = {"staffing:    # each member has an individual pattern instead\n"
              "members:\n"
              "  - label: A\n"
              "    routinely_out: none\n"
              "    staffing:\n"
              "      effective: 2027-01-04\n"
              "      shifts:\n"
              "        - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "        - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "  - label: B\n"
              "    routinely_out: none\n"
              "    staffing:\n"
              "      effective: 2027-01-04\n"
              "      shifts:\n"
              "        - {staff: N, days: daily, from: 23:00, to: 06:00}\n"
              "        - {staff: D, days: daily, from: 06:00, to: 22:00}\n"
              "  - {label: C, receives_home_support: no, receives_home_support_reason: is the son of the owner}",
              Base::first},
    .check = check_individual};

constexpr const Rule* kRules[] = {&kStaff, &kMemberOut, &kOneToOne, &kPaidElsewhere, &kIndividual};

}  // namespace

RuleList sp_overlap_rules() {
  return kRules;
}

}  // namespace atz::rules
