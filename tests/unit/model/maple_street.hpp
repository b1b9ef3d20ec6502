// The example home of three members, built in C++: 250 hours a week, 67.75 / 85.75 / 96.50.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "atz/model/staffing.hpp"

namespace atz::test {

template <class T>
model::Field<T> field(T value, std::string text = "") {
  model::Field<T> result;
  result.value = std::move(value);
  result.text = std::move(text);
  result.present = true;
  return result;
}

inline model::Field<std::string> word(const std::string& text) {
  return field(text, text);
}

template <class Span>
void set_span(Span& span, const std::string& days, const std::string& from, const std::string& to) {
  span.days = field(model::parse_weekdays(days).value(), days);
  span.from = field(model::parse_time_of_day(from).value(), from);
  span.to = field(model::parse_time_of_day(to).value(), to);
}

inline model::WeekSpan span(const std::string& days, const std::string& from, const std::string& to) {
  model::WeekSpan result;
  set_span(result, days, from, to);
  return result;
}

inline model::Shift shift(const std::string& staff, const std::string& days, const std::string& from,
                          const std::string& to, const std::string& one_to_one = "") {
  model::Shift result;
  set_span(result, days, from, to);
  result.staff = word(staff);
  if (!one_to_one.empty()) result.one_to_one = word(one_to_one);
  return result;
}

inline model::Out out(const std::string& member, const std::string& days, const std::string& from,
                      const std::string& to, const std::string& kind, const std::string& code = "") {
  model::Out result;
  set_span(result, days, from, to);
  result.member = word(member);
  result.kind = word(kind);
  if (!code.empty()) result.code = word(code);
  return result;
}

inline std::vector<std::string> maple_roster() {
  return {"A", "B", "C"};
}

inline model::StaffingPattern maple_street() {
  model::StaffingPattern pattern;
  pattern.present = true;
  pattern.shifts_present = true;
  pattern.effective = field(model::make_date(2027, 1, 4), "2027-01-04");
  pattern.shifts = {
      shift("N", "daily", "22:00", "06:00"),    shift("D1", "mon-fri", "06:00", "15:00"),
      shift("D2", "mon-fri", "06:00", "09:00"), shift("E1", "mon-fri", "15:00", "22:00"),
      shift("E2", "mon-fri", "15:00", "17:00"), shift("E2", "mon-fri", "17:00", "19:00", "C"),
      shift("E2", "mon-fri", "19:00", "22:00"), shift("D1", "sat,sun", "06:00", "14:00"),
      shift("D2", "sat,sun", "06:00", "14:00"), shift("E1", "sat,sun", "14:00", "22:00"),
      shift("E2", "sat,sun", "14:00", "17:00"), shift("E2", "sat,sun", "17:00", "19:00", "C"),
      shift("E2", "sat,sun", "19:00", "22:00"),
  };
  pattern.out = {
      out("A", "mon-fri", "09:00", "15:00", "community-support", "T2021"),
      out("A", "sun", "12:00", "17:00", "natural-support"),
      out("B", "mon,wed,fri", "09:00", "13:00", "work-support", "T2019"),
      out("C", "tue,thu", "10:00", "14:00", "community-support", "T2021"),
  };
  return pattern;
}

// The change of need: E2 from 19:00 to 20:00 becomes 1:1 with B on all days.
inline model::StaffingPattern maple_street_changed() {
  model::StaffingPattern pattern = maple_street();
  std::vector<model::Shift> shifts;
  for (const model::Shift& one : pattern.shifts) {
    if (*one.staff == "E2" && *one.from == 19 * 60) {
      const std::string days = model::format_weekdays(*one.days);
      shifts.push_back(shift("E2", days, "19:00", "20:00", "B"));
      shifts.push_back(shift("E2", days, "20:00", "22:00"));
    } else {
      shifts.push_back(one);
    }
  }
  pattern.shifts = shifts;
  return pattern;
}

}  // namespace atz::test
