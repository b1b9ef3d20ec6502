#include "week_grid.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "atz/base/text.hpp"

namespace atz::model {

namespace {

constexpr std::size_t kInShifts = 0;  // GridProblem::second of an unknown member
constexpr std::size_t kInOut = 1;

class Layout {
 public:
  Layout(const StaffingPattern& pattern, std::span<const std::string> roster) : pattern_(pattern), roster_(roster) {
    grid_.roster_size = roster.size();
    for (const StaffPerson& person : pattern.staff) {
      if (!person.id) continue;
      listed_.insert(*person.id);
      if (person.counts && to_lower(*person.counts) == "admin") admin_.insert(*person.id);
    }
    for (std::size_t i = 0; i < pattern.shifts.size(); ++i) add_shift(i);
    for (std::size_t i = 0; i < pattern.out.size(); ++i) add_out(i);
    grid_.index();
  }

  [[nodiscard]] Grid take() { return std::move(grid_); }

 private:
  void add_shift(std::size_t index) {
    const Shift& shift = pattern_.shifts[index];
    if (!shift.staff) return;
    Duty duty;
    duty.slots = slots_of(shift);
    if (duty.slots.empty()) return;
    duty.shift = index;
    duty.staff = staff_index(index, *shift.staff);
    duty.direct = !admin_.contains(*shift.staff);
    duty.awake = shift.awake.value.value_or(true);
    duty.away = !shift.accompanying.empty();
    if (shift.line && to_upper(*shift.line) == "T2016SC") duty.line = Line::t2016sc;
    const Members companions = companions_of(index, shift);
    for (const int slot : duty.slots) grid_.accompanied[static_cast<std::size_t>(slot)] |= companions;
    set_mode(index, shift, companions, duty);
    grid_.duties.push_back(std::move(duty));
  }

  void set_mode(std::size_t index, const Shift& shift, Members companions, Duty& duty) {
    if (shift.one_to_one) {
      duty.mode = Duty::Mode::one_to_one;
      duty.members = member_set(index, kInShifts, *shift.one_to_one);
    } else if (shift.on_behalf_of) {
      duty.mode = Duty::Mode::on_behalf_of;
      duty.members =
          to_lower(*shift.on_behalf_of) == "all" ? grid_.everyone() : member_set(index, kInShifts, *shift.on_behalf_of);
    } else if (duty.away) {
      duty.mode = Duty::Mode::accompanying;
      duty.members = companions;
    } else {
      return;
    }
    if (duty.members == 0) duty.mode = Duty::Mode::nobody;
  }

  Members companions_of(std::size_t index, const Shift& shift) {
    Members result = 0;
    for (const Field<std::string>& label : shift.accompanying) {
      if (label) result |= member_set(index, kInShifts, *label);
    }
    return result;
  }

  void add_out(std::size_t index) {
    const Out& out = pattern_.out[index];
    if (!out.member) return;
    Absence absence{index, 0, slots_of(out)};
    if (absence.slots.empty()) return;
    const Members set = member_set(index, kInOut, *out.member);
    if (set == 0) return;
    while (set != member_bit(absence.member)) ++absence.member;
    for (const int slot : absence.slots) grid_.out[static_cast<std::size_t>(slot)] |= set;
    grid_.absences.push_back(std::move(absence));
  }

  std::size_t staff_index(std::size_t shift, std::string_view id) {
    const auto [entry, is_new] = staff_.emplace(id, grid_.staff.size());
    if (is_new) grid_.staff.push_back(id);
    if (!listed_.empty() && !listed_.contains(id)) {
      grid_.problems.push_back({GridProblem::Kind::unknown_staff, shift, 0, 0, 0});
    }
    return entry->second;
  }

  // The member of that label as a set; empty, with a problem, when nobody has it.
  Members member_set(std::size_t block, std::size_t where, std::string_view label) {
    const auto found = std::find(roster_.begin(), roster_.end(), label);
    if (found != roster_.end()) return member_bit(static_cast<std::size_t>(found - roster_.begin()));
    grid_.problems.push_back({GridProblem::Kind::unknown_member, block, where, 0, 0});
    return 0;
  }

  const StaffingPattern& pattern_;
  std::span<const std::string> roster_;
  std::unordered_set<std::string_view> listed_, admin_;
  std::unordered_map<std::string_view, std::size_t> staff_;
  Grid grid_;
};

}  // namespace

void Grid::index() {
  first_.fill(0);
  for (const Duty& duty : duties) {
    for (const int slot : duty.slots) ++first_[static_cast<std::size_t>(slot) + 1];
  }
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  by_slot_.resize(first_.back());
  std::array<std::size_t, kSlotsPerWeek> next{};
  std::copy_n(first_.begin(), next.size(), next.begin());
  for (std::size_t i = 0; i < duties.size(); ++i) {
    for (const int slot : duties[i].slots)
      by_slot_[next[static_cast<std::size_t>(slot)]++] = static_cast<std::uint32_t>(i);
  }
}

Grid lay_out(const StaffingPattern& pattern, std::span<const std::string> roster) {
  return Layout(pattern, roster).take();
}

std::vector<Run> runs_of(std::span<const int> slots) {
  std::vector<Run> runs;
  for (const int slot : slots) {
    if (runs.empty() || runs.back().end != slot) runs.push_back({slot, slot});
    runs.back().end = slot + 1;
  }
  return runs;
}

}  // namespace atz::model
