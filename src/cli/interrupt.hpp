// Ctrl-C: noticed, not obeyed at once, so that what was learned is written down first.
#pragma once

namespace atz::cli {

void watch_for_interrupts();  // SIGINT and SIGTERM; a second one ends the program at once. SIGPIPE is ignored
bool interrupted();

// A descriptor that becomes readable when an interrupt arrived (for loops that wait).
int interrupt_descriptor();

}  // namespace atz::cli
