#include "atz/app/open_ledger.hpp"

namespace atz::app {

Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Services& services, const seal::Vault& vault,
                                                    ledger::Access access) {
  return ledger::Ledger::open(services.files, services.state_dir, vault, services.random, access, services.user);
}

Result<OpenedLedger> open_for_reading(const Services& services) {
  OpenedLedger opened;
  if (!has_vault(services)) return opened;
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  opened.vault = std::make_unique<seal::Vault>(std::move(*vault));
  auto ledger = open_ledger(services, *opened.vault, ledger::Access::read);
  if (!ledger) return tl::make_unexpected(ledger.error());
  opened.ledger = std::move(*ledger);
  return opened;
}

}  // namespace atz::app
