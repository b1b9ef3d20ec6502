#include <algorithm>
#include <span>
#include <utility>

#include "atz/model/calendar.hpp"
#include "maine_time.hpp"

namespace atz::model {

namespace chr = std::chrono;
using chr::days;
using chr::seconds;

namespace {

constexpr int kMaxChain = 8;  // "after" rules that build on each other; a longer chain is a cycle

std::optional<Date> day_of(const HolidayRule& rule, int year, std::span<const HolidayRule> rules, int depth) {
  const chr::year y{year};
  const chr::month month{rule.month};
  switch (rule.kind) {
    case HolidayRule::Kind::fixed: {
      const chr::year_month_day date{y, month, chr::day{rule.day}};
      if (!date.ok()) return std::nullopt;
      return Date{date};
    }
    case HolidayRule::Kind::nth: {
      if (rule.weekday > 6 || !month.ok()) return std::nullopt;
      const chr::weekday weekday{rule.weekday};
      if (rule.n == -1) return Date{y / month / weekday[chr::last]};
      if (rule.n < 1 || rule.n > 5) return std::nullopt;
      const chr::year_month_weekday date = y / month / weekday[static_cast<unsigned>(rule.n)];
      if (!date.ok()) return std::nullopt;
      return Date{date};
    }
    case HolidayRule::Kind::after: {
      if (depth >= kMaxChain) return std::nullopt;
      const auto base = std::find_if(rules.begin(), rules.end(), [&](const auto& r) { return r.name == rule.base; });
      if (base == rules.end()) return std::nullopt;
      const auto day = day_of(*base, year, rules, depth + 1);
      if (!day) return std::nullopt;
      return *day + days{rule.days_after};
    }
  }
  return std::nullopt;
}

Date observed_day(Date day) {
  const chr::weekday weekday{day};
  if (weekday == chr::Saturday) return day - days{1};
  if (weekday == chr::Sunday) return day + days{1};
  return day;
}

bool is_weekend(Date day) {
  const chr::weekday weekday{day};
  return weekday == chr::Saturday || weekday == chr::Sunday;
}

struct OpenHours {
  seconds from, to;  // of a business day's wall clock
};

OpenHours open_hours(BusinessCalendar::Mode mode) {
  if (mode == BusinessCalendar::Mode::office) return {chr::hours{8}, chr::hours{18}};
  return {chr::hours{0}, chr::hours{24}};
}

}  // namespace

BusinessCalendar::BusinessCalendar(std::vector<HolidayRule> rules) : rules_(std::move(rules)) {}

std::vector<std::pair<Date, std::string>> BusinessCalendar::holidays(int year) const {
  std::vector<std::pair<Date, std::string>> result;
  for (int y = year - 1; y <= year + 1; ++y) {
    for (const HolidayRule& rule : rules_) {
      auto day = day_of(rule, y, rules_, 0);
      if (!day) continue;
      if (rule.observed) day = observed_day(*day);
      if (chr::year_month_day{*day}.year() == chr::year{year}) result.emplace_back(*day, rule.name);
    }
  }
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return result;
}

bool BusinessCalendar::is_holiday(Date day) const {
  const auto all = holidays(static_cast<int>(chr::year_month_day{day}.year()));
  return std::any_of(all.begin(), all.end(), [&](const auto& holiday) { return holiday.first == day; });
}

bool BusinessCalendar::is_business_day(Date day) const {
  return !is_weekend(day) && !is_holiday(day);
}

// Clocks change on Sundays, so that every business day has 24 hours and wall clock time can be added.
Instant BusinessCalendar::add_business_hours(Instant from, int hours, Mode mode) const {
  if (hours <= 0) return from;
  const OpenHours open = open_hours(mode);
  LocalSeconds now = to_maine(from);
  seconds left = chr::hours{hours};
  while (true) {
    const Date day = chr::floor<days>(now);
    if (is_business_day(day)) {
      const LocalSeconds start = std::max<LocalSeconds>(now, day + open.from);
      const LocalSeconds end = day + open.to;
      if (start < end) {
        if (left <= end - start) return from_maine(start + left);
        left -= end - start;
      }
    }
    now = day + days{1};
  }
}

Date BusinessCalendar::add_business_days(Date from, int count) const {
  const days step{count < 0 ? -1 : 1};
  Date day = from;
  for (int left = count < 0 ? -count : count; left > 0;) {
    day += step;
    if (is_business_day(day)) --left;
  }
  return day;
}

}  // namespace atz::model
