#include "week_rows.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "atz/base/text.hpp"

namespace atz::report {

namespace {

using model::kSlotsPerDay;
constexpr int kDays = 7;
constexpr std::array<std::string_view, kDays> kDayNames = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

using DutyDay = std::array<Mark, kSlotsPerDay>;

Mark mark_of(const WeekView& view, const StaffBar& bar) {
  if (view.admin[bar.staff]) return Mark::not_counted;
  if (is_add_on(*bar.shift)) return Mark::add_on;
  if (is_asleep(*bar.shift)) return Mark::asleep;
  switch (mode_of(*bar.shift)) {
    case DutyMode::one_to_one:
      return Mark::one_to_one;
    case DutyMode::on_behalf_of:
      return Mark::on_behalf_of;
    case DutyMode::with_members:
      return Mark::with_members;
    case DutyMode::shared:
      return Mark::shared;
  }
  return Mark::shared;
}

std::vector<DutyDay> duty_of(const WeekView& view, int day) {
  DutyDay off{};
  off.fill(Mark::off);
  std::vector<DutyDay> result(view.staff.size(), off);
  for (const StaffBar& bar : view.bars) {
    if (bar.day != day) continue;
    auto& slots = result[bar.staff];
    std::fill(slots.begin() + bar.from, slots.begin() + bar.to, mark_of(view, bar));
  }
  return result;
}

bool members_alike(const WeekView& view, int a, int b) {
  return std::all_of(view.whereabouts.begin(), view.whereabouts.end(), [&](const auto& slots) {
    const auto start = [&](int day) { return slots.begin() + day * kSlotsPerDay; };
    return std::equal(start(a), start(a) + kSlotsPerDay, start(b));
  });
}

// Whom a 1:1 or an outing is for is not in the cells, but two days that differ in it are different.
bool shifts_alike(const WeekView& view, int a, int b) {
  const auto of_day = [&](int day) {
    std::multiset<std::string> texts;
    for (const StaffBar& bar : view.bars) {
      if (bar.day != day) continue;
      texts.insert(view.staff[bar.staff] + "\n" + std::to_string(bar.from) + "\n" + std::to_string(bar.to) + "\n" +
                   mode_text(*bar.shift));
    }
    return texts;
  };
  return of_day(a) == of_day(b);
}

std::string name_days(const std::vector<int>& days) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < days.size();) {
    std::size_t end = i;
    while (end + 1 < days.size() && days[end + 1] == days[end] + 1) ++end;
    const auto name = [&](std::size_t at) { return std::string(kDayNames.at(static_cast<std::size_t>(days[at]))); };
    if (end - i >= 2) {
      names.push_back(name(i) + " to " + name(end));
    } else {
      for (std::size_t at = i; at <= end; ++at) names.push_back(name(at));
    }
    i = end + 1;
  }
  return join(names, ", ");
}

Cell duty_cell(const Glyphs& glyphs, const DutyDay& slots, int from, int to) {
  const auto begin = slots.begin() + from;
  const auto end = slots.begin() + to;
  const Mark most = *std::max_element(begin, end);
  if (most == Mark::off) return {" ", Style::plain};
  if (most != Mark::shared) return {glyphs.duty(most), Style::special};
  const auto busy = std::count(begin, end, Mark::shared);
  if (to - from == 2 && busy == 1) return {glyphs.half(*begin == Mark::shared), Style::staff};
  return {glyphs.duty(most), Style::staff};
}

DayRow duty_row(const Glyphs& glyphs, const std::string& label, const DutyDay& slots, int per_cell) {
  DayRow row{label, {}, {}};
  for (int at = 0; at < kSlotsPerDay; at += per_cell) row.cells.push_back(duty_cell(glyphs, slots, at, at + per_cell));
  const auto busy = kSlotsPerDay - std::count(slots.begin(), slots.end(), Mark::off);
  row.hours = Rational(busy, 4);
  return row;
}

Cell place_cell(const WeekView& view, const Glyphs& glyphs, Whereabouts at) {
  switch (at.where) {
    case Where::home:
      return {glyphs.home(), Style::faint};
    case Where::out:
      return {view.kinds[at.kind].letter, Style::away};
    case Where::with_staff:
      return {glyphs.duty(Mark::with_members), Style::special};
    case Where::uncovered:
      return {"!", Style::alarm};
  }
  return {" ", Style::plain};
}

DayRow member_row(const WeekView& view, const Glyphs& glyphs, std::size_t member, int day, int per_cell) {
  DayRow row{view.members[member], {}, {}};
  const auto& slots = view.whereabouts[member];
  for (int at = day * kSlotsPerDay; at < (day + 1) * kSlotsPerDay; at += per_cell) {
    const auto begin = slots.begin() + at;
    const auto most =
        std::max_element(begin, begin + per_cell, [](const auto& a, const auto& b) { return a.where < b.where; });
    row.cells.push_back(place_cell(view, glyphs, *most));
    row.hours += Rational(
        std::count_if(begin, begin + per_cell,
                      [](const Whereabouts& w) { return w.where == Where::home || w.where == Where::uncovered; }),
        4);
  }
  return row;
}

std::vector<std::string> remarks_of(const WeekView& view, int day, bool unicode) {
  std::vector<std::string> remarks;
  for (const StaffBar& bar : view.bars) {
    const std::string mode = mode_text(*bar.shift);
    if (bar.day != day || mode.empty()) continue;
    std::string remark = view.staff[bar.staff] + " " + times_text(*bar.shift, unicode ? "–" : "-") + " " + mode;
    // Both ends of a night may be on one day.
    if (std::find(remarks.begin(), remarks.end(), remark) == remarks.end()) remarks.push_back(std::move(remark));
  }
  return remarks;
}

}  // namespace

std::string_view Glyphs::duty(Mark mark) const {
  switch (mark) {
    case Mark::off:
      return " ";
    case Mark::shared:
      return unicode ? "█" : "#";
    case Mark::one_to_one:
      return "1";
    case Mark::on_behalf_of:
      return "o";
    case Mark::with_members:
      return "w";
    case Mark::asleep:
      return "z";
    case Mark::add_on:
      return "+";
    case Mark::not_counted:
      return "x";
  }
  return " ";
}

std::string_view Glyphs::half(bool first) const {
  if (!unicode) return "#";
  return first ? "▌" : "▐";
}

std::vector<Mark> marks_used(const WeekView& view) {
  std::set<Mark> used;
  for (const StaffBar& bar : view.bars) used.insert(mark_of(view, bar));
  return {used.begin(), used.end()};
}

std::vector<DayGroup> day_groups(const WeekView& view, const Glyphs& glyphs, int per_cell) {
  std::vector<std::vector<int>> groups;
  for (int day = 0; day < kDays; ++day) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const std::vector<int>& group) {
      return members_alike(view, group.front(), day) && shifts_alike(view, group.front(), day);
    });
    if (same == groups.end()) {
      groups.push_back({day});
    } else {
      same->push_back(day);
    }
  }
  std::vector<DayGroup> result;
  for (const std::vector<int>& days : groups) {
    DayGroup group{name_days(days), days.front(), {}, {}, remarks_of(view, days.front(), glyphs.unicode)};
    const std::vector<DutyDay> duty = duty_of(view, days.front());
    for (std::size_t i = 0; i < duty.size(); ++i) {
      DayRow row = duty_row(glyphs, view.staff[i], duty[i], per_cell);
      if (row.hours > Rational(0)) group.staff.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < view.members.size(); ++i) {
      group.members.push_back(member_row(view, glyphs, i, days.front(), per_cell));
    }
    result.push_back(std::move(group));
  }
  return result;
}

}  // namespace atz::report
