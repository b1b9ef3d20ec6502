#include <algorithm>
#include <limits>

#include "week_grid.hpp"

namespace atz::model {

namespace {

using Kind = GridProblem::Kind;

constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();
using Owners = std::array<std::size_t, kSlotsPerWeek>;  // per slot, the first block that holds it

Owners no_owners() {
  Owners owners;
  owners.fill(kNobody);
  return owners;
}

// One problem for each block that holds some of these slots already, at the first stretch that both share.
void report_overlaps(Kind kind, std::size_t block, std::span<const int> slots, const Owners& owners,
                     std::vector<GridProblem>& problems) {
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const std::size_t owner = owners[static_cast<std::size_t>(slots[i])];
    if (owner == kNobody || std::find(seen.begin(), seen.end(), owner) != seen.end()) continue;
    seen.push_back(owner);
    std::size_t end = i + 1;
    while (end < slots.size() && slots[end] == slots[end - 1] + 1 &&
           owners[static_cast<std::size_t>(slots[end])] == owner) {
      ++end;
    }
    problems.push_back({kind, block, owner, slots[i], slots[end - 1] + 1});
  }
}

void claim(std::size_t block, std::span<const int> slots, Owners& owners) {
  for (const int slot : slots) {
    std::size_t& owner = owners[static_cast<std::size_t>(slot)];
    if (owner == kNobody) owner = block;
  }
}

void double_bookings(const Grid& grid, std::vector<GridProblem>& problems) {
  std::vector<Owners> by_staff(grid.staff.size(), no_owners());
  for (const Duty& duty : grid.duties) {
    report_overlaps(Kind::double_booked_staff, duty.shift, duty.slots, by_staff[duty.staff], problems);
    claim(duty.shift, duty.slots, by_staff[duty.staff]);
  }
}

void absences(const Grid& grid, std::vector<Owners>& by_member, std::vector<GridProblem>& problems) {
  for (const Absence& absence : grid.absences) {
    Owners& owners = by_member[absence.member];
    report_overlaps(Kind::double_booked_member, absence.out, absence.slots, owners, problems);
    claim(absence.out, absence.slots, owners);
  }
}

void gaps(const Grid& grid, std::span<const std::vector<WeekSpan>> may_be_alone, std::vector<GridProblem>& problems) {
  std::array<bool, kSlotsPerWeek> covered{};
  for (int slot = 0; slot < kSlotsPerWeek; ++slot) {
    const auto on_duty = grid.on_duty(slot);
    covered[static_cast<std::size_t>(slot)] = std::any_of(
        on_duty.begin(), on_duty.end(), [&](std::uint32_t i) { return grid.duties[i].direct && !grid.duties[i].away; });
  }
  for (std::size_t member = 0; member < grid.roster_size; ++member) {
    std::array<bool, kSlotsPerWeek> alone{};
    if (member < may_be_alone.size()) {
      for (const WeekSpan& span : may_be_alone[member]) {
        for (const int slot : slots_of(span)) alone[static_cast<std::size_t>(slot)] = true;
      }
    }
    std::vector<int> uncovered;
    for (int slot = 0; slot < kSlotsPerWeek; ++slot) {
      const auto at = static_cast<std::size_t>(slot);
      if (!covered[at] && !alone[at] && (grid.home(slot) & member_bit(member)) != 0) uncovered.push_back(slot);
    }
    for (const Run run : runs_of(uncovered)) problems.push_back({Kind::uncovered, member, 0, run.first, run.end});
  }
}

void one_to_one_while_out(const Grid& grid, const std::vector<Owners>& by_member, std::vector<GridProblem>& problems) {
  for (const Duty& duty : grid.duties) {
    if (duty.mode != Duty::Mode::one_to_one) continue;
    std::size_t member = 0;
    while (duty.members != member_bit(member)) ++member;
    std::vector<int> slots;
    for (const int slot : duty.slots) {
      if ((grid.accompanied[static_cast<std::size_t>(slot)] & duty.members) == 0) slots.push_back(slot);
    }
    report_overlaps(Kind::one_to_one_while_out, duty.shift, slots, by_member[member], problems);
  }
}

}  // namespace

void find_problems(const Grid& grid, std::span<const std::vector<WeekSpan>> may_be_alone,
                   std::span<const std::vector<int>> idle, std::vector<GridProblem>& problems) {
  std::vector<Owners> by_member(grid.roster_size, no_owners());
  double_bookings(grid, problems);
  absences(grid, by_member, problems);
  gaps(grid, may_be_alone, problems);
  one_to_one_while_out(grid, by_member, problems);
  for (std::size_t i = 0; i < grid.duties.size(); ++i) {
    for (const Run run : runs_of(idle[i])) {
      problems.push_back({Kind::unallocated, grid.duties[i].shift, 0, run.first, run.end});
    }
  }
  problems.insert(problems.end(), grid.problems.begin(), grid.problems.end());
}

}  // namespace atz::model
