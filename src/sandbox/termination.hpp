// The way of a request to end a service: the reviewers call the member, leave a message, write a letter. Everything
// that is said about it is what happened or may happen; nothing is promised.
#pragma once

#include <string>

#include "sandbox/office.hpp"

namespace atz::sandbox {

Result<void> begin_calling(const Office& office, FullCase& full);
// Failure::usage when the case is no termination that is open, or a message was left already.
Result<void> member_agrees(const Office& office, FullCase& full, const std::string& note);
Result<void> member_disagrees(const Office& office, FullCase& full, const std::string& note);
Result<void> member_not_reached(const Office& office, FullCase& full, const std::string& note);

// A timer of this way rang; false: it is none of ours.
Result<bool> termination_timer(const Office& office, FullCase& full, const std::string& kind);

}  // namespace atz::sandbox
