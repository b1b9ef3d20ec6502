#include <doctest/doctest.h>

#include "atz/model/calendar.hpp"

using namespace atz::model;
using Mode = BusinessCalendar::Mode;

namespace {

HolidayRule fixed(const char* name, unsigned month, unsigned day) {
  HolidayRule rule;
  rule.name = name;
  rule.month = month;
  rule.day = day;
  return rule;
}

HolidayRule nth(const char* name, unsigned month, int n, unsigned weekday) {
  HolidayRule rule;
  rule.name = name;
  rule.kind = HolidayRule::Kind::nth;
  rule.month = month;
  rule.n = n;
  rule.weekday = weekday;
  return rule;
}

HolidayRule after(const char* name, const char* base, int days) {
  HolidayRule rule;
  rule.name = name;
  rule.kind = HolidayRule::Kind::after;
  rule.base = base;
  rule.days_after = days;
  return rule;
}

std::vector<HolidayRule> maine_rules() {
  return {fixed("New Year", 1, 1),         nth("MLK Day", 1, 3, 1),       nth("Presidents' Day", 2, 3, 1),
          nth("Patriots' Day", 4, 3, 1),   nth("Memorial Day", 5, -1, 1), fixed("Juneteenth", 6, 19),
          fixed("Independence Day", 7, 4), nth("Labor Day", 9, 1, 1),     nth("Indigenous Peoples Day", 10, 2, 1),
          fixed("Veterans Day", 11, 11),   nth("Thanksgiving", 11, 4, 4), after("Day after", "Thanksgiving", 1),
          fixed("Christmas", 12, 25)};
}

std::string plus(const BusinessCalendar& calendar, const char* from, int hours, Mode mode) {
  return format_instant(calendar.add_business_hours(parse_instant(from).value.value(), hours, mode)).substr(0, 16);
}

}  // namespace

TEST_CASE("holidays of a year, observed") {
  const BusinessCalendar calendar(maine_rules());
  std::vector<std::string> days;
  for (const auto& [day, name] : calendar.holidays(2027)) days.push_back(format_date(day) + " " + name);
  const std::vector<std::string> expected = {
      "2027-01-01 New Year",         "2027-01-18 MLK Day",      "2027-02-15 Presidents' Day",
      "2027-04-19 Patriots' Day",    "2027-05-31 Memorial Day", "2027-06-18 Juneteenth",
      "2027-07-05 Independence Day", "2027-09-06 Labor Day",    "2027-10-11 Indigenous Peoples Day",
      "2027-11-11 Veterans Day",     "2027-11-25 Thanksgiving", "2027-11-26 Day after",
      "2027-12-24 Christmas",        "2027-12-31 New Year"};
  CHECK(days == expected);
}

TEST_CASE("a holiday may be kept in the neighbouring year") {
  const BusinessCalendar calendar(maine_rules());
  CHECK(calendar.is_holiday(make_date(2027, 12, 31)));  // 1 January 2028 is a Saturday
  CHECK_FALSE(calendar.is_holiday(make_date(2028, 1, 1)));
  CHECK(calendar.holidays(2028).front().second == "MLK Day");
}

TEST_CASE("the day after Thanksgiving is not always the fourth Friday") {
  const BusinessCalendar calendar(maine_rules());
  CHECK(calendar.is_holiday(make_date(2024, 11, 29)));  // 1 November 2024 was a Friday
  CHECK_FALSE(calendar.is_holiday(make_date(2024, 11, 22)));
}

TEST_CASE("rules that give no day are passed over") {
  HolidayRule leap = fixed("Leap", 2, 29);
  leap.observed = false;
  const BusinessCalendar calendar({leap, fixed("Never", 2, 30), nth("Fifth", 2, 5, 1), nth("None", 1, 0, 1),
                                   nth("Bad", 13, 1, 1), nth("Bad day", 1, 1, 7), after("Lost", "nothing", 1),
                                   after("Ring", "Rang", 1), after("Rang", "Ring", 1)});
  CHECK(calendar.holidays(2027).empty());
  REQUIRE(calendar.holidays(2028).size() == 1);
  CHECK(calendar.holidays(2028).front().first == make_date(2028, 2, 29));
  CHECK(calendar.holidays(2044).size() == 2);  // a February with five Mondays
}

TEST_CASE("48 business hours by the clock") {
  const BusinessCalendar calendar(maine_rules());
  CHECK(plus(calendar, "2026-12-01T10:30", 48, Mode::clock) == "2026-12-03T10:30");
  CHECK(plus(calendar, "2026-11-25T16:00", 48, Mode::clock) == "2026-12-01T16:00");
  CHECK(plus(calendar, "2026-12-05T09:00", 48, Mode::clock) == "2026-12-09T00:00");
  CHECK(plus(calendar, "2026-12-05T09:00", 0, Mode::clock) == "2026-12-05T09:00");
}

TEST_CASE("48 business hours of an office") {
  const BusinessCalendar calendar(maine_rules());
  CHECK(plus(calendar, "2026-12-01T10:30", 48, Mode::office) == "2026-12-08T08:30");
  CHECK(plus(calendar, "2026-11-25T16:00", 48, Mode::office) == "2026-12-04T14:00");
  CHECK(plus(calendar, "2026-12-05T09:00", 48, Mode::office) == "2026-12-11T16:00");
  CHECK(plus(calendar, "2026-12-01T19:00", 10, Mode::office) == "2026-12-02T18:00");
  CHECK(plus(calendar, "2026-12-01T06:00", 1, Mode::office) == "2026-12-01T09:00");
}

TEST_CASE("business hours across a change of clocks keep the wall clock") {
  const BusinessCalendar calendar(maine_rules());
  CHECK(plus(calendar, "2027-03-12T09:00", 24, Mode::clock) == "2027-03-15T09:00");
  CHECK(plus(calendar, "2026-10-30T09:00", 24, Mode::clock) == "2026-11-02T09:00");
}

TEST_CASE("business days, both ways") {
  const BusinessCalendar calendar(maine_rules());
  CHECK(calendar.add_business_days(make_date(2026, 11, 25), 1) == make_date(2026, 11, 30));
  CHECK(calendar.add_business_days(make_date(2026, 11, 30), -1) == make_date(2026, 11, 25));
  CHECK(calendar.add_business_days(make_date(2026, 11, 28), 0) == make_date(2026, 11, 28));
  CHECK_FALSE(calendar.is_business_day(make_date(2026, 12, 5)));
  CHECK(calendar.is_business_day(make_date(2026, 12, 4)));
}
