#include "cli/commands/commands.hpp"

namespace atz::cli {

const Command& report_group() {
  static const Command kCommand{"report", "The Daily Authorization Report: print it, or take one in",
                                "",       {{"atz report daily", "what changed today"}},
                                {},       {},
                                nullptr};
  return kCommand;
}

}  // namespace atz::cli
