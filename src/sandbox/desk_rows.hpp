// How the reviewer's desk names cases, and what a decision means for their lines.
#pragma once

#include <string>
#include <vector>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/decide.hpp"

namespace atz::sandbox {

DeskCase desk_case(const CaseState& state);
// Failure::usage that lists what is open.
Error not_found(const std::vector<CaseState>& states, const std::string& case_or_home);
// Approve, partial, deny: a verdict for each open line, or for the one that is named.
Result<std::vector<LineVerdict>> verdicts_of(const CaseState& state, const Decision& decision);

}  // namespace atz::sandbox
