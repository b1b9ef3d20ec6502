// Random patterns against the invariants and against a second, naive implementation.

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "atz/model/week.hpp"
#include "maple_street.hpp"
#include "naive_week.hpp"

using atz::Rational;
using namespace atz::model;
using namespace atz::test;

namespace {

class Patterns {
 public:
  explicit Patterns(unsigned seed) : random_(seed) {}

  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }

  StaffingPattern pattern(const std::vector<std::string>& roster) {
    StaffingPattern result;
    result.present = true;
    const unsigned staff = 1 + below(6);
    for (unsigned i = 0; i < staff; ++i) {
      StaffPerson person;
      person.id = word("S" + std::to_string(i));
      if (chance(15)) person.counts = word("admin");
      result.staff.push_back(person);
    }
    const auto member = [&] { return word(roster[below(static_cast<unsigned>(roster.size()))]); };
    for (unsigned i = 0, n = below(14); i < n; ++i) {
      Shift shift;
      place(shift);
      shift.staff = word("S" + std::to_string(below(staff)));
      if (chance(20)) shift.awake = field(chance(20), "");
      if (chance(20)) shift.line = word("T2016SC");
      if (chance(25)) {
        shift.one_to_one = member();
      } else if (chance(15)) {
        shift.on_behalf_of = chance(50) ? word("all") : member();
      }
      if (chance(15)) shift.accompanying = {member(), member()};
      result.shifts.push_back(shift);
    }
    for (unsigned i = 0, n = below(10); i < n; ++i) {
      Out out;
      place(out);
      out.member = member();
      out.kind = word(chance(50) ? "school" : "employment");
      result.out.push_back(out);
    }
    return result;
  }

  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(static_cast<unsigned>(i))]);
  }

 private:
  void place(WeekSpan& span) {
    span.days = field(Weekdays{static_cast<std::uint8_t>(1 + below(127))});
    span.from = field(static_cast<int>(below(96)) * 15);
    do {
      span.to = field(static_cast<int>(below(97)) * 15);
    } while (*span.to == *span.from);
  }

  std::mt19937 random_;
};

std::vector<std::string> roster_of(std::size_t size) {
  std::vector<std::string> roster;
  for (std::size_t i = 0; i < size; ++i) roster.push_back(std::string(1, static_cast<char>('A' + i)));
  return roster;
}

Rational sum(const std::vector<Rational>& values) {
  Rational total = 0;
  for (const Rational value : values) total += value;
  return total;
}

std::int64_t sum(const std::vector<Hours>& values) {
  std::int64_t total = 0;
  for (const Hours value : values) total += value.quarters;
  return total;
}

void check_line(const LineHours& line, const NaiveLine& naive, const std::vector<std::string>& roster) {
  for (std::size_t i = 0; i < roster.size(); ++i) {
    const auto value = [&](const std::map<std::string, Rational>& of) {
      const auto found = of.find(roster[i]);
      return found == of.end() ? Rational(0) : found->second;
    };
    CHECK(line.exact[i] == value(naive.exact));
    CHECK(line.one_to_one[i] == value(naive.one_to_one));
    const Rational off = line.rounded[i].exact() - line.exact[i];
    CHECK(off < Rational(1, 4));
    CHECK(off > Rational(-1, 4));
  }
  CHECK(line.house == sum(line.exact));
  CHECK(line.one_to_one_house == sum(line.one_to_one));
  CHECK(line.unallocated == naive.unallocated);
  CHECK(line.house + line.unallocated == naive.counted);
  CHECK(sum(line.rounded) == (line.house * Rational(4)).floor());
}

std::set<std::string> gaps_of(const Week& week) {
  std::set<std::string> gaps;
  for (const GridProblem& problem : week.problems) {
    if (problem.kind != GridProblem::Kind::uncovered) continue;
    for (int slot = problem.slot; slot < problem.end_slot; ++slot) {
      gaps.insert(week.roster[problem.first] + " " + std::to_string(slot));
    }
  }
  return gaps;
}

}  // namespace

TEST_CASE("random weeks agree with the naive computation and keep the invariants") {
  Patterns random(20261207);
  const std::vector<Rational> factors = {0, 1, Rational(1, 2), Rational(2, 3)};
  for (unsigned round = 0; round < 240; ++round) {
    CAPTURE(round);
    const std::vector<std::string> roster = roster_of(1 + round % 24);
    const StaffingPattern pattern = random.pattern(roster);
    const Rational asleep = factors[random.below(4)];
    const Week week = compute_week(pattern, roster, {}, WeekOptions{asleep});
    const NaiveWeek naive = naive_week(pattern, roster, asleep);
    check_line(week.t2016, naive.t2016, roster);
    check_line(week.t2016sc, naive.t2016sc, roster);
    for (std::size_t i = 0; i < roster.size(); ++i) {
      const auto home = naive.home.find(roster[i]);
      CHECK(week.home_hours[i] == (home == naive.home.end() ? Rational(0) : home->second));
    }
    Rational days = 0;
    for (int day = 0; day < 7; ++day) {
      const auto found = naive.house_by_day.find(day);
      CHECK(week.house_by_day.at(static_cast<std::size_t>(day)) ==
            (found == naive.house_by_day.end() ? Rational(0) : found->second));
      days += week.house_by_day.at(static_cast<std::size_t>(day));
    }
    CHECK(days == week.t2016.house);
    CHECK(gaps_of(week) == naive.gaps);
  }
}

TEST_CASE("the order of shifts and out blocks changes no hours") {
  Patterns random(7);
  for (unsigned round = 0; round < 60; ++round) {
    CAPTURE(round);
    const std::vector<std::string> roster = roster_of(1 + random.below(8));
    StaffingPattern pattern = random.pattern(roster);
    const Week before = compute_week(pattern, roster, {}, {});
    random.shuffle(pattern.shifts);
    random.shuffle(pattern.out);
    const Week after = compute_week(pattern, roster, {}, {});
    CHECK(before.t2016.exact == after.t2016.exact);
    CHECK(before.t2016.rounded == after.t2016.rounded);
    CHECK(before.t2016sc.exact == after.t2016sc.exact);
    CHECK(before.home_hours == after.home_hours);
    CHECK(before.house_by_day == after.house_by_day);
    CHECK(gaps_of(before) == gaps_of(after));
  }
}

TEST_CASE("moving the whole week by days moves nothing but the days") {
  Patterns random(11);
  for (unsigned round = 0; round < 60; ++round) {
    CAPTURE(round);
    const std::vector<std::string> roster = roster_of(1 + random.below(8));
    StaffingPattern pattern = random.pattern(roster);
    const Week before = compute_week(pattern, roster, {}, {});
    const auto next_day = [](WeekSpan& span) {
      const unsigned bits = span.days->bits;
      span.days.value = Weekdays{static_cast<std::uint8_t>(((bits << 1U) | (bits >> 6U)) & 0x7FU)};
    };
    for (Shift& one : pattern.shifts) next_day(one);
    for (Out& one : pattern.out) next_day(one);
    const Week after = compute_week(pattern, roster, {}, {});
    CHECK(before.t2016.exact == after.t2016.exact);
    for (std::size_t day = 0; day < 7; ++day)
      CHECK(before.house_by_day.at(day) == after.house_by_day.at((day + 1) % 7));
  }
}

TEST_CASE("a shift split by days or at a time counts the same") {
  Patterns random(13);
  for (unsigned round = 0; round < 60; ++round) {
    CAPTURE(round);
    const std::vector<std::string> roster = roster_of(1 + random.below(8));
    const StaffingPattern pattern = random.pattern(roster);
    StaffingPattern split = pattern;
    split.shifts.clear();
    for (const Shift& one : pattern.shifts) {
      for (unsigned day = 0; day < 7; ++day) {
        if (!one.days->has(day)) continue;
        Shift part = one;
        part.days.value = Weekdays{static_cast<std::uint8_t>(1U << day)};
        split.shifts.push_back(part);
      }
    }
    const Week before = compute_week(pattern, roster, {}, {});
    const Week after = compute_week(split, roster, {}, {});
    CHECK(before.t2016.exact == after.t2016.exact);
    CHECK(before.t2016.unallocated == after.t2016.unallocated);
    CHECK(before.home_hours == after.home_hours);
  }
}

TEST_CASE("rounding: members add up to the house, whatever the amounts") {
  Patterns random(17);
  for (unsigned round = 0; round < 500; ++round) {
    std::vector<Rational> exact;
    for (unsigned i = 0, n = random.below(25); i < n; ++i) {
      exact.emplace_back(random.below(4000), 1 + random.below(24));
    }
    const std::vector<Hours> rounded = round_by_largest_remainder(exact);
    CHECK(sum(rounded) == (sum(exact) * Rational(4)).floor());
    for (std::size_t i = 0; i < exact.size(); ++i) {
      CHECK(rounded[i].quarters >= (exact[i] * Rational(4)).floor());
      CHECK(rounded[i].quarters <= (exact[i] * Rational(4)).floor() + 1);
    }
  }
}
