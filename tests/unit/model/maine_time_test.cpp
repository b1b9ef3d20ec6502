#include <cstdlib>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "atz/model/calendar.hpp"

using namespace atz::model;

namespace {

std::string read(const char* text) {
  const InstantParse parse = parse_instant(text);
  return parse.value ? format_instant(*parse.value) : "unreadable";
}

// Sets the machine's zone for one test.
class Zone {
 public:
  explicit Zone(const char* name) {
    if (const char* old = std::getenv("TZ")) old_ = old;
    setenv("TZ", name, 1);
  }
  ~Zone() {
    if (old_) {
      setenv("TZ", old_->c_str(), 1);
    } else {
      unsetenv("TZ");
    }
  }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;

 private:
  std::optional<std::string> old_;
};

}  // namespace

TEST_CASE("instants are read in Maine time unless they say otherwise") {
  CHECK(read("2026-12-07") == "2026-12-07T12:00:00-05:00");
  CHECK(parse_instant("2026-12-07").date_only);
  CHECK_FALSE(parse_instant("2026-12-07T12:00").date_only);
  CHECK(read("2026-12-07T10:05") == "2026-12-07T10:05:00-05:00");
  CHECK(read("2026-12-07 10:05:01") == "2026-12-07T10:05:01-05:00");
  CHECK(read("2026-07-04T10:05:01") == "2026-07-04T10:05:01-04:00");
  CHECK(read("2026-12-07T15:05:01Z") == "2026-12-07T10:05:01-05:00");
  CHECK(read("2026-12-07T15:05+01:00") == "2026-12-07T09:05:00-05:00");
  CHECK(read("2026-12-07T00:05:00-05:30") == "2026-12-07T00:35:00-05:00");
}

TEST_CASE("what is no instant") {
  for (const char* bad : {"", "2026-02-29", "2026-12-07T", "2026-12-07T10", "2026-12-07T24:00", "2026-12-07T10:60",
                          "2026-12-07T10:05:60", "2026-12-07T10:05:", "2026-12-07T10:05:1", "2026-12-07T10:05z",
                          "2026-12-07T10:05+1:00", "2026-12-07T10:05+15:00", "2026-12-07T10:05+01:60",
                          "2026-12-07T10:05 ", "2026-12-07x10:05", "2026-12-07T10:05:00-0500", "07.12.2026"}) {
    CAPTURE(bad);
    CHECK(read(bad) == "unreadable");
  }
}

TEST_CASE("the date in Maine is not the date in UTC") {
  const auto late = parse_instant("2026-12-31T23:30").value.value();
  CHECK(late == parse_instant("2027-01-01T04:30Z").value.value());
  CHECK(format_date(maine_date(late)) == "2026-12-31");
  CHECK(maine_minute(late) == 23 * 60 + 30);
  CHECK(maine_minute(maine_instant(make_date(2026, 12, 31), 0)) == 0);
  CHECK(maine_minute(maine_instant(make_date(2026, 12, 31), 1439)) == 1439);
}

TEST_CASE("clocks change on the days that the rule names") {
  struct Change {
    int year;
    unsigned month, day;
    const char* before;
    const char* after;
  };
  for (const Change& change : {Change{2026, 3, 8, "-05:00", "-04:00"}, Change{2027, 3, 14, "-05:00", "-04:00"},
                               Change{2028, 3, 12, "-05:00", "-04:00"}, Change{2026, 11, 1, "-04:00", "-05:00"},
                               Change{2027, 11, 7, "-04:00", "-05:00"}, Change{2028, 11, 5, "-04:00", "-05:00"}}) {
    const Date day = make_date(change.year, change.month, change.day);
    CAPTURE(format_date(day));
    CHECK(format_instant(maine_instant(day, 30)).substr(19) == change.before);
    CHECK(format_instant(maine_instant(day, 180)).substr(19) == change.after);
  }
}

TEST_CASE("GN021: the repeated and the skipped hour") {
  const InstantParse repeated = parse_instant("2026-11-01 01:30");
  CHECK(repeated.ambiguous);
  CHECK_FALSE(repeated.nonexistent);
  CHECK(format_instant(*repeated.value) == "2026-11-01T01:30:00-04:00");  // the earlier one
  const InstantParse clear = parse_instant("2026-11-01T01:30-05:00");
  CHECK_FALSE(clear.ambiguous);
  CHECK(format_instant(*clear.value) == "2026-11-01T01:30:00-05:00");
  CHECK_FALSE(parse_instant("2026-11-01T00:59:59").ambiguous);
  CHECK(parse_instant("2026-11-01T01:00").ambiguous);
  CHECK(parse_instant("2026-11-01T01:59:59").ambiguous);
  CHECK_FALSE(parse_instant("2026-11-01T02:00").ambiguous);

  const InstantParse skipped = parse_instant("2027-03-14T02:30");
  CHECK(skipped.nonexistent);
  CHECK(format_instant(*skipped.value) == "2027-03-14T03:00:00-04:00");
  CHECK_FALSE(parse_instant("2027-03-14T03:00").nonexistent);
  CHECK_FALSE(parse_instant("2027-03-14T01:59:59").nonexistent);
}

TEST_CASE("the machine's zone changes nothing") {
  for (const char* name : {"UTC", "Asia/Tokyo", "Pacific/Kiritimati", "America/Los_Angeles", "nonsense"}) {
    CAPTURE(name);
    const Zone zone(name);
    CHECK(read("2026-12-31T23:30") == "2026-12-31T23:30:00-05:00");
    CHECK(read("2026-07-01") == "2026-07-01T12:00:00-04:00");
    CHECK(format_date(maine_date(parse_instant("2027-01-01T04:30Z").value.value())) == "2026-12-31");
  }
}

TEST_CASE("local time and back, every hour of two years") {
  const atz::Instant start = maine_instant(make_date(2026, 1, 1), 0);
  for (int hour = 0; hour < 2 * 365 * 24; ++hour) {
    const atz::Instant now = start + std::chrono::hours{hour};
    const atz::Instant back = maine_instant(maine_date(now), maine_minute(now));
    // The second pass through the repeated hour reads as the first.
    const bool repeated =
        now - back == std::chrono::hours{1} && parse_instant(format_instant(now).substr(0, 19)).ambiguous;
    if (back != now && !repeated) FAIL(format_instant(now));
  }
}
