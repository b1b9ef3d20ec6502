// Cases as `status` and `receive` print them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/home_state.hpp"
#include "atz/ledger/ledger.hpp"
#include "cli/json.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

Json case_json(const ledger::CaseRecord& record, const std::optional<app::Continuation>& continuation);
// A row for each case, with rationale, questions and what to do below it; empty without cases.
std::string cases_table(const std::vector<ledger::CaseRecord>& cases,
                        const std::vector<std::optional<app::Continuation>>& continuations, const Terminal& terminal);
// What has to be said when one of them is approved.
std::string caution(const std::vector<ledger::CaseRecord>& cases);

}  // namespace atz::cli
