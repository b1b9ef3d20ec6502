#pragma once

#include <chrono>

#include "atz/base/clock.hpp"

namespace atz::model {

using LocalSeconds = std::chrono::local_seconds;  // a wall clock in Maine

LocalSeconds to_maine(Instant instant);
// Earliest instant with that local time; a skipped time becomes the end of the gap.
Instant from_maine(LocalSeconds local);

}  // namespace atz::model
