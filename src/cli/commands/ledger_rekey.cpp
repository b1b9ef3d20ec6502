#include <fmt/format.h>

#include "atz/app/ledger_care.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/counted.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto changes = app::change_key(invocation.services());
  if (!changes) return invocation.fail(changes.error());
  terminal.talk(fmt::format("Everything is sealed with a new key now; the key was changed {} so far.",
                            counted(*changes, "time", "times")));
  terminal.talk(
      fmt::format("Make a new backup, and keep a copy of {} apart from it: earlier backups open only with the key file "
                  "of their time.",
                  printable(app::key_path(invocation.services()))));
  return ExitCode::done;
}

}  // namespace

const Command& ledger_rekey_command() {
  static const Command kCommand{
      "ledger rekey",
      "Make a new key and seal everything with it",
      "Ledger and embedded payer are sealed anew, and what the former key had sealed is wiped from their files;\n"
      "tokens are thrown away, so that the next command signs in again. When it is interrupted, everything\n"
      "still works, and the same command finishes it. Stop `atz sandbox serve` before.\n"
      "Exit code: 0 done, 3 the ledger is damaged (its key stays), 11 another atz is at work.",
      {{"atz ledger rekey", ""}},
      {},
      {},
      run};
  return kCommand;
}

}  // namespace atz::cli
