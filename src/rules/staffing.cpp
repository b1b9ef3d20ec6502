// Which pattern counts, who shares it, and its week.
#include <algorithm>

#include "rules/context.hpp"

namespace atz::rules {
namespace {

// A staffing file on its own has no roster: everyone it names, in alphabetical order.
std::vector<std::string> labels_in(const model::StaffingPattern& pattern) {
  std::vector<std::string> labels;
  const auto add = [&](const model::Field<std::string>& label) {
    if (label && !label->empty() && *label != "all") labels.push_back(*label);
  };
  for (const auto& shift : pattern.shifts) {
    add(shift.one_to_one);
    add(shift.on_behalf_of);
    for (const auto& label : shift.accompanying) add(label);
  }
  for (const auto& out : pattern.out) add(out.member);
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

bool receives_none(const model::Home& home, const std::string& label) {
  return std::any_of(home.members.begin(), home.members.end(), [&](const auto& member) {
    return member.label && *member.label == label && member.receives_home_support && !*member.receives_home_support;
  });
}

std::vector<std::string> roster_of(const model::Home& home) {
  std::vector<std::string> roster;
  const auto add = [&](const model::Field<std::string>& label) {
    if (!label || label->empty() || receives_none(home, *label)) return;
    if (std::find(roster.begin(), roster.end(), *label) == roster.end()) roster.push_back(*label);
  };
  for (const auto& label : home.house.roster) add(label);
  if (roster.empty()) {
    for (const auto& member : home.members) add(member.label);
  }
  return roster.empty() ? labels_in(home.staffing) : roster;
}

bool complete(const model::StaffingPattern& pattern) {
  const auto left_out = [](const model::WeekSpan& block) { return model::slots_of(block).empty(); };
  return std::none_of(pattern.shifts.begin(), pattern.shifts.end(),
                      [&](const auto& shift) { return missing(shift.staff) || left_out(shift); }) &&
         std::none_of(pattern.out.begin(), pattern.out.end(),
                      [&](const auto& out) { return missing(out.member) || left_out(out); });
}

bool everyone_on_roster(const model::Home& home, const Staffing& staffing) {
  return std::all_of(home.members.begin(), home.members.end(), [&](const auto& member) {
    return !member.label || receives_none(home, *member.label) || staffing.index_of(*member.label);
  });
}

// HS010 asks for members who are on the roster only: whether they share the staff is open.
bool everyone_has_entry(const model::Home& home, const Staffing& staffing) {
  if (home.members.empty()) return true;  // a staffing file
  return std::all_of(staffing.roster.begin(), staffing.roster.end(), [&](const auto& label) {
    return std::any_of(home.members.begin(), home.members.end(),
                       [&](const auto& member) { return member.label && *member.label == label; });
  });
}

// SP008 asks when members are out of whom nothing says it.
bool outings_stated(const model::Home& home, const Staffing& staffing) {
  const auto& out = staffing.pattern().out;
  return std::all_of(home.members.begin(), home.members.end(), [&](const auto& member) {
    return !member.label || receives_none(home, *member.label) || !missing(member.routinely_out) ||
           std::any_of(out.begin(), out.end(),
                       [&](const auto& block) { return block.member && *block.member == *member.label; });
  });
}

bool settles(const model::Home& home, const Staffing& staffing) {
  using Kind = model::GridProblem::Kind;
  const auto& problems = staffing.week.problems;
  const bool contradicts = std::any_of(problems.begin(), problems.end(), [](const auto& problem) {
    return problem.kind == Kind::unknown_member || problem.kind == Kind::double_booked_staff ||
           problem.kind == Kind::double_booked_member || problem.kind == Kind::one_to_one_while_out;
  });
  if (contradicts || !everyone_on_roster(home, staffing) || !everyone_has_entry(home, staffing) ||
      !outings_stated(home, staffing))
    return false;
  if (!staffing.joined) return complete(*staffing.combined);
  return staffing.joined->conflicts.empty() && staffing.individual.size() == staffing.roster.size() &&
         std::all_of(staffing.individual.begin(), staffing.individual.end(),
                     [](const auto* own) { return complete(*own); });
}

}  // namespace

std::optional<std::size_t> Staffing::index_of(std::string_view label) const {
  const auto at = std::find(roster.begin(), roster.end(), label);
  if (at == roster.end()) return std::nullopt;
  return static_cast<std::size_t>(at - roster.begin());
}

std::unique_ptr<Staffing> staffing_of(const model::Home& home, const model::Settings& settings) {
  auto staffing = std::make_unique<Staffing>();
  if (home.staffing.present) {
    staffing->combined = &home.staffing;
  } else {
    for (const auto& member : home.members) {
      if (member.staffing.present) staffing->individual.push_back(&member.staffing);
    }
    if (staffing->individual.empty()) return nullptr;
    staffing->joined = model::join_patterns(staffing->individual);
  }
  if (staffing->pattern().shifts.empty() && staffing->pattern().out.empty()) return nullptr;

  staffing->roster = roster_of(home);
  if (staffing->roster.size() > model::kMaxRoster) return nullptr;  // CF009
  std::vector<std::vector<model::WeekSpan>> alone(staffing->roster.size());
  for (const auto& member : home.members) {
    if (!member.label) continue;
    if (const auto index = staffing->index_of(*member.label)) alone[*index] = member.may_be_alone;
  }
  model::WeekOptions options;
  options.asleep_counts = settings.asleep_counts;
  staffing->week = model::compute_week(staffing->pattern(), staffing->roster, alone, options);
  staffing->settled = settles(home, *staffing);
  const auto& problems = staffing->week.problems;
  staffing->covered = std::none_of(problems.begin(), problems.end(), [](const auto& problem) {
    return problem.kind == model::GridProblem::Kind::uncovered;
  });
  return staffing;
}

std::optional<model::Week> week_of(const model::Home& home, const model::Settings& settings) {
  auto staffing = staffing_of(home, settings);
  if (!staffing) return std::nullopt;
  return std::move(staffing->week);
}

}  // namespace atz::rules
