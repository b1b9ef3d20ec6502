#include "atz/app/sandbox_desk.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  if (auto done = app::reset_sandbox(invocation.services()); !done) return invocation.fail(done.error());
  invocation.terminal().talk(
      "The embedded payer has forgotten everything and runs on real time; so has the ledger, as far as it was sent "
      "there.");
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_reset_command() {
  static const Command kCommand{"sandbox reset",
                                "Start over with the embedded payer",
                                "Forgets its cases, members, clock and whom it notifies, and what the ledger knows of "
                                "submissions to it. Other payers' "
                                "cases stay.",
                                {},
                                {},
                                {},
                                run};
  return kCommand;
}

}  // namespace atz::cli
