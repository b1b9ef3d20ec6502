// Days to remember as an iCalendar file (RFC 5545), for any calendar program.
#pragma once

#include <string>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/model/calendar.hpp"

namespace atz::report {

struct CalendarDay {
  model::Date day{};        // in Maine, a whole day
  std::string id;           // the same for the same thing, so that a calendar replaces it instead of showing it twice
  std::string summary;      // one line
  std::string description;  // may have line breaks
};

// UTF-8 with CRLF line ends, lines folded at 75 octets. The same input gives the same bytes.
std::string calendar_file(const std::vector<CalendarDay>& days, Instant made_at);

}  // namespace atz::report
