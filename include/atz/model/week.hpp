// The typical week as 672 slots of 15 minutes, slot 0 = Sunday 00:00, and the hours that follow from it.
// All sums are exact fractions of an hour; rounding happens once, by largest remainder.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/model/staffing.hpp"

namespace atz::model {

inline constexpr int kSlotsPerWeek = 672;
inline constexpr int kSlotsPerDay = 96;
inline constexpr int kMinutesPerSlot = 15;
inline constexpr std::size_t kMaxRoster = 24;  // members of a home; the shares of more need not fit into 64 bits

// Quarter hours: what is requested and approved.
struct Hours {
  std::int64_t quarters = 0;
  [[nodiscard]] Rational exact() const { return {quarters, 4}; }
  friend auto operator<=>(Hours, Hours) = default;
};
std::optional<Hours> quarter_hours(Rational hours);  // nullopt when not a multiple of 1/4
std::string format_hours(Hours hours);               // "67.75"
std::string format_fraction(Rational hours);         // "203/3", "96"

// Slots that a block covers, ascending; empty when it is not readable, off the 15-minute grid, or its length is not
// above 0 and at most 24 hours (SP002: 06:00 to 06:00 is neither; a block can't start at 24:00).
// Saturday's overnight wraps to Sunday of the same typical week.
std::vector<int> slots_of(const WeekSpan& block);
std::string format_slot(int slot);  // "Tue 09:00"; 672, the end of a run, is "Sat 24:00"

enum class Line { t2016, t2016sc };

struct WeekOptions {
  Rational asleep_counts = 0;  // SP013: 0, 1 or a fraction
};

// Something the grid found while it was computed; rules turn these into findings.
struct GridProblem {
  enum class Kind {
    double_booked_staff,   // SP003: first = index of the later shift, second = the earlier one
    double_booked_member,  // SP004: out blocks
    uncovered,             // SP005: member index in first; slots from slot to end_slot, nobody on duty
    one_to_one_while_out,  // SP006: first = shift, second = out block
    unallocated,           // SP007: first = shift; slots with nobody to support
    unknown_staff,         // first = shift; the pattern lists its staff, but not this person, who counts as direct
    unknown_member,        // first = index of a shift (second = 0) or of an out block (second = 1)
  } kind;
  std::size_t first = 0;
  std::size_t second = 0;
  int slot = 0;
  int end_slot = 0;  // exclusive; runs never wrap
};

struct DaypartRatio {
  std::string name;  // "night 22-06", "morning 06-09", "day 09-15", "evening 15-22"
  int slot = -1;     // where the smallest ratio occurs; -1 when nobody is home all week
  int staff = 0;     // counted staff at that slot
  int members = 0;   // members at home at that slot
};

struct LineHours {
  std::vector<Rational> exact;  // per member, in roster order
  std::vector<Hours> rounded;   // largest remainder, ties in roster order: adds up to `house` when house is in quarters
  Rational house = 0;           // sum of exact
  Rational unallocated = 0;
  Rational one_to_one_house = 0;
  std::vector<Rational> one_to_one;
};

struct Week {
  std::vector<std::string> roster;  // labels, the order of every per-member vector
  LineHours t2016, t2016sc;
  std::vector<Rational> home_hours;  // hours at home, per member (accompanied members are not at home)
  std::array<Rational, 7>
      house_by_day{};   // T2016 hours of the house per calendar day (not per starting day), Sunday first
  Rational asleep = 0;  // hours of asleep staff before the factor
  struct OutHours {
    std::size_t member;
    std::string kind;
    std::string code;
    Rational hours;
  };
  std::vector<OutHours> out;  // summed per member, kind and code
  std::vector<DaypartRatio> ratios;
  std::vector<GridProblem> problems;
  struct StaffHours {
    std::string staff;
    Rational hours;
  };
  std::vector<StaffHours> staff;  // in order of first appearance, all lines, asleep included
};

// Combined pattern over the roster. Blocks that are unreadable or off grid are left out (rules report them); staff in
// a shift for nobody known is on duty, but its hours are left out. Invariant: house + unallocated = all counted staff
// time. The two lines are shared out independently: a 1:1 on one does not take the member out of the other's pool.
// A shift with 1:1 or on_behalf_of and companions gives its hours as 1:1 or on_behalf_of.
// A roster above kMaxRoster gets zero hours and no problems.
Week compute_week(const StaffingPattern& pattern, std::span<const std::string> roster,
                  std::span<const std::vector<WeekSpan>> may_be_alone, const WeekOptions& options);

// Individual patterns joined into one: blocks that share staff, days, times and mode are one block.
// A conflict (SP018) is reported as indices into `patterns`.
struct JoinConflict {
  std::size_t pattern_a, shift_a, pattern_b, shift_b;
};
struct Joined {
  StaffingPattern combined;
  std::vector<JoinConflict> conflicts;
};
Joined join_patterns(std::span<const StaffingPattern* const> patterns);

// Rounds non-negative amounts to quarters so that they add up to the rounded-down-to-quarter total; ties go to the
// first.
std::vector<Hours> round_by_largest_remainder(std::span<const Rational> exact);

}  // namespace atz::model
