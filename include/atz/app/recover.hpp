// `atz recover`: settles every submission whose outcome is unknown. Asks first; sends again only where that is safe or
// asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/now.hpp"
#include "atz/app/session.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

struct Settled {
  ledger::BatchRecord batch;  // as it is known now
  enum class How { found, resent, absent, refused, unknown } how = How::unknown;
  Error error;       // for refused and unknown, and absent (what the user may do)
  std::string what;  // not empty: no submission, but this message about a case of the batch ("the withdrawal of ...")
};

struct RecoverSettings {
  bool resend = false;    // --resend: absent messages are sent again with the same bytes
  std::string only_home;  // empty: every home
};

// In order of sending. The ledger must be open for writing. A payer that does not answer, or not so that it can be
// trusted, is Failure::unknown_outcome: what was sent before may have arrived.
Result<std::vector<Settled>> settle(Session& session, const Services& services, ledger::Ledger& ledger, const Now& now,
                                    const RecoverSettings& settings);

// Whether anything of a home was sent without a trusted answer.
Result<bool> has_unsettled(const ledger::Ledger& ledger, const std::string& profile, const std::string& home_id);

struct RecoverRequest {
  std::optional<std::string> profile, as_of;
  bool resend = false;
};

struct RecoverResult {
  Now now;
  std::vector<Settled> settled;  // empty: nothing was unknown
  [[nodiscard]] bool all_settled() const;
};

// The whole command: profile, ledger, payer.
Result<RecoverResult> recover(const Services& services, const RecoverRequest& request);

}  // namespace atz::app
