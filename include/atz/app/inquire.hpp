// Asking the payer about cases: in bundles of up to a hundred, or one by one where the payer takes no batch.
#pragma once

#include <optional>
#include <vector>

#include "atz/app/session.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// What the payer knows of one message of ours.
struct Found {
  std::int64_t case_row = 0;
  std::optional<fhir::CaseReply> reply;  // nullopt: the payer knows no such case
};

// In the order of `records`. A reply about another person or another request is a Failure::refused: nothing is taken
// over. Failure::temporary when the payer can't be asked now.
Result<std::vector<Found>> inquire(Session& session, const Services& services, const ledger::Ledger& ledger,
                                   const std::vector<const ledger::CaseRecord*>& records, Instant now);

}  // namespace atz::app
