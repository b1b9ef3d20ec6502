#include <fmt/format.h>

#include "cli/commands/commands.hpp"

namespace atz::cli {

const Command& sandbox_group() {
  static const Command kCommand{"sandbox",
                                "The payer that is built into atz: serve it, decide its cases, set its clock",
                                "The embedded payer accepts what a real payer would accept and refuses what it would "
                                "refuse. It keeps its cases in its own\n"
                                "sealed file. Nothing in it is real, and it listens on this computer only.",
                                {{"atz sandbox review maple-street --auto", "the reviewers look at what was sent"},
                                 {"atz sandbox serve", "let other programs talk to it"}},
                                {},
                                {},
                                nullptr};
  return kCommand;
}

}  // namespace atz::cli
