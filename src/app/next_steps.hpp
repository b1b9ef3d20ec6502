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

}  // namespace atz::app
