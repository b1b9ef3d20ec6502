#include "app/people.hpp"

namespace atz::app {

Result<const fhir::Discretion*> People::around(const ledger::CaseRecord& record) {
  const auto [home, is_new] = homes_.try_emplace(record.home_id);
  if (is_new) {
    const auto batches = ledger_.batches_of_home(record.profile, record.home_id);
    if (!batches) return tl::make_unexpected(batches.error());
    for (const auto& batch : *batches) {
      const auto body = ledger_.body(batch.batch_id);
      if (!body) return tl::make_unexpected(body.error());
      home->second.add_request(*body);
    }
  }
  // A batch's latest sending holds only those members that went with it.
  const auto own = ledger_.member_body(record.id);
  if (!own) return tl::make_unexpected(own.error());
  home->second.add_request(*own);
  return &home->second;
}

}  // namespace atz::app
