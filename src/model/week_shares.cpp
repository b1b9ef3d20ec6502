#include "week_shares.hpp"

#include <bit>
#include <numeric>

namespace atz::model {

namespace {

constexpr std::int64_t kSlotsPerHour = 60 / kMinutesPerSlot;

// Calls `visit` with each index in the set.
template <class Visit>
void for_each_member(Members members, Visit visit) {
  for (; members != 0; members &= members - 1) visit(static_cast<std::size_t>(std::countr_zero(members)));
}

}  // namespace

Shares::Shares(std::size_t roster_size) : parts_of_(roster_size), one_to_one_(roster_size) {
  for (std::size_t n = 2; n <= roster_size; ++n) parts_ = std::lcm(parts_, static_cast<std::int64_t>(n));
}

void Shares::give(Members members, bool awake, int slot) {
  const std::int64_t share = parts_ / std::popcount(members);
  for_each_member(members, [&](std::size_t member) { parts_of_[member][awake] += share; });
  ++by_day_.at(static_cast<std::size_t>(slot / kSlotsPerDay))[awake];
}

void Shares::give_one_to_one(Members member, bool awake, int slot) {
  give(member, awake, slot);
  for_each_member(member, [&](std::size_t m) { ++one_to_one_[m][awake]; });
}

Rational Shares::to_hours(const Count& count, std::int64_t parts, Rational asleep_counts) {
  const std::int64_t per_hour = parts * kSlotsPerHour;
  Rational hours(count[1], per_hour);
  if (count[0] != 0) hours += Rational(count[0], per_hour) * asleep_counts;
  return hours;
}

LineHours Shares::hours(Rational asleep_counts) const {
  LineHours line;
  for (std::size_t member = 0; member < parts_of_.size(); ++member) {
    line.exact.push_back(to_hours(parts_of_[member], parts_, asleep_counts));
    line.one_to_one.push_back(to_hours(one_to_one_[member], 1, asleep_counts));
    line.house += line.exact.back();
    line.one_to_one_house += line.one_to_one.back();
  }
  line.unallocated = to_hours(unallocated_, 1, asleep_counts);
  line.rounded = round_by_largest_remainder(line.exact);
  return line;
}

Rational Shares::house_on(std::size_t day, Rational asleep_counts) const {
  return to_hours(by_day_.at(day), 1, asleep_counts);
}

}  // namespace atz::model
