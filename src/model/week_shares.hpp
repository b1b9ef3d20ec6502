// Who gets which part of the staff's time: integer counts of slots, turned into exact hours once at the end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "week_grid.hpp"

namespace atz::model {

class Shares {
 public:
  explicit Shares(std::size_t roster_size);

  // One slot of staff time, divided equally among a non-empty set of members.
  void give(Members members, bool awake, int slot);
  void give_one_to_one(Members member, bool awake, int slot);
  void leave_unallocated(bool awake) { ++unallocated_[awake]; }

  [[nodiscard]] LineHours hours(Rational asleep_counts) const;
  [[nodiscard]] Rational house_on(std::size_t day, Rational asleep_counts) const;

 private:
  using Count = std::array<std::int64_t, 2>;  // slots [asleep, awake]
  [[nodiscard]] static Rational to_hours(const Count& count, std::int64_t parts, Rational asleep_counts);

  std::int64_t parts_ = 1;       // a slot is this many parts, so that every share of it is whole
  std::vector<Count> parts_of_;  // per member
  std::vector<Count> one_to_one_;
  std::array<Count, 7> by_day_{};
  Count unallocated_{};
};

}  // namespace atz::model
