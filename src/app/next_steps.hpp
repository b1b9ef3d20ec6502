// What comes next for one request, and when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/ledger/ledger.hpp"
#include "atz/model/settings.hpp"

namespace atz::app {

struct NextStep {
  std::optional<model::Date> day;  // empty: now
  std::string what;
};
std::vector<NextStep> next_steps(const ledger::CaseRecord& record, const std::vector<ledger::CaseRecord>& all,
                                 model::Date today, const model::Settings& settings);

}  // namespace atz::app
