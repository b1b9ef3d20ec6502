// What comes next for one request, and when.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "atz/ledger/ledger.hpp"
#include "atz/model/settings.hpp"

namespace atz::app {

// ST021: what may follow the review of a termination when the member can't be reached. Forecasts, never promises.
inline constexpr std::chrono::days kCallBackAfterReview{1};
inline constexpr std::chrono::days kLetterAfterCallBack{10};

struct NextStep {
  std::optional<model::Date> day;  // empty: now
  std::string what;
};
std::vector<NextStep> next_steps(const ledger::CaseRecord& record, const std::vector<ledger::CaseRecord>& all,
                                 model::Date today, const model::Settings& settings);

// Whether something was sent for the same member that goes on after that day, or replaces what ends on it. What is
// still under review counts.
bool has_successor(const std::vector<ledger::CaseRecord>& cases, const ledger::CaseRecord& of, model::Date last,
                   bool add_on);

}  // namespace atz::app
