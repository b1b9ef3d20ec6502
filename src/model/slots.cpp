#include <algorithm>
#include <array>

#include "atz/model/week.hpp"

namespace atz::model {

namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr int kDaysPerWeek = 7;

bool on_grid(int minutes) {
  return minutes >= 0 && minutes % kMinutesPerSlot == 0;
}

}  // namespace

std::vector<int> slots_of(const WeekSpan& block) {
  std::vector<int> slots;
  if (!block.readable() || !on_grid(*block.from) || !on_grid(*block.to)) return slots;
  if (*block.from >= kMinutesPerDay || *block.to > kMinutesPerDay || *block.from == *block.to) return slots;
  const int length = (*block.to - *block.from + (*block.to < *block.from ? kMinutesPerDay : 0)) / kMinutesPerSlot;
  for (int day = 0; day < kDaysPerWeek; ++day) {
    if (!block.days->has(static_cast<unsigned>(day))) continue;
    const int start = day * kSlotsPerDay + *block.from / kMinutesPerSlot;
    for (int i = 0; i < length; ++i) slots.push_back((start + i) % kSlotsPerWeek);
  }
  // Only a block that runs from Saturday into Sunday is out of order.
  if (!std::is_sorted(slots.begin(), slots.end())) std::sort(slots.begin(), slots.end());
  return slots;
}

std::string format_slot(int slot) {
  static constexpr std::array<std::string_view, kDaysPerWeek> kNames = {"Sun", "Mon", "Tue", "Wed",
                                                                        "Thu", "Fri", "Sat"};
  if (slot == kSlotsPerWeek) return "Sat 24:00";  // the exclusive end of a run
  const int day = slot / kSlotsPerDay;
  return std::string(kNames.at(static_cast<std::size_t>(day))) + " " +
         format_time_of_day(slot % kSlotsPerDay * kMinutesPerSlot);
}

}  // namespace atz::model
