#include <fmt/format.h>

#include "atz/app/ledger_care.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/counted.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto restored =
      app::restore_ledger(invocation.services(), invocation.one("FILE"), invocation.flag("--replace"));
  if (!restored) return invocation.fail(restored.error());
  terminal.talk(fmt::format("restored {} and {}", counted(restored->messages, "message", "messages"),
                            counted(restored->entries, "log entry", "log entries")));
  if (!restored->set_aside.empty())
    terminal.talk(fmt::format("the ledger that was here is now {}", printable(restored->set_aside)));
  if (restored->last) {
    terminal.talk(
        fmt::format("The backup knows what was sent and came until {}. Whatever was sent later is not known here: look "
                    "it up at the "
                    "payer before you submit those homes again.",
                    model::format_instant(*restored->last)));
  }
  return ExitCode::done;
}

}  // namespace

const Command& ledger_restore_command() {
  static const Command kCommand{
      "ledger restore",
      "Put a backup in the place of the ledger",
      "The backup is verified with the key file in the state folder before anything is changed. A ledger that\n"
      "is there is set aside, and one that knows more than the backup is replaced only with --replace: atz\n"
      "would send again what it does not know it has sent.\n"
      "Exit code: 0 done, 2 the ledger knows more, 3 the backup or the ledger can't be read; nothing was\n"
      "changed then.",
      {{"atz ledger restore /backup/atz-2026-12-07.db", ""}},
      {{"FILE", "What `atz ledger backup` wrote", true, false, Hint::file, ""}},
      {{"--replace", "", "", "Also when the ledger knows more, or can't be read", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
