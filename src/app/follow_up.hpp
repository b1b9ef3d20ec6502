// Messages about a case that was accepted: withdrawals and answers. Journalled before they leave, like a submission.
#pragma once

#include <string>

#include "atz/app/deliver.hpp"
#include "atz/app/session.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// Failure::bug when there is no such row.
Result<ledger::CaseRecord> record_of(const ledger::Ledger& ledger, const std::string& profile, std::int64_t case_row);

// Asks the payer for the case as it is now and records the answer; the record as it is then. A case that the payer does
// not know is Failure::refused.
Result<ledger::CaseRecord> refresh(Session& session, const Services& services, ledger::Ledger& ledger,
                                   const ledger::CaseRecord& record, Instant now);

struct Posted {
  bool ok = true;
  Error error;  // when not ok: refused, temporary, sign_in (nothing was taken), unknown_outcome
};

// Puts the message on disk, sends it, records what came of it.
Result<Posted> send_follow_up(Session& session, const Services& services, ledger::Ledger& ledger,
                              const ledger::CaseRecord& record, const ledger::FollowUpIntent& intent);
// Sends one that is on disk already, with the same bytes. `repeated`: an earlier try may have arrived, so nothing but a
// clear yes or no settles it.
Result<Posted> post_follow_up(Session& session, const Services& services, ledger::Ledger& ledger,
                              const ledger::CaseRecord& record, const ledger::FollowUp& message, bool repeated,
                              Instant now);
// Whether the case shows that the message arrived; then it is recorded.
Result<bool> follow_up_arrived(Session& session, const Services& services, ledger::Ledger& ledger,
                               const ledger::CaseRecord& record, const ledger::FollowUp& message, Instant now);

}  // namespace atz::app
