// Where and when something is done to a case. Everything that takes one works inside of an open writing transaction.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "atz/model/calendar.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {

using MakeCalendar = std::function<model::BusinessCalendar()>;  // reads holidays: only when they are needed

struct Office {
  Store& store;
  Instant now;
  const MakeCalendar& calendar;
  [[nodiscard]] model::Date today() const { return model::maine_date(now); }
};

// A note for everybody to read. `chain` 0: about the whole case.
Result<void> tell(const Office& office, FullCase& full, std::string text, int chain = 0, std::vector<int> lines = {});
// What was changed in `full.state`: statuses follow from lines and questions.
Result<void> keep(const Office& office, FullCase& full, std::string_view reason);

std::string day_and_time(Instant at);              // "2026-12-03 10:30", in Maine
std::string days_of(const model::DateSpan& span);  // "2027-01-04 through 2028-01-03"
std::string with_rationale(std::string text, const std::string& note);

}  // namespace atz::sandbox
