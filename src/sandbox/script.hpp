// Decisions by script: what comes in is decided by the first rule that fits, at once or after a while.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/office.hpp"

namespace atz::sandbox {

std::string to_json(const std::vector<ScriptRule>& rules);
std::vector<ScriptRule> script_from_json(std::string_view json);  // what can't be read is no rule

// For lines that just came in. A rule that can't act leaves a note and the line open.
Result<void> run_script(const Office& office, FullCase& full, const std::vector<ScriptRule>& rules,
                        const std::vector<LineState>& lines);
Result<bool> script_timer(const Office& office, FullCase& full, const Timer& timer);

}  // namespace atz::sandbox
