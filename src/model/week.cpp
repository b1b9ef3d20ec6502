#include "atz/model/week.hpp"

#include <algorithm>
#include <bit>

#include "week_grid.hpp"
#include "week_shares.hpp"

namespace atz::model {

namespace {

constexpr std::int64_t kSlotsPerHour = 60 / kMinutesPerSlot;
constexpr int kSlotsPerDayHour = 60 / kMinutesPerSlot;

Rational slots_to_hours(std::size_t slots) {
  return {static_cast<std::int64_t>(slots), kSlotsPerHour};
}

struct Daypart {
  std::string_view name;
  int from, to;  // hours; to < from runs over midnight
};
constexpr std::array<Daypart, 4> kDayparts = {
    {{"night 22-06", 22, 6}, {"morning 06-09", 6, 9}, {"day 09-15", 9, 15}, {"evening 15-22", 15, 22}}};

bool in_daypart(const Daypart& part, int slot) {
  const int hour = slot % kSlotsPerDay / kSlotsPerDayHour;
  return part.from < part.to ? part.from <= hour && hour < part.to : part.from <= hour || hour < part.to;
}

class Computation {
 public:
  Computation(const StaffingPattern& pattern, std::span<const std::string> roster, const WeekOptions& options)
      : pattern_(pattern),
        options_(options),
        grid_(lay_out(pattern, roster)),
        t2016_(roster.size()),
        t2016sc_(roster.size()),
        idle_(grid_.duties.size()) {
    week_.roster.assign(roster.begin(), roster.end());
  }

  Week run(std::span<const std::vector<WeekSpan>> may_be_alone) {
    for (int slot = 0; slot < kSlotsPerWeek; ++slot) share_slot(slot);
    week_.t2016 = t2016_.hours(options_.asleep_counts);
    week_.t2016sc = t2016sc_.hours(options_.asleep_counts);
    for (std::size_t day = 0; day < week_.house_by_day.size(); ++day) {
      week_.house_by_day.at(day) = t2016_.house_on(day, options_.asleep_counts);
    }
    sum_home();
    sum_staff();
    sum_out();
    find_ratios();
    find_problems(grid_, may_be_alone, idle_, week_.problems);
    return std::move(week_);
  }

 private:
  void share_slot(int slot) {
    std::array<Members, 2> taken{};  // members with a 1:1, per line
    for (const std::uint32_t i : grid_.on_duty(slot)) {
      const Duty& duty = grid_.duties[i];
      if (duty.direct && duty.mode == Duty::Mode::one_to_one)
        taken.at(static_cast<std::size_t>(duty.line)) |= duty.members;
    }
    const Members home = grid_.home(slot);
    for (const std::uint32_t i : grid_.on_duty(slot)) {
      const Duty& duty = grid_.duties[i];
      if (!duty.direct) continue;
      Shares& shares = duty.line == Line::t2016 ? t2016_ : t2016sc_;
      switch (duty.mode) {
        case Duty::Mode::nobody:
          break;
        case Duty::Mode::one_to_one:
          shares.give_one_to_one(duty.members, duty.awake, slot);
          break;
        case Duty::Mode::on_behalf_of:
        case Duty::Mode::accompanying:
          shares.give(duty.members, duty.awake, slot);
          break;
        case Duty::Mode::shared: {
          const Members pool = home & ~taken.at(static_cast<std::size_t>(duty.line));
          if (home != 0) {
            shares.give(pool != 0 ? pool : home, duty.awake, slot);
          } else {
            shares.leave_unallocated(duty.awake);
            idle_[i].push_back(slot);
          }
          break;
        }
      }
    }
  }

  void sum_home() {
    std::vector<std::size_t> slots(grid_.roster_size);
    for (int slot = 0; slot < kSlotsPerWeek; ++slot) {
      const Members home = grid_.home(slot);
      for (std::size_t m = 0; m < slots.size(); ++m) slots[m] += (home >> m) & 1U;
    }
    for (const std::size_t count : slots) week_.home_hours.push_back(slots_to_hours(count));
  }

  void sum_staff() {
    std::vector<std::size_t> slots(grid_.staff.size());
    std::size_t asleep = 0;
    for (const Duty& duty : grid_.duties) {
      slots[duty.staff] += duty.slots.size();
      if (duty.direct && !duty.awake) asleep += duty.slots.size();
    }
    week_.asleep = slots_to_hours(asleep);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      week_.staff.push_back({std::string(grid_.staff[i]), slots_to_hours(slots[i])});
    }
  }

  void sum_out() {
    for (const Absence& absence : grid_.absences) {
      const Out& out = pattern_.out[absence.out];
      const std::string kind = out.kind.value.value_or("");
      const std::string code = out.code.value.value_or("");
      const auto known = std::find_if(week_.out.begin(), week_.out.end(), [&](const Week::OutHours& o) {
        return o.member == absence.member && o.kind == kind && o.code == code;
      });
      if (known != week_.out.end()) {
        known->hours += slots_to_hours(absence.slots.size());
      } else {
        week_.out.push_back({absence.member, kind, code, slots_to_hours(absence.slots.size())});
      }
    }
    std::stable_sort(week_.out.begin(), week_.out.end(),
                     [](const auto& a, const auto& b) { return a.member < b.member; });
  }

  [[nodiscard]] int counted_staff(int slot) const {
    int count = 0;
    for (const std::uint32_t i : grid_.on_duty(slot)) {
      const Duty& duty = grid_.duties[i];
      if (duty.direct && !duty.away && (duty.awake || options_.asleep_counts > Rational(0))) ++count;
    }
    return count;
  }

  void find_ratios() {
    for (const Daypart& part : kDayparts) {
      DaypartRatio smallest;
      smallest.name = part.name;
      for (int slot = 0; slot < kSlotsPerWeek; ++slot) {
        const int members = std::popcount(grid_.home(slot));
        if (members == 0 || !in_daypart(part, slot)) continue;
        const int staff = counted_staff(slot);
        if (smallest.slot < 0 || staff * smallest.members < smallest.staff * members) {
          smallest.slot = slot;
          smallest.staff = staff;
          smallest.members = members;
        }
      }
      week_.ratios.push_back(smallest);
    }
  }

  const StaffingPattern& pattern_;
  const WeekOptions& options_;
  Grid grid_;
  Shares t2016_, t2016sc_;
  std::vector<std::vector<int>> idle_;
  Week week_;
};

// Nothing is computed for a roster whose shares no longer fit into exact 64-bit fractions.
Week empty_week(std::span<const std::string> roster) {
  Week week;
  week.roster.assign(roster.begin(), roster.end());
  week.home_hours.resize(roster.size());
  for (LineHours* line : {&week.t2016, &week.t2016sc}) {
    line->exact.resize(roster.size());
    line->rounded.resize(roster.size());
    line->one_to_one.resize(roster.size());
  }
  for (const Daypart& part : kDayparts) week.ratios.push_back({std::string(part.name), -1, 0, 0});
  return week;
}

}  // namespace

Week compute_week(const StaffingPattern& pattern, std::span<const std::string> roster,
                  std::span<const std::vector<WeekSpan>> may_be_alone, const WeekOptions& options) {
  if (roster.size() > kMaxRoster) return empty_week(roster);
  return Computation(pattern, roster, options).run(may_be_alone);
}

}  // namespace atz::model
