// Asking the payer about cases: in bundles of up to a hundred, or one by one where the payer takes no batch.
#pragma once

#include <optional>
#include <vector>

#include "atz/app/session.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// What the payer knows of one message of ours; nullopt: it knows no such case. A reply about another person is a
// Failure::refused: nothing of it may be taken over. Failure::temporary: the payer can't be asked now. What was learned
// of one case does not depend on the others.
using Found = Result<std::optional<fhir::CaseReply>>;

// In the order of `records`; fails as a whole only where our own records can't be read.
Result<std::vector<Found>> inquire(Session& session, const Services& services, const ledger::Ledger& ledger,
                                   const std::vector<const ledger::CaseRecord*>& records, Instant now);

}  // namespace atz::app
