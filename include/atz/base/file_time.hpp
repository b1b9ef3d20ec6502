// When a file on the real disk was last written.
#pragma once

#include <optional>
#include <string>

#include "atz/base/clock.hpp"

namespace atz {

// Symbolic links are followed; nullopt when the file can't be looked at.
std::optional<Instant> last_written(const std::string& path);

}  // namespace atz
