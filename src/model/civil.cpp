#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "atz/model/calendar.hpp"
#include "digits.hpp"

namespace atz::model {

namespace chr = std::chrono;

namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;
constexpr int kDaysAhead = 30;     // HS001, EX003
constexpr int kDaysBeforeEnd = 5;  // EX004
constexpr int kOrderMonths = 3;    // MA005
constexpr int kContinuationDays = 10;

}  // namespace

Date make_date(int year, unsigned month, unsigned day) {
  const chr::year_month_day date{chr::year{year}, chr::month{month}, chr::day{day}};
  if (!date.ok()) throw std::invalid_argument(fmt::format("no such date: {}-{}-{}", year, month, day));
  return Date{date};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  const chr::year_month_day date{chr::year{*year}, chr::month{static_cast<unsigned>(*month)},
                                 chr::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::string format_date(Date date) {
  const chr::year_month_day civil{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()));
}

std::string weekday_name(Date date) {
  static constexpr std::array<std::string_view, 7> kNames = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                             "Thursday", "Friday", "Saturday"};
  return std::string(kNames.at(chr::weekday{date}.c_encoding()));
}

Date add_months(Date date, int months) {
  const chr::year_month_day civil{date};
  const chr::year_month target = civil.year() / civil.month() + chr::months{months};
  const chr::year_month_day last{target / chr::last};
  return Date{target / std::min(civil.day(), last.day())};
}

int age_on(Date born, Date day) {
  const chr::year_month_day birth{born};
  const chr::year_month_day now{day};
  const int years = static_cast<int>(now.year()) - static_cast<int>(birth.year());
  const bool birthday_passed = now.month() / now.day() >= birth.month() / birth.day();
  return birthday_passed ? years : years - 1;
}

Date last_day_of_period(Date first, int months) {
  return add_months(first, months) - chr::days{1};
}

DateSpan first_authorization_window(Date start) {
  return {start - chr::days{kDaysAhead}, start};
}

DateSpan extension_window(Date end) {
  return {end - chr::days{kDaysAhead}, end - chr::days{kDaysBeforeEnd}};
}

Date last_day_of_order(Date signed_on) {
  return add_months(signed_on, kOrderMonths) - chr::days{1};
}

Date continuation_through(Date determined_on, bool counts_day_zero) {
  return determined_on + chr::days{counts_day_zero ? kContinuationDays - 1 : kContinuationDays};
}

}  // namespace atz::model
