// Lengths of time as typed: 90s, 15m, 2h, 1d.
#pragma once

#include <chrono>
#include <string>

#include "atz/base/result.hpp"

namespace atz {

Result<std::chrono::seconds> parse_duration(const std::string& text);  // more than zero, below a million units

}  // namespace atz
