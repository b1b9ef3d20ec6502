// What is written to the audit trail: private to this room.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atz::ledger {

// An entry without what the ledger adds by itself: number, actor, chain.
struct LogNote {
  std::string_view action;
  std::string profile, subject, what;
  std::string digest;          // of bytes; empty: none
  std::string state;           // keyed digest of all that is known of the request or message afterwards; empty: of none
  std::int64_t case_row = 0;   // 0: about no request
  std::int64_t follow_up = 0;  // 0: about none
};

}  // namespace atz::ledger
