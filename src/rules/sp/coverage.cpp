// Someone is there when members are, and nobody is there for nothing.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/week_words.hpp"

namespace atz::rules {
namespace {

using Kind = model::GridProblem::Kind;

// The shift that ends when the gap begins: the likeliest one to be too short.
const model::Shift* shift_before(const model::StaffingPattern& pattern, int slot) {
  const int before = (slot + model::kSlotsPerWeek - 1) % model::kSlotsPerWeek;
  for (const auto& shift : pattern.shifts) {
    const auto slots = model::slots_of(shift);
    if (std::find(slots.begin(), slots.end(), before) != slots.end()) return &shift;
  }
  return nullptr;
}

void check_covered(Context& context) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr) return;
  std::set<int> slots;
  std::set<std::size_t> members;
  for (const auto& problem : staffing->week.problems) {
    if (problem.kind != Kind::uncovered) continue;
    members.insert(problem.first);
    for (int slot = problem.slot; slot < problem.end_slot; ++slot) slots.insert(slot);
  }
  if (slots.empty()) return;
  const auto gaps = stretches_of({slots.begin(), slots.end()});
  std::vector<std::string> labels;
  for (const auto member : members) labels.push_back(staffing->roster[member]);
  const auto& pattern = staffing->pattern();
  auto report = context.report(
      place(pattern.shifts_span, pattern.span),
      fmt::format("Nobody is on duty while {} at home", labels.size() == 1 ? "a member is" : "members are"));
  report
      .found(fmt::format("{} hours a week without staff: {}",
                         hours(Rational(static_cast<std::int64_t>(slots.size()), 4)), words(gaps)))
      .expected(fmt::format("staff whenever {} at home", list_words(labels, "or") + " is"))
      .help("Add or lengthen a shift. If the plan lets a member be alone then, write the time into may_be_alone.");
  if (labels.size() == 1) report.member(labels.front());
  if (const auto* shift = shift_before(pattern, gaps.front().slot))
    report.related(shift->span, "this shift ends before the first gap");
}

constexpr Rule kCovered{
    .id = "SP005",
    .slug = "someone-on-duty",
    .severity = diag::Severity::error,
    .title = "Someone is on duty whenever a member is at home, unless the plan allows time alone",
    .why = "Members of these homes may not be alone unless their plan says so. Such times go into may_be_alone.",
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
              "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
              "  - {staff: D, days: daily, from: 06:00, to: 21:45}",
              Base::file},
    .check = check_covered};

void check_idle(Context& context) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr) return;
  std::map<std::size_t, std::vector<Stretch>> idle;
  for (const auto& problem : staffing->week.problems) {
    if (problem.kind == Kind::unallocated) idle[problem.first].push_back({problem.slot, problem.end_slot});
  }
  for (const auto& [index, times] : idle) {
    const auto& shift = staffing->pattern().shifts[index];
    context
        .report(shift.span, fmt::format("{} is on duty while nobody is at home",
                                        shift.staff ? quoted(*shift.staff) : std::string("Staff")))
        .found(words(times))
        .expected("somebody at home, or a mark what the time is for")
        .help(
            "Shorten the shift; or add on_behalf_of for work on a member's behalf, or accompanying for members who are "
            "out "
            "with this person.");
  }
}

// On Monday morning somebody is on duty while everyone is out.
constexpr const char* kIdleWeek =
    "effective: 2027-01-04\n"
    "roster: [A, B]\n"
    "shifts:\n"
    "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
    "  - {staff: D, days: tue-sun, from: 06:00, to: 22:00}\n"
    "  - {staff: D, days: mon, from: 06:00, to: 09:00}\n"
    "  - {staff: D, days: mon, from: 09:00, to: 12:00}\n"
    "  - {staff: D, days: mon, from: 12:00, to: 22:00}\n"
    "out:\n"
    "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: employment}\n"
    "  - {member: B, days: mon, from: 09:00, to: 12:00, kind: employment}";

// The same, with the hours marked as work on the members' behalf.
constexpr const char* kMarkedWeek =
    "effective: 2027-01-04\n"
    "roster: [A, B]\n"
    "shifts:\n"
    "  - {staff: N, days: daily, from: 22:00, to: 06:00}\n"
    "  - {staff: D, days: tue-sun, from: 06:00, to: 22:00}\n"
    "  - {staff: D, days: mon, from: 06:00, to: 09:00}\n"
    "  - {staff: D, days: mon, from: 09:00, to: 12:00, on_behalf_of: all}\n"
    "  - {staff: D, days: mon, from: 12:00, to: 22:00}\n"
    "out:\n"
    "  - {member: A, days: mon, from: 09:00, to: 12:00, kind: employment}\n"
    "  - {member: B, days: mon, from: 09:00, to: 12:00, kind: employment}";

constexpr Rule kIdle{
    .id = "SP007",
    .slug = "no-idle-staff",
    .severity = diag::Severity::warning,
    .title = "Staff is on duty for somebody",
    .why =
        "Hours while all members are out support nobody, so they belong to no member's request, unless they are marked "
        "as work on a member's behalf.",
    .source = "modelled",
    .passes = {kMarkedWeek, Base::file},
    .fails = {kIdleWeek, Base::file},
    .check = check_idle};

void check_unallocated(Context& context) {
  const auto* staffing = context.settled_staffing();
  if (staffing == nullptr) return;
  const Rational total = staffing->week.t2016.unallocated + staffing->week.t2016sc.unallocated;
  if (total == Rational(0)) return;
  const auto& pattern = staffing->pattern();
  context.report(place(pattern.shifts_span, pattern.span), "Some staff hours belong to no member and don't count")
      .found(fmt::format("{} hours a week", hours(total)))
      .expected("0.00")
      .help("They count for the home only when they are marked with on_behalf_of.");
}

constexpr Rule kUnallocated{
    .id = "SP023",
    .slug = "unallocated-hours",
    .severity = diag::Severity::warning,
    .title = "No staff hours are left over",
    .why =
        "Staff hours while nobody is at home are left out of the home's total, unless they are marked as work on the "
        "members' behalf. Which work is accepted is the payer's to say.",
    .source = "public; modelled",
    .passes = {kMarkedWeek, Base::file},
    .fails = {kIdleWeek, Base::file},
    .check = check_unallocated};

constexpr const Rule* kRules[] = {&kCovered, &kIdle, &kUnallocated};

}  // namespace

RuleList sp_coverage_rules() {
  return kRules;
}

}  // namespace atz::rules
