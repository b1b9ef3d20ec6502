// A staffing pattern as written: who works when, and when each member is out. The arithmetic is in week.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "atz/model/calendar.hpp"
#include "atz/model/field.hpp"

namespace atz::model {

// Bit 0 = Sunday. Days on which a block starts.
struct Weekdays {
  std::uint8_t bits = 0;
  [[nodiscard]] bool has(unsigned weekday) const { return (bits >> weekday) & 1U; }
};

// "daily", "mon-fri", "sat,sun", "fri-mon" (wraps), names of two or three letters or in full, any case.
std::optional<Weekdays> parse_weekdays(std::string_view text);
std::string format_weekdays(Weekdays days);  // "daily", "mon-fri", "sat,sun"

// Minutes since midnight, 0 to 1440. "24:00" is 1440.
std::optional<int> parse_time_of_day(std::string_view text);  // H:MM or HH:MM
std::string format_time_of_day(int minutes);                  // HH:MM

// A stretch of the typical week: days and times as written. to <= from means the next day.
struct WeekSpan {
  diag::Span span;  // the whole entry
  Field<Weekdays> days;
  Field<int> from, to;  // minutes since midnight
  [[nodiscard]] bool readable() const { return days && from && to; }
};

struct StaffPerson {
  diag::Span span;
  Field<std::string> id, role;
  Field<std::string> counts;  // "direct" (default) or "admin"; only direct staff counts
};

struct Shift : WeekSpan {
  Field<std::string> staff;
  Field<bool> awake;                             // absent: awake
  Field<std::string> one_to_one;                 // member label
  Field<std::string> on_behalf_of;               // member label, or "all" for the whole roster
  std::vector<Field<std::string>> accompanying;  // member labels; staff is out with them
  Field<std::string> line;                       // "T2016" (default) or "T2016SC"
};

struct Out : WeekSpan {
  Field<std::string> member;
  Field<std::string> kind;  // community-support, work-support, ...
  Field<std::string> code, provider, note;
};

struct StaffingPattern {
  bool present = false;
  diag::Span span;          // of the key, or of the first line of a staffing file
  Field<std::string> file;  // set when the pattern came from a file of its own
  Field<Date> effective;
  std::vector<StaffPerson> staff;
  std::vector<Shift> shifts;
  diag::Span shifts_span;
  bool shifts_present = false;
  std::vector<Out> out;
  diag::Span out_span;
};

}  // namespace atz::model
