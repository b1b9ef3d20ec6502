#include <doctest/doctest.h>

#include "atz/model/week.hpp"
#include "maple_street.hpp"

using atz::Rational;
using namespace atz::model;
using namespace atz::test;

namespace {

Joined join_all(const std::vector<StaffingPattern>& patterns) {
  std::vector<const StaffingPattern*> pointers;
  for (const auto& pattern : patterns) pointers.push_back(&pattern);
  return join_patterns(pointers);
}

StaffingPattern individual(std::vector<Shift> shifts, std::vector<Out> outs = {}) {
  StaffingPattern pattern;
  pattern.present = true;
  pattern.shifts_present = true;
  pattern.shifts = std::move(shifts);
  pattern.out = std::move(outs);
  return pattern;
}

std::string show(const Shift& shift) {
  std::string text = *shift.staff + " " + format_weekdays(*shift.days) + " " + format_time_of_day(*shift.from) + "-" +
                     format_time_of_day(*shift.to);
  if (shift.one_to_one) text += " 1:1 " + *shift.one_to_one;
  for (const auto& label : shift.accompanying) text += " with " + *label;
  return text;
}

}  // namespace

TEST_CASE("the example home told by three members is the example home") {
  const StaffingPattern whole = maple_street();
  std::vector<StaffingPattern> parts;
  for (const std::string& member : maple_roster()) {
    StaffingPattern part = whole;
    part.shifts.clear();
    part.out.clear();
    for (const Shift& one : whole.shifts) {
      if (!one.one_to_one || *one.one_to_one == member) part.shifts.push_back(one);
    }
    for (const Out& one : whole.out) {
      if (*one.member == member) part.out.push_back(one);
    }
    parts.push_back(part);
  }
  const Joined joined = join_all(parts);
  CHECK(joined.conflicts.empty());
  CHECK(joined.combined.present);
  CHECK(joined.combined.shifts.size() == 11);  // E2's 1:1 and evening are the same work on weekdays and weekends
  CHECK(joined.combined.out.size() == whole.out.size());
  const Week week = compute_week(joined.combined, maple_roster(), {}, {});
  CHECK(week.t2016.house == Rational(250));
  CHECK(format_hours(week.t2016.rounded[0]) == "67.75");
  CHECK(week.problems.empty());
}

TEST_CASE("a shared shift counts once, also when the patterns cut its days differently") {
  const Joined joined = join_all(
      {individual({shift("N", "daily", "22:00", "06:00")}),
       individual({shift("N", "mon-fri", "22:00", "06:00"), shift("N", "sat", "22:00", "06:00")}),
       individual({shift("D", "mon,wed", "09:00", "12:00")}), individual({shift("D", "tue,wed", "09:00", "12:00")})});
  CHECK(joined.conflicts.empty());
  REQUIRE(joined.combined.shifts.size() == 2);
  CHECK(show(joined.combined.shifts[0]) == "N daily 22:00-06:00");
  CHECK(show(joined.combined.shifts[1]) == "D mon-wed 09:00-12:00");
}

TEST_CASE("SP018: the same person at other times or other work is a conflict") {
  const Joined times = join_all({individual({shift("X", "sun", "00:00", "01:00"), shift("D", "mon", "09:00", "12:00")}),
                                 individual({shift("D", "mon-fri", "11:00", "13:00")})});
  REQUIRE(times.conflicts.size() == 1);
  CHECK(times.conflicts[0].pattern_a == 0);
  CHECK(times.conflicts[0].shift_a == 1);
  CHECK(times.conflicts[0].pattern_b == 1);
  CHECK(times.conflicts[0].shift_b == 0);

  const Joined mode = join_all(
      {individual({shift("D", "mon", "09:00", "12:00")}), individual({shift("D", "mon", "09:00", "12:00", "B")})});
  CHECK(mode.conflicts.size() == 1);
  const Joined next =
      join_all({individual({shift("D", "mon", "09:00", "12:00")}), individual({shift("D", "mon", "12:00", "13:00")})});
  CHECK(next.conflicts.empty());
  // Two shifts of one pattern that overlap are a double booking, not a conflict between patterns.
  const Joined own = join_all({individual({shift("D", "mon", "09:00", "12:00"), shift("D", "mon", "11:00", "13:00")})});
  CHECK(own.conflicts.empty());
  CHECK(own.combined.shifts.size() == 2);
}

TEST_CASE("companions of one outing come together") {
  Shift with_a = shift("D", "mon-fri", "09:00", "12:00");
  with_a.accompanying = {word("A")};
  Shift with_b = shift("D", "mon,tue", "09:00", "12:00");
  with_b.accompanying = {word("B")};
  const Joined joined = join_all({individual({with_a}), individual({with_b})});
  CHECK(joined.conflicts.empty());
  REQUIRE(joined.combined.shifts.size() == 2);
  CHECK(show(joined.combined.shifts[0]) == "D mon,tue 09:00-12:00 with A with B");
  CHECK(show(joined.combined.shifts[1]) == "D wed-fri 09:00-12:00 with A");
}

TEST_CASE("the joined pattern is in effect when its last part is, and lists everyone once") {
  StaffingPattern a = individual({}, {out("A", "mon", "09:00", "12:00", "school")});
  a.effective = field(make_date(2027, 1, 4));
  StaffPerson person;
  person.id = word("D");
  a.staff = {person};
  StaffingPattern b = a;
  b.effective = field(make_date(2027, 2, 1));
  const Joined joined = join_all({a, b});
  CHECK(*joined.combined.effective == make_date(2027, 2, 1));
  CHECK(joined.combined.staff.size() == 1);
  CHECK(joined.combined.out.size() == 1);
  CHECK_FALSE(join_all({}).combined.present);
}
