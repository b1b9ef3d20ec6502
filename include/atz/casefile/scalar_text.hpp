// Values as YAML, for texts that are written from nothing.
#pragma once

#include <string>
#include <string_view>

namespace atz::casefile {

// The text as a scalar, quoted where it has to be. `flow`: it stands inside brackets or braces.
std::string scalar_text(std::string_view text, bool flow);

}  // namespace atz::casefile
