// A staffing pattern laid out on the 672 slots of the week: who is on duty, who is where.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atz/model/week.hpp"

namespace atz::model {

using Members = std::uint32_t;  // a set of roster indices
inline Members member_bit(std::size_t member) {
  return Members{1} << member;
}

struct Duty {
  enum class Mode { shared, one_to_one, on_behalf_of, accompanying, nobody };  // nobody: names only unknown members
  std::size_t shift = 0;
  std::size_t staff = 0;  // index into Grid::staff
  std::vector<int> slots;
  bool direct = true;
  bool awake = true;
  bool away = false;  // out of the house with members
  Line line = Line::t2016;
  Mode mode = Mode::shared;
  Members members = 0;  // those it is for; everyone for on_behalf_of without a member; unused when shared
};

struct Absence {
  std::size_t out = 0;
  std::size_t member = 0;
  std::vector<int> slots;
};

struct Grid {
  std::size_t roster_size = 0;
  std::vector<std::string_view> staff;  // in order of first appearance
  std::vector<Duty> duties;
  std::vector<Absence> absences;
  std::array<Members, kSlotsPerWeek> out{};          // has an out block
  std::array<Members, kSlotsPerWeek> accompanied{};  // out with staff of the house, with an out block or without
  std::vector<GridProblem> problems;                 // unknown names

  [[nodiscard]] Members everyone() const { return member_bit(roster_size) - 1; }
  [[nodiscard]] Members home(int slot) const {
    const auto at = static_cast<std::size_t>(slot);
    return everyone() & ~out[at] & ~accompanied[at];
  }
  [[nodiscard]] std::span<const std::uint32_t> on_duty(int slot) const {  // indices into duties, in shift order
    const auto at = static_cast<std::size_t>(slot);
    return std::span(by_slot_).subspan(first_[at], first_[at + 1] - first_[at]);
  }

  void index();  // after the last duty was added

 private:
  std::array<std::size_t, kSlotsPerWeek + 1> first_{};
  std::vector<std::uint32_t> by_slot_;
};

Grid lay_out(const StaffingPattern& pattern, std::span<const std::string> roster);

// Maximal runs of consecutive slots in an ascending list; they never wrap.
struct Run {
  int first = 0;
  int end = 0;
};
std::vector<Run> runs_of(std::span<const int> slots);

// Double bookings, gaps, 1:1 while out and idle staff, in the order of GridProblem::Kind.
// `idle` has, per duty, the slots in which there was nobody to support.
void find_problems(const Grid& grid, std::span<const std::vector<WeekSpan>> may_be_alone,
                   std::span<const std::vector<int>> idle, std::vector<GridProblem>& problems);

}  // namespace atz::model
