// A message as it is before an answer is merged into it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "ledger/codec.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

struct SqliteLedger::Current {
  std::int64_t row = 0;
  MessageKey key;
  std::string case_id;
  model::Delivery delivery = model::Delivery::sending;
  model::CaseStatus status = model::CaseStatus::submitted;
  Remarks remarks;
  std::string columns;  // the rest of what is known of it and of its batch, packed: nothing of it is sealed
  std::map<std::int64_t, std::optional<std::string>> decisions;  // by line sequence, encoded
};

}  // namespace atz::ledger
