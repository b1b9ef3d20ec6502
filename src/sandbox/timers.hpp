// Everything that happens by itself, at its own time and in the order of time, however far the clock has moved.
#pragma once

#include <vector>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/office.hpp"

namespace atz::sandbox {

// Runs what is due, in a transaction of its own; cheap when nothing is.
Result<std::vector<Happened>> run_timers(Store& store, Instant now, const MakeCalendar& calendar);

}  // namespace atz::sandbox
