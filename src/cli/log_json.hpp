// The audit trail as JSON.
#pragma once

#include <vector>

#include "cli/json.hpp"

namespace atz::cli {

Json log_json(const std::vector<ledger::LogEntry>& entries);

}  // namespace atz::cli
