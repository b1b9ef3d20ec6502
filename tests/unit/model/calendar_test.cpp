#include <doctest/doctest.h>

#include "atz/model/calendar.hpp"

using namespace atz::model;

namespace {

Date day(const char* text) {
  return parse_date(text).value();
}
std::string show(const DateSpan& span) {
  return format_date(span.first) + ".." + format_date(span.last);
}

}  // namespace

TEST_CASE("a date is read only in one form and only when it is real") {
  CHECK(format_date(day("2028-02-29")) == "2028-02-29");
  CHECK(parse_date("1900-01-01"));
  CHECK(parse_date("2199-12-31"));
  for (const char* bad : {"2027-02-29", "1/4/2027", "2027-1-4", "2027-01-4 ", " 2027-01-04", "2027-13-01", "2027-00-01",
                          "2027-01-00", "2027-01-32", "1899-12-31", "2200-01-01", "2027-01-04T10:00", "2027/01/04", "",
                          "+027-01-04", "2027-01-0a", "20270104"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_date(bad));
  }
  CHECK_THROWS_AS(make_date(2027, 2, 29), std::invalid_argument);
  CHECK(make_date(2028, 2, 29) == day("2028-02-29"));
}

TEST_CASE("weekdays") {
  CHECK(weekday_name(day("2027-01-04")) == "Monday");
  CHECK(weekday_name(day("2028-01-01")) == "Saturday");
}

TEST_CASE("spans of days include both ends") {
  CHECK(DateSpan{day("2027-01-04"), day("2028-01-03")}.days() == 365);
  CHECK(DateSpan{day("2027-03-01"), day("2028-02-29")}.days() == 366);
  CHECK(DateSpan{day("2027-01-04"), day("2027-01-04")}.days() == 1);
  const DateSpan january{day("2027-01-01"), day("2027-01-31")};
  CHECK(january.contains(day("2027-01-31")));
  CHECK_FALSE(january.contains(day("2027-02-01")));
  CHECK(january.overlaps({day("2027-01-31"), day("2027-02-28")}));
  CHECK_FALSE(january.overlaps({day("2027-02-01"), day("2027-02-28")}));
}

TEST_CASE("months are added on the calendar, clamped to the month's last day") {
  CHECK(format_date(add_months(day("2026-10-12"), 3)) == "2027-01-12");
  CHECK(format_date(add_months(day("2026-11-30"), 3)) == "2027-02-28");
  CHECK(format_date(add_months(day("2027-11-30"), 3)) == "2028-02-29");
  CHECK(format_date(add_months(day("2027-12-31"), 12)) == "2028-12-31");
  CHECK(format_date(add_months(day("2027-01-31"), -2)) == "2026-11-30");
}

TEST_CASE("the last day of a period of twelve months") {
  CHECK(format_date(last_day_of_period(day("2027-02-01"), 12)) == "2028-01-31");
  CHECK(format_date(last_day_of_period(day("2027-01-04"), 12)) == "2028-01-03");
  CHECK(format_date(last_day_of_period(day("2028-02-29"), 12)) == "2029-02-27");
}

TEST_CASE("submission windows") {
  CHECK(show(first_authorization_window(day("2027-01-04"))) == "2026-12-05..2027-01-04");
  CHECK(show(extension_window(day("2027-01-31"))) == "2027-01-01..2027-01-26");
  CHECK(show(extension_window(day("2027-03-31"))) == "2027-03-01..2027-03-26");
  CHECK(show(extension_window(day("2027-03-01"))) == "2027-01-30..2027-02-24");
  CHECK(show(extension_window(day("2028-03-01"))) == "2028-01-31..2028-02-25");
}

TEST_CASE("an order is good until the day before it is three months old") {
  CHECK(format_date(last_day_of_order(day("2026-10-12"))) == "2027-01-11");
  CHECK(format_date(last_day_of_order(day("2026-11-30"))) == "2027-02-27");
}

TEST_CASE("continuation and notice are counted in days") {
  CHECK(format_date(continuation_through(day("2027-01-28"), false)) == "2027-02-07");
  CHECK(format_date(continuation_through(day("2027-01-28"), true)) == "2027-02-06");
  CHECK(format_date(day("2026-11-24") + std::chrono::days{30}) == "2026-12-24");
  CHECK(format_date(day("2027-01-21") + std::chrono::days{60}) == "2027-03-22");
  CHECK(format_date(day("2027-01-21") + std::chrono::days{10}) == "2027-01-31");
}

TEST_CASE("age in whole years") {
  CHECK(age_on(day("2009-01-04"), day("2027-01-03")) == 17);
  CHECK(age_on(day("2009-01-04"), day("2027-01-04")) == 18);
  // Born on a leap day: a year older on 1 March in common years.
  CHECK(age_on(day("1988-02-29"), day("2027-02-28")) == 38);
  CHECK(age_on(day("1988-02-29"), day("2027-03-01")) == 39);
  CHECK(age_on(day("1988-02-29"), day("2028-02-28")) == 39);
  CHECK(age_on(day("1988-02-29"), day("2028-02-29")) == 40);
}
