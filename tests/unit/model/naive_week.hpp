// The week once more, as plainly as it can be written: minute by minute over the text of the pattern, exact fractions
// all the way. Slow and simple on purpose; the real one must agree with it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/model/staffing.hpp"

namespace atz::test {

struct NaiveLine {
  std::map<std::string, Rational> exact, one_to_one;
  Rational unallocated = 0, counted = 0;
};

struct NaiveWeek {
  NaiveLine t2016, t2016sc;
  std::map<std::string, Rational> home;
  std::map<int, Rational> house_by_day;
  std::set<std::string> gaps;  // "A 17": member and slot
};

inline bool covers(const model::WeekSpan& block, int slot) {
  const int day = slot / 96;
  const int minute = slot % 96 * 15;
  const auto starts = [&](int on) { return block.days->has(static_cast<unsigned>((on + 7) % 7)); };
  if (*block.from < *block.to) return starts(day) && *block.from <= minute && minute < *block.to;
  return (starts(day) && *block.from <= minute) || (starts(day - 1) && minute < *block.to);
}

inline NaiveWeek naive_week(const model::StaffingPattern& pattern, const std::vector<std::string>& roster,
                            Rational asleep) {
  NaiveWeek week;
  std::set<std::string> admin;
  for (const auto& person : pattern.staff) {
    if (person.counts && *person.counts == "admin") admin.insert(*person.id);
  }
  const auto is_sc = [](const model::Shift& shift) { return shift.line && *shift.line == "T2016SC"; };
  for (int slot = 0; slot < 672; ++slot) {
    std::set<std::string> home(roster.begin(), roster.end());
    for (const auto& out : pattern.out) {
      if (covers(out, slot)) home.erase(*out.member);
    }
    bool on_duty = false;
    for (const auto& shift : pattern.shifts) {
      if (!covers(shift, slot)) continue;
      for (const auto& label : shift.accompanying) home.erase(*label);
      if (!admin.contains(*shift.staff) && shift.accompanying.empty()) on_duty = true;
    }
    for (const auto& member : home) {
      week.home[member] += Rational(1, 4);
      if (!on_duty) week.gaps.insert(member + " " + std::to_string(slot));
    }
    for (const auto& shift : pattern.shifts) {
      if (!covers(shift, slot) || admin.contains(*shift.staff)) continue;
      NaiveLine& line = is_sc(shift) ? week.t2016sc : week.t2016;
      const Rational weight = Rational(1, 4) * (shift.awake && !*shift.awake ? asleep : Rational(1));
      line.counted += weight;
      std::set<std::string> among;
      if (shift.one_to_one) {
        among = {*shift.one_to_one};
        line.one_to_one[*shift.one_to_one] += weight;
      } else if (shift.on_behalf_of) {
        among = *shift.on_behalf_of == "all" ? std::set<std::string>(roster.begin(), roster.end())
                                             : std::set<std::string>{*shift.on_behalf_of};
      } else if (!shift.accompanying.empty()) {
        for (const auto& label : shift.accompanying) among.insert(*label);
      } else {
        among = home;
        for (const auto& other : pattern.shifts) {
          if (covers(other, slot) && other.one_to_one && !admin.contains(*other.staff) &&
              is_sc(other) == is_sc(shift)) {
            among.erase(*other.one_to_one);
          }
        }
        if (among.empty()) among = home;
      }
      if (among.empty()) {
        line.unallocated += weight;
        continue;
      }
      if (!is_sc(shift)) week.house_by_day[slot / 96] += weight;
      for (const auto& member : among) line.exact[member] += weight / Rational(static_cast<std::int64_t>(among.size()));
    }
  }
  return week;
}

}  // namespace atz::test
