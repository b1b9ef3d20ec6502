// Windows of extensions, by the settings in force.
#pragma once

#include <optional>

#include "rules/context.hpp"

namespace atz::rules {

// Days that suit all extensions of the file. Not a span (last before first) when no day does; nullopt without any
// readable current end. EX012.
std::optional<model::DateSpan> common_window(const Context& context);

}  // namespace atz::rules
