#include "atz/model/staffing.hpp"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "digits.hpp"

namespace atz::model {

namespace {

constexpr unsigned kDays = 7;
constexpr std::uint8_t kDaily = 0x7F;
constexpr std::array<std::string_view, kDays> kFullNames = {"sunday",   "monday", "tuesday", "wednesday",
                                                            "thursday", "friday", "saturday"};

std::optional<unsigned> weekday_of(std::string_view name) {
  const std::string lower = to_lower(trim(name));
  for (unsigned day = 0; day < kDays; ++day) {
    const std::string_view full = kFullNames.at(day);
    if (lower == full || lower == full.substr(0, 3) || lower == full.substr(0, 2)) return day;
  }
  return std::nullopt;
}

std::uint8_t bit(unsigned day) {
  return static_cast<std::uint8_t>(1U << (day % kDays));
}

// One day or a range that may wrap over the end of the week.
std::optional<std::uint8_t> read_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = weekday_of(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : weekday_of(text.substr(dash + 1));
  if (!first || !last) return std::nullopt;
  std::uint8_t bits = bit(*last);
  for (unsigned day = *first; day != *last; day = (day + 1) % kDays) bits = static_cast<std::uint8_t>(bits | bit(day));
  return bits;
}

}  // namespace

std::optional<Weekdays> parse_weekdays(std::string_view text) {
  if (to_lower(trim(text)) == "daily") return Weekdays{kDaily};
  Weekdays days;
  for (const std::string& part : split(text, ',')) {
    const auto bits = read_range(part);
    if (!bits) return std::nullopt;
    days.bits = static_cast<std::uint8_t>(days.bits | *bits);
  }
  return days;
}

std::string format_weekdays(Weekdays days) {
  if (days.bits == kDaily) return "daily";
  std::vector<std::string> parts;
  const auto name = [](unsigned day) { return std::string(kFullNames.at(day % kDays).substr(0, 3)); };
  // Runs are found around the week and listed by their first day, Monday first.
  for (unsigned start = 1; start <= kDays; ++start) {
    if (!days.has(start % kDays) || days.has((start + kDays - 1) % kDays)) continue;
    unsigned end = start;
    while (days.has((end + 1) % kDays)) ++end;
    if (end - start >= 2) {
      parts.push_back(name(start) + "-" + name(end));
    } else {
      for (unsigned day = start; day <= end; ++day) parts.push_back(name(day));
    }
  }
  return join(parts, ",");
}

std::optional<int> parse_time_of_day(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2 || text.size() != colon + 3) return std::nullopt;
  const auto hour = number(text.substr(0, colon));
  const auto minute = number(text.substr(colon + 1));
  if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute != 0)) return std::nullopt;
  return *hour * 60 + *minute;
}

std::string format_time_of_day(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace atz::model
