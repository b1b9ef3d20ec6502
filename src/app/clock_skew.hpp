// Whether this computer's clock agrees with a payer's.
#pragma once

#include <optional>

#include "atz/app/checkup.hpp"

namespace atz::app {

// Nothing when the payer does not tell the time. Sign-in by key breaks from five minutes on, and windows are counted in
// days: less than a minute is nobody's concern.
std::optional<Checkup> clock_skew(std::optional<Instant> theirs, Instant ours);

}  // namespace atz::app
