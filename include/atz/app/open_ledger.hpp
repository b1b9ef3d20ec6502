// The ledger in the state folder.
#pragma once

#include <memory>

#include "atz/app/services.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// Whoever writes is named in the audit trail.
Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Services& services, const seal::Vault& vault,
                                                    ledger::Access access);

// The ledger for reading, or null when nothing was ever sent from here.
struct OpenedLedger {
  std::unique_ptr<seal::Vault> vault;  // the ledger refers to it
  std::unique_ptr<ledger::Ledger> ledger;
};
Result<OpenedLedger> open_for_reading(const Services& services);

}  // namespace atz::app
