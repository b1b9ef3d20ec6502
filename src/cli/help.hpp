// --help: examples first, then what can be said.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace atz::cli {

std::string overview(const Terminal& terminal);                      // of atz itself
std::string help(const Command& command, const Terminal& terminal);  // of a command or group

}  // namespace atz::cli
