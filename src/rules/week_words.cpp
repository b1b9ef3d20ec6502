#include "rules/week_words.hpp"

#include <fmt/format.h>

#include <iterator>

namespace atz::rules {

std::string words(const Stretch& stretch) {
  const int last_day = (stretch.end_slot - 1) / model::kSlotsPerDay;
  const int minutes = (stretch.end_slot - last_day * model::kSlotsPerDay) * model::kMinutesPerSlot;
  const std::string start = model::format_slot(stretch.slot);
  if (stretch.slot / model::kSlotsPerDay == last_day)
    return fmt::format("{} to {}", start, model::format_time_of_day(minutes));
  return fmt::format("{} to {} {}", start, model::format_slot(last_day * model::kSlotsPerDay).substr(0, 3),
                     model::format_time_of_day(minutes));
}

std::string words(const std::vector<Stretch>& stretches) {
  constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < stretches.size() && i < kMost; ++i) {
    if (i > 0) text += ", ";
    text += words(stretches[i]);
  }
  if (stretches.size() > kMost) text += fmt::format(" and {} more times", stretches.size() - kMost);
  return text;
}

std::vector<Stretch> stretches_of(const std::vector<int>& slots) {
  std::vector<Stretch> stretches;
  for (const int slot : slots) {
    if (stretches.empty() || stretches.back().end_slot != slot) stretches.push_back({slot, slot});
    ++stretches.back().end_slot;
  }
  return stretches;
}

std::vector<Stretch> shared_time(const model::WeekSpan& a, const model::WeekSpan& b) {
  auto first = model::slots_of(a);
  auto second = model::slots_of(b);
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  std::vector<int> both;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
  return stretches_of(both);
}

}  // namespace atz::rules
