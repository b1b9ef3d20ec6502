#include "atz/model/week.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "maple_street.hpp"

using atz::Rational;
using namespace atz::model;
using namespace atz::test;
using Kind = GridProblem::Kind;

namespace {

Week week_of(const StaffingPattern& pattern, const std::vector<std::string>& roster = maple_roster(),
             Rational asleep = 0) {
  return compute_week(pattern, roster, {}, WeekOptions{asleep});
}

StaffingPattern pattern_of(std::vector<Shift> shifts, std::vector<Out> outs = {}) {
  StaffingPattern pattern;
  pattern.present = true;
  pattern.shifts = std::move(shifts);
  pattern.out = std::move(outs);
  return pattern;
}

std::vector<std::string> texts(const std::vector<Hours>& hours) {
  std::vector<std::string> result;
  for (const Hours one : hours) result.push_back(format_hours(one));
  return result;
}

std::vector<std::string> texts(const std::vector<Rational>& hours) {
  std::vector<std::string> result;
  for (const Rational one : hours) result.push_back(format_fraction(one));
  return result;
}

std::vector<GridProblem> problems(const Week& week, Kind kind) {
  std::vector<GridProblem> result;
  std::copy_if(week.problems.begin(), week.problems.end(), std::back_inserter(result),
               [&](const GridProblem& problem) { return problem.kind == kind; });
  return result;
}

std::string place(const GridProblem& problem) {
  return format_slot(problem.slot) + "-" + format_slot(problem.end_slot);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the example home: 250 hours") {
  const Week week = week_of(maple_street());
  CHECK(texts(week.home_hours) == Texts{"133", "156", "160"});
  CHECK(texts(week.t2016.one_to_one) == Texts{"0", "0", "14"});
  CHECK(week.t2016.one_to_one_house == Rational(14));
  CHECK(texts(week.t2016.exact) == Texts{"203/3", "257/3", "290/3"});
  CHECK(texts(week.t2016.rounded) == Texts{"67.75", "85.75", "96.50"});
  CHECK(week.t2016.house == Rational(250));
  CHECK(week.t2016.unallocated == Rational(0));
  CHECK(week.t2016sc.house == Rational(0));
  CHECK(week.asleep == Rational(0));
  CHECK(week.problems.empty());
  for (std::size_t day = 0; day < 7; ++day) {
    CHECK(week.house_by_day.at(day) == Rational(day == 0 || day == 6 ? 40 : 34));
  }
}

TEST_CASE("the example home: hours away, staff and ratios") {
  const Week week = week_of(maple_street());
  Texts out;
  for (const auto& one : week.out) {
    out.push_back(week.roster[one.member] + " " + one.kind + " " + one.code + " " + format_fraction(one.hours));
  }
  CHECK(out == Texts{"A community-support T2021 30", "A natural-support  5", "B work-support T2019 12",
                     "C community-support T2021 8"});
  Texts staff;
  for (const auto& one : week.staff) staff.push_back(one.staff + " " + format_fraction(one.hours));
  CHECK(staff == Texts{"N 56", "D1 61", "D2 31", "E1 51", "E2 51"});
  Texts ratios;
  for (const auto& one : week.ratios) {
    ratios.push_back(one.name + " " + std::to_string(one.staff) + ":" + std::to_string(one.members) + " " +
                     format_slot(one.slot));
  }
  CHECK(ratios == Texts{"night 22-06 1:3 Sun 00:00", "morning 06-09 2:3 Sun 06:00", "day 09-15 1:2 Mon 13:00",
                        "evening 15-22 2:3 Sun 17:00"});
}

TEST_CASE("the example home after a change of need: one member's change touches all") {
  const Week week = week_of(maple_street_changed());
  CHECK(texts(week.t2016.exact) == Texts{"133/2", "88", "191/2"});
  CHECK(texts(week.t2016.rounded) == Texts{"66.50", "88.00", "95.50"});
  CHECK(week.t2016.house == Rational(250));
}

TEST_CASE("a member with 1:1 leaves the pool; when all have 1:1, shared staff is divided among them") {
  const Week one = week_of(pattern_of({shift("S", "mon", "08:00", "12:00"), shift("T", "mon", "08:00", "12:00", "A")}));
  CHECK(texts(one.t2016.exact) == Texts{"4", "2", "2"});
  const Week all =
      week_of(pattern_of({shift("S", "mon", "08:00", "12:00"), shift("T", "mon", "08:00", "12:00", "A")}), {"A"});
  CHECK(texts(all.t2016.exact) == Texts{"8"});
  const Week two = week_of(pattern_of({shift("S", "mon", "08:00", "12:00"), shift("T", "mon", "08:00", "12:00", "A"),
                                       shift("U", "mon", "08:00", "12:00", "B")},
                                      {out("C", "mon", "08:00", "12:00", "school")}));
  CHECK(texts(two.t2016.exact) == Texts{"6", "6", "0"});
}

TEST_CASE("SP007: staff with nobody home is not allocated") {
  const Week week =
      week_of(pattern_of({shift("S", "mon", "08:00", "12:00")},
                         {out("A", "mon", "09:00", "10:00", "school"), out("B", "mon", "09:00", "11:00", "school"),
                          out("C", "mon", "08:00", "10:00", "school")}));
  CHECK(week.t2016.unallocated == Rational(1));
  CHECK(week.t2016.house == Rational(3));
  CHECK(week.house_by_day[1] == Rational(3));
  const auto idle = problems(week, Kind::unallocated);
  REQUIRE(idle.size() == 1);
  CHECK(place(idle[0]) == "Mon 09:00-Mon 10:00");
}

TEST_CASE("hours on behalf of a member are that member's, of all are everyone's, at home or not") {
  Shift for_a = shift("S", "mon", "08:00", "12:00");
  for_a.on_behalf_of = word("A");
  Shift for_all = shift("T", "mon", "08:00", "14:00");
  for_all.on_behalf_of = word("all");
  const Week week = week_of(pattern_of(
      {for_a, for_all}, {out("A", "mon", "06:00", "18:00", "school"), out("B", "mon", "06:00", "18:00", "school"),
                         out("C", "mon", "06:00", "18:00", "school")}));
  CHECK(texts(week.t2016.exact) == Texts{"6", "2", "2"});
  CHECK(week.t2016.house == Rational(10));
  CHECK(week.t2016.unallocated == Rational(0));
  CHECK(problems(week, Kind::unallocated).empty());
}

TEST_CASE("accompanying staff is shared by those it accompanies, who are not at home") {
  Shift trip = shift("S", "mon", "08:00", "12:00");
  trip.accompanying = {word("A"), word("B")};
  // A has an out block at that time, B has none: both count as supported.
  const Week week =
      week_of(pattern_of({trip, shift("T", "mon", "08:00", "12:00")}, {out("A", "mon", "08:00", "12:00", "other")}));
  CHECK(texts(week.t2016.exact) == Texts{"2", "2", "4"});
  CHECK(texts(week.home_hours) == Texts{"164", "164", "168"});
  CHECK(problems(week, Kind::unallocated).empty());
}

TEST_CASE("1:1 on an outing is no 1:1 while out") {
  Shift trip = shift("S", "mon", "08:00", "12:00", "A");
  trip.accompanying = {word("A")};
  const Week with = week_of(pattern_of({trip}, {out("A", "mon", "08:00", "12:00", "other")}));
  CHECK(problems(with, Kind::one_to_one_while_out).empty());
  CHECK(texts(with.t2016.one_to_one) == Texts{"4", "0", "0"});

  const Week without =
      week_of(pattern_of({shift("S", "mon", "08:00", "12:00", "A")}, {out("A", "mon", "10:00", "11:00", "school")}));
  const auto found = problems(without, Kind::one_to_one_while_out);
  REQUIRE(found.size() == 1);
  CHECK(found[0].first == 0);
  CHECK(found[0].second == 0);
  CHECK(place(found[0]) == "Mon 10:00-Mon 11:00");
}

TEST_CASE("SP013: asleep hours count by their factor") {
  Shift night = shift("N", "daily", "22:00", "06:00");
  night.awake = field(false, "no");
  const StaffingPattern pattern = pattern_of({night, shift("D", "daily", "06:00", "22:00")});
  CHECK(week_of(pattern).t2016.house == Rational(112));
  CHECK(week_of(pattern, maple_roster(), 1).t2016.house == Rational(168));
  const Week half = week_of(pattern, maple_roster(), Rational(1, 2));
  CHECK(half.t2016.house == Rational(140));
  CHECK(half.house_by_day[0] == Rational(20));
  CHECK(half.asleep == Rational(56));
  CHECK(half.staff[0].hours == Rational(56));
  // Someone asleep is on duty, but is not counted when asleep hours are not.
  CHECK(problems(half, Kind::uncovered).empty());
  CHECK(half.ratios[0].staff == 1);
  CHECK(week_of(pattern).ratios[0].staff == 0);
}

TEST_CASE("administrative staff is not counted") {
  StaffingPattern pattern = pattern_of({shift("M", "mon", "08:00", "16:00"), shift("S", "mon", "08:00", "12:00")});
  StaffPerson manager;
  manager.id = word("M");
  manager.counts = word("admin");
  StaffPerson worker;
  worker.id = word("S");
  pattern.staff = {manager, worker};
  const Week week = week_of(pattern);
  CHECK(week.t2016.house == Rational(4));
  CHECK(week.staff.size() == 2);
  CHECK(problems(week, Kind::unknown_staff).empty());
  const auto gaps = problems(week, Kind::uncovered);
  REQUIRE(gaps.size() == 6);
  CHECK(place(gaps[1]) == "Mon 12:00-Sat 24:00");  // after S has gone M alone does not cover
}

TEST_CASE("the medical add-on line is counted apart") {
  Shift medical = shift("S", "mon", "08:00", "12:00", "A");
  medical.line = word("T2016SC");
  const Week week = week_of(pattern_of({medical, shift("T", "mon", "08:00", "12:00")}));
  CHECK(texts(week.t2016sc.exact) == Texts{"4", "0", "0"});
  CHECK(week.t2016sc.one_to_one_house == Rational(4));
  CHECK(texts(week.t2016.exact) == Texts{"4/3", "4/3", "4/3"});
  CHECK(week.house_by_day[1] == Rational(4));
}

TEST_CASE("SP003: nobody works in two places, also over midnight and from Saturday into Sunday") {
  const Week week = week_of(pattern_of({shift("D", "mon", "06:00", "15:00"), shift("D", "mon", "14:00", "22:00"),
                                        shift("N", "sat", "22:00", "06:00"), shift("N", "sun", "05:00", "07:00")}));
  const auto found = problems(week, Kind::double_booked_staff);
  REQUIRE(found.size() == 2);
  CHECK(found[0].first == 1);
  CHECK(found[0].second == 0);
  CHECK(place(found[0]) == "Mon 14:00-Mon 15:00");
  CHECK(found[1].first == 3);
  CHECK(found[1].second == 2);
  CHECK(place(found[1]) == "Sun 05:00-Sun 06:00");
  const Week next = week_of(pattern_of({shift("D", "mon", "06:00", "14:00"), shift("D", "mon", "14:00", "22:00")}));
  CHECK(problems(next, Kind::double_booked_staff).empty());
}

TEST_CASE("SP004: a member is away at one place only") {
  const Week week = week_of(
      pattern_of({}, {out("A", "mon-fri", "09:00", "15:00", "school"), out("A", "fri", "14:45", "16:00", "employment"),
                      out("B", "fri", "14:45", "16:00", "employment")}));
  const auto found = problems(week, Kind::double_booked_member);
  REQUIRE(found.size() == 1);
  CHECK(found[0].first == 1);
  CHECK(place(found[0]) == "Fri 14:45-Fri 15:00");
}

TEST_CASE("SP005: somebody is on duty whenever a member is home who may not be alone") {
  const StaffingPattern pattern =
      pattern_of({shift("S", "daily", "15:00", "09:00")},
                 {out("A", "tue", "09:00", "15:00", "school"), out("B", "tue", "09:00", "14:45", "school")});
  const std::vector<std::vector<WeekSpan>> alone = {{span("daily", "09:00", "15:00")}, {span("mon", "09:00", "15:00")}};
  const Week week = compute_week(pattern, std::vector<std::string>{"A", "B"}, alone, {});
  Texts places;
  for (const auto& gap : problems(week, Kind::uncovered)) {
    CHECK(gap.first == 1);
    places.push_back(place(gap));
  }
  CHECK(places == Texts{"Sun 09:00-Sun 15:00", "Tue 14:45-Tue 15:00", "Wed 09:00-Wed 15:00", "Thu 09:00-Thu 15:00",
                        "Fri 09:00-Fri 15:00", "Sat 09:00-Sat 15:00"});
}

TEST_CASE("unknown names are reported and their hours left out") {
  StaffingPattern pattern =
      pattern_of({shift("S", "daily", "00:00", "24:00"), shift("T", "mon", "08:00", "09:00", "X")},
                 {out("Y", "mon", "08:00", "09:00", "school")});
  StaffPerson person;
  person.id = word("S");
  pattern.staff = {person};
  const Week week = week_of(pattern);
  CHECK(week.t2016.house == Rational(168));
  CHECK(week.out.empty());
  const auto staff = problems(week, Kind::unknown_staff);
  REQUIRE(staff.size() == 1);
  CHECK(staff[0].first == 1);
  const auto members = problems(week, Kind::unknown_member);
  REQUIRE(members.size() == 2);
  CHECK(members[0].first == 1);
  CHECK(members[0].second == 0);
  CHECK(members[1].first == 0);
  CHECK(members[1].second == 1);
}

TEST_CASE("nobody, nothing, too many") {
  CHECK(week_of({}, {}).t2016.house == Rational(0));
  CHECK(week_of({}, {}).ratios[0].slot == -1);
  const Week none = week_of(pattern_of({shift("S", "mon", "08:00", "12:00")}), {});
  CHECK(none.t2016.unallocated == Rational(4));
  Shift for_all = shift("S", "mon", "08:00", "12:00");
  for_all.on_behalf_of = word("all");
  CHECK(week_of(pattern_of({for_all}), {}).t2016.house == Rational(0));

  std::vector<std::string> roster;
  for (int i = 0; i < 25; ++i) roster.push_back("M" + std::to_string(i));
  const Week many = week_of(maple_street(), roster);
  CHECK(many.t2016.exact.size() == 25);
  CHECK(many.t2016.house == Rational(0));
  CHECK(many.problems.empty());
  roster.pop_back();
  CHECK(week_of(pattern_of({shift("S", "daily", "00:00", "24:00")}), roster).t2016.exact[23] == Rational(7));
}

TEST_CASE("hours in quarters and fractions") {
  CHECK(quarter_hours(Rational(271, 4)) == Hours{271});
  CHECK(quarter_hours(Rational(96)) == Hours{384});
  CHECK(quarter_hours(Rational(193, 2)) == Hours{386});
  CHECK_FALSE(quarter_hours(Rational(678, 10)));
  CHECK_FALSE(quarter_hours(Rational(203, 3)));
  CHECK(format_hours(Hours{271}) == "67.75");
  CHECK(format_fraction(Rational(203, 3)) == "203/3");
  CHECK(format_fraction(Rational(96)) == "96");
}

TEST_CASE("rounding gives left-over quarters to the largest remainders, ties to the first") {
  const auto rounded = [](std::vector<Rational> exact) { return texts(round_by_largest_remainder(exact)); };
  CHECK(rounded({Rational(203, 3), Rational(257, 3), Rational(290, 3)}) == Texts{"67.75", "85.75", "96.50"});
  CHECK(rounded({Rational(1, 3), Rational(1, 3), Rational(1, 3)}) == Texts{"0.50", "0.25", "0.25"});
  CHECK(rounded({Rational(1, 8), Rational(1, 8)}) == Texts{"0.25", "0.00"});
  CHECK(rounded({Rational(1, 8), Rational(1, 16)}) == Texts{"0.00", "0.00"});  // three sixteenths: no whole quarter
  CHECK(rounded({Rational(0), Rational(5, 4)}) == Texts{"0.00", "1.25"});
  CHECK(rounded({}).empty());
}
