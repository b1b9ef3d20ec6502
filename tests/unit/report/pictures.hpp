// Patterns that the drawings are tried on.
#pragma once

#include <string>
#include <vector>

#include "atz/report/week_drawing.hpp"
#include "unit/model/maple_street.hpp"

namespace atz::test {

// Owns what a picture refers to.
struct Example {
  model::StaffingPattern pattern;
  model::Week week;

  Example(model::StaffingPattern of, const std::vector<std::string>& roster, Rational asleep = 0)
      : pattern(std::move(of)), week(model::compute_week(pattern, roster, {}, model::WeekOptions{asleep})) {}
  Example(const Example&) = delete;
  Example& operator=(const Example&) = delete;

  [[nodiscard]] report::WeekPicture picture() const { return {"maple-street", "2000000002-001", pattern, week}; }
};

inline std::vector<std::string> roster_of(int size) {
  std::vector<std::string> roster;
  for (int i = 0; i < size; ++i)
    roster.push_back(i < 6 ? std::string(1, static_cast<char>('A' + i)) : "Member" + std::to_string(i));
  return roster;
}

// Every kind of shift and of absence, on a roster of at least three.
inline model::StaffingPattern busy_house(const std::vector<std::string>& roster) {
  model::StaffingPattern pattern;
  pattern.present = true;
  pattern.effective = field(model::make_date(2027, 1, 4), "2027-01-04");
  const auto add = [&](model::Shift one, auto change) {
    change(one);
    pattern.shifts.push_back(one);
  };
  const auto as_is = [](model::Shift&) {};
  add(shift("Night1", "daily", "22:00", "06:00"), as_is);
  add(shift("Night2", "daily", "21:30", "06:30"), [](auto& s) { s.awake = field(false, "no"); });
  add(shift("DSP-1", "mon-fri", "06:00", "15:00"), as_is);
  add(shift("DSP-2", "mon-fri", "06:00", "14:00"), as_is);
  add(shift("DSP-3", "mon-fri", "07:15", "10:00", roster[2]), as_is);
  add(shift("DSP-4", "mon-fri", "14:00", "22:00"), as_is);
  add(shift("DSP-5", "mon-fri", "15:00", "22:00"), as_is);
  add(shift("DSP-6", "mon,wed", "10:00", "12:00"), [&](auto& s) {
    s.accompanying = {word(roster[0]), word(roster[1])};
  });
  add(shift("DSP-6", "tue,thu", "10:00", "12:00"), [](auto& s) { s.on_behalf_of = word("all"); });
  add(shift("DSP-6", "fri", "10:00", "10:30", roster.back()), [](auto& s) { s.line = word("T2016SC"); });
  add(shift("DSP-7", "sat,sun", "06:00", "14:00"), as_is);
  add(shift("DSP-8", "sat,sun", "06:00", "21:00"), as_is);
  add(shift("Weekend-relief", "sat,sun", "14:00", "21:00"), as_is);
  add(shift("Manager", "mon-fri", "09:00", "17:00"), as_is);
  model::StaffPerson manager;
  manager.id = word("Manager");
  manager.counts = word("admin");
  pattern.staff = {manager};
  const std::vector<std::string> kinds = {"community-support", "work-support", "employment", "day-program", "school",
                                          "natural-support",   "hospital",     "other"};
  for (std::size_t i = 0; i < roster.size(); ++i) {
    pattern.out.push_back(out(roster[i], i % 2 == 0 ? "mon,wed,fri" : "mon-fri", "09:00",
                              i % 3 == 0 ? "13:30" : "15:00", kinds[i % kinds.size()]));
  }
  return pattern;
}

}  // namespace atz::test
