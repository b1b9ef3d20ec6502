// Times of the typical week in words.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "atz/model/week.hpp"

namespace atz::rules {

struct Stretch {
  int slot = 0;
  int end_slot = 0;  // exclusive
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

std::string words(const Stretch& stretch);                         // "Tue 09:00 to 15:00"
std::string words(const std::vector<Stretch>& stretches);          // the first four, then "and 3 more"
std::vector<Stretch> stretches_of(const std::vector<int>& slots);  // ascending slots to runs
// Slots that two blocks share.
std::vector<Stretch> shared_time(const model::WeekSpan& a, const model::WeekSpan& b);

}  // namespace atz::rules
