// The Daily Authorization Report: what changed at the payer on one Maine day, for one client.
#pragma once

#include <string>

#include "sandbox/store.hpp"

namespace atz::sandbox {

// CSV with a head line, within an open transaction.
Result<std::string> daily_report(Store& store, const std::string& client, model::Date day);

}  // namespace atz::sandbox
