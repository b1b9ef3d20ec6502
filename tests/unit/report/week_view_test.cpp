#include "report/week_view.hpp"

#include <doctest/doctest.h>

#include "pictures.hpp"

using namespace atz::report;
using namespace atz::test;
using atz::model::Shift;

TEST_CASE("staff who never overlap share a lane") {
  const Example example(maple_street(), maple_roster());
  const WeekView view = view_of(example.picture());
  CHECK(view.lanes == 2);
  CHECK(view.staff == std::vector<std::string>{"N", "D1", "D2", "E1", "E2"});
  for (const StaffBar& one : view.bars) {
    for (const StaffBar& other : view.bars) {
      const bool together = one.day == other.day && one.from < other.to && other.from < one.to;
      if (&one != &other && together) CHECK(one.lane != other.lane);
    }
  }
}

TEST_CASE("a night is two bars, Saturday's ends on Sunday") {
  atz::model::StaffingPattern pattern;
  pattern.shifts = {shift("N", "sat", "22:00", "06:00")};
  const Example example(pattern, {"A"});
  const WeekView view = view_of(example.picture());
  REQUIRE(view.bars.size() == 2);
  CHECK(view.bars[0].day == 0);
  CHECK(view.bars[0].to == 24);
  CHECK(view.bars[1].day == 6);
  CHECK(view.bars[1].from == 88);
  CHECK(view.bars[1].to == 96);
}

TEST_CASE("a person in two places at once is drawn in two lanes") {
  atz::model::StaffingPattern pattern;
  pattern.shifts = {shift("D", "mon", "06:00", "15:00"), shift("D", "mon", "14:00", "22:00")};
  const Example example(pattern, {"A"});
  const WeekView view = view_of(example.picture());
  CHECK(view.lanes == 2);
  CHECK(view.bars[0].lane != view.bars[1].lane);
}

TEST_CASE("where a member is, stretch by stretch") {
  const Example example(maple_street(), maple_roster());
  const WeekView view = view_of(example.picture());
  const auto monday = view.stretches(0, 1);
  REQUIRE(monday.size() == 3);
  CHECK(monday[1].at.where == Where::out);
  CHECK(view.kinds[monday[1].at.kind].text == "community support");
  CHECK(monday[1].from == 36);
  CHECK(monday[1].to == 60);
  CHECK(view.stretches(2, 6).size() == 1);
}

TEST_CASE("kinds of absence have letters of their own") {
  const Example example(busy_house(roster_of(12)), roster_of(12));
  std::string letters;
  for (const OutKindMark& kind : view_of(example.picture()).kinds) letters += kind.letter;
  CHECK(letters == "CWEDSNHO");
  atz::model::StaffingPattern pattern;
  pattern.out = {out("A", "mon", "09:00", "10:00", "school"), out("A", "tue", "09:00", "10:00", "swimming"),
                 out("A", "wed", "09:00", "10:00", "s")};
  const Example same(pattern, {"A"});
  std::string others;
  for (const OutKindMark& kind : view_of(same.picture()).kinds) others += kind.letter;
  CHECK(others == "SWA");
}

TEST_CASE("companions and gaps show in the member's day") {
  const Example example(busy_house(roster_of(3)), roster_of(3));
  const WeekView view = view_of(example.picture());
  CHECK(view.whereabouts[0][96 + 42].where == Where::with_staff);  // Monday 10:30
  CHECK(view.whereabouts[0][96 + 37].where == Where::out);         // Monday 09:15
  CHECK(view.whereabouts[0][84].where == Where::uncovered);        // Sunday 21:00
}

TEST_CASE("labels of shifts") {
  Shift one = shift("E2", "mon", "17:00", "19:15", "C");
  CHECK(mode_text(one) == "1:1 C");
  CHECK(times_text(one) == "17–19:15");
  CHECK(times_text(one, "-") == "17-19:15");
  one.accompanying = {word("C"), word("D")};
  one.awake = field(false);
  one.line = word("T2016SC");
  CHECK(mode_text(one) == "1:1 C, with C, D, asleep, SC");
  CHECK(mode_text(shift("N", "daily", "22:00", "06:00")).empty());
  CHECK(times_text(shift("N", "daily", "22:00", "24:00")) == "22–24");
}

TEST_CASE("foreign text cannot steer the terminal or break the page") {
  CHECK(clean("D1") == "D1");
  CHECK(clean("é") == "é");
  CHECK(clean("\x1b[31m").find('\x1b') == std::string::npos);
  CHECK(clean("a\xff") == "a?");
}
