// Windows of extensions, by the settings in force.
#pragma once

#include <optional>

#include "rules/context.hpp"

namespace atz::rules {

// Days on which an authorization may be extended whose last covered day is `end`; both inclusive. EX003 to EX005.
model::DateSpan extension_days(const model::Settings& settings, model::Date end);

// Days that suit all extensions of the file. Not a span (last before first) when no day does; nullopt without any
// readable current end. EX012.
std::optional<model::DateSpan> common_window(const Context& context);

}  // namespace atz::rules
