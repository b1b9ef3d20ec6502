// The civil calendar of Maine. Every date is a day in America/New_York, whatever the machine's zone;
// every span of days includes both of its ends.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"

namespace atz::model {

using Date = std::chrono::local_days;  // a civil date without a zone; b - a is whole days

struct DateSpan {
  Date first{};
  Date last{};
  [[nodiscard]] int days() const { return static_cast<int>((last - first).count()) + 1; }
  [[nodiscard]] bool contains(Date day) const { return first <= day && day <= last; }
  [[nodiscard]] bool overlaps(const DateSpan& other) const { return first <= other.last && other.first <= last; }
  friend bool operator==(const DateSpan&, const DateSpan&) = default;
};

Date make_date(int year, unsigned month, unsigned day);  // must be a real date
std::optional<Date> parse_date(std::string_view text);   // YYYY-MM-DD and real, years 1900 to 2199
std::string format_date(Date date);                      // YYYY-MM-DD
std::string weekday_name(Date date);                     // "Monday"

// GN021 and --as-of: YYYY-MM-DD (noon in Maine), YYYY-MM-DDThh:mm[:ss] (Maine time) or with an offset (Z, +hh:mm).
struct InstantParse {
  std::optional<Instant> value;
  bool ambiguous = false;    // a local time in the repeated hour of the autumn change, no offset given
  bool nonexistent = false;  // a local time in the skipped hour of the spring change
  bool date_only = false;
};
InstantParse parse_instant(std::string_view text);
std::string format_instant(Instant instant);  // 2026-12-07T10:05:01-05:00, the offset that Maine has then
Date maine_date(Instant instant);
int maine_minute(Instant instant);             // minutes since Maine midnight, 0 to 1439
Instant maine_instant(Date date, int minute);  // earliest instant with that local time; skipped times move forward

// Same day number n months later, or that month's last day (2026-11-30 + 3 = 2027-02-28).
Date add_months(Date date, int months);
int age_on(Date born, Date day);  // whole years; born on 29 February: birthday on 1 March in common years

// HS020: the last day allowed for a period that starts on `first` and lasts at most `months`.
Date last_day_of_period(Date first, int months);
// HS001 and HS002: submission days for a first authorization that starts on `start`: start - 30 to start.
DateSpan first_authorization_window(Date start);
// EX003 and EX004: submission days for an authorization whose last covered day is `end`: end - 30 to end - 5.
DateSpan extension_window(Date end);
// MA005: the last submission day on which an order of that date is less than three months old.
Date last_day_of_order(Date signed_on);
// First continuation days after a cut or denial of an extension: through D + 10 (or D + 9 when day 0 counts).
Date continuation_through(Date determined_on, bool counts_day_zero);

// One row of the holiday data file.
struct HolidayRule {
  std::string name;
  // fixed: month and day; nth: the n-th weekday of the month (n = -1: last); after: days after another rule's day
  enum class Kind { fixed, nth, after } kind = Kind::fixed;
  unsigned month = 1;
  unsigned day = 1;      // fixed
  int n = 1;             // nth
  unsigned weekday = 1;  // nth: 0 = Sunday
  std::string base;      // after: name of the other rule
  int days_after = 0;    // after
  bool observed = true;  // Saturday is kept on Friday, Sunday on Monday
};

class BusinessCalendar {
 public:
  explicit BusinessCalendar(std::vector<HolidayRule> rules);
  [[nodiscard]] bool is_holiday(Date day) const;  // observed days, also those that fall into a neighbouring year
  [[nodiscard]] bool is_business_day(Date day) const;
  [[nodiscard]] std::vector<std::pair<Date, std::string>> holidays(
      int year) const;  // observed days in that year, sorted

  enum class Mode { clock, office };  // what "48 business hours" means
  // clock: stands still on weekends and holidays; office: only 8:00 to 18:00 of business days counts.
  [[nodiscard]] Instant add_business_hours(Instant from, int hours, Mode mode) const;
  [[nodiscard]] Date add_business_days(Date from, int days) const;

 private:
  std::vector<HolidayRule> rules_;
};

}  // namespace atz::model
