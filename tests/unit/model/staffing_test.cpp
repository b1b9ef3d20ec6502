#include <doctest/doctest.h>

#include "atz/model/staffing.hpp"
#include "atz/model/week.hpp"
#include "maple_street.hpp"

using namespace atz::model;
using atz::test::span;

namespace {

std::string again(const char* text) {
  const auto days = parse_weekdays(text);
  return days ? format_weekdays(*days) : "unreadable";
}

}  // namespace

TEST_CASE("weekdays as people write them") {
  CHECK(again("daily") == "daily");
  CHECK(again("mon-fri") == "mon-fri");
  CHECK(again("Monday - Friday") == "mon-fri");
  CHECK(again("sat,sun") == "sat,sun");
  CHECK(again("sun, sat") == "sat,sun");
  CHECK(again("fri-mon") == "fri-mon");
  CHECK(again("mon-sun") == "daily");
  CHECK(again("sun-sat") == "daily");
  CHECK(again("TU,th") == "tue,thu");
  CHECK(again("mon-wed,fri") == "mon-wed,fri");
  CHECK(again("tue-tue") == "tue");
  CHECK(again("sat-mon,wed") == "wed,sat-mon");
  for (const char* bad : {"", ",", "mon,", "m", "mo-", "-fri", "mon-fri-sun", "weekdays", "1", "mon fri", "moon"}) {
    CAPTURE(bad);
    CHECK(again(bad) == "unreadable");
  }
}

TEST_CASE("every set of days is read back as it was written") {
  for (unsigned bits = 1; bits < 128; ++bits) {
    const Weekdays days{static_cast<std::uint8_t>(bits)};
    CAPTURE(format_weekdays(days));
    CHECK(parse_weekdays(format_weekdays(days)).value().bits == bits);
  }
}

TEST_CASE("times of day") {
  CHECK(parse_time_of_day("0:00") == 0);
  CHECK(parse_time_of_day("6:15") == 375);
  CHECK(parse_time_of_day("22:00") == 1320);
  CHECK(parse_time_of_day("24:00") == 1440);
  CHECK(parse_time_of_day("06:10") == 370);
  for (const char* bad : {"", "24:01", "25:00", "12:60", "12:5", "12", ":30", "012:30", "12:30:00", "1230", "12.30",
                          " 12:30", "-1:00", "6:15am"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_time_of_day(bad));
  }
  CHECK(format_time_of_day(0) == "00:00");
  CHECK(format_time_of_day(375) == "06:15");
  CHECK(format_time_of_day(1440) == "24:00");
}

TEST_CASE("slots of a block") {
  const std::vector<int> morning = slots_of(span("sun", "00:00", "01:00"));
  CHECK(morning == std::vector<int>{0, 1, 2, 3});
  CHECK(slots_of(span("daily", "22:00", "06:00")).size() == 7 * 32);
  CHECK(slots_of(span("daily", "00:00", "24:00")).size() == 672);
  CHECK(slots_of(span("mon", "08:00", "07:45")).size() == 95);
}

TEST_CASE("Saturday night runs into Sunday morning of the same week") {
  const std::vector<int> night = slots_of(span("sat", "23:30", "00:30"));
  CHECK(night == std::vector<int>{0, 1, 670, 671});
  const std::vector<int> midnight = slots_of(span("sat", "23:30", "24:00"));
  CHECK(midnight == std::vector<int>{670, 671});
  CHECK(slots_of(span("sat", "23:30", "0:00")) == midnight);
}

TEST_CASE("SP001, SP002: blocks off the grid or without a length have no slots") {
  CHECK(slots_of(span("mon", "06:15", "07:00")).size() == 3);
  CHECK(slots_of(span("mon", "06:10", "07:00")).empty());
  CHECK(slots_of(span("mon", "06:00", "07:05")).empty());
  CHECK(slots_of(span("mon", "06:00", "06:00")).empty());
  CHECK(slots_of(span("mon", "24:00", "06:00")).empty());
  CHECK(slots_of(WeekSpan{}).empty());
  WeekSpan half = span("mon", "06:00", "07:00");
  half.to.value.reset();
  CHECK(slots_of(half).empty());
}

TEST_CASE("slots are shown as day and time") {
  CHECK(format_slot(0) == "Sun 00:00");
  CHECK(format_slot(2 * 96 + 36) == "Tue 09:00");
  CHECK(format_slot(671) == "Sat 23:45");
  CHECK(format_slot(672) == "Sat 24:00");
}
