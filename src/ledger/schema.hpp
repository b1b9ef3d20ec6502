// The tables, and how an older file becomes a newer one.
#pragma once

#include "atz/base/result.hpp"
#include "ledger/sqlite.hpp"

namespace atz::ledger {

// In the header of the file: "atz1".
inline constexpr std::int64_t kApplicationId = 0x61747a31;

int newest_version();
// Brings a database of `version` (0: empty) to the newest one, each step whole or not at all.
Result<void> migrate(const Connection& connection, int version);

}  // namespace atz::ledger
