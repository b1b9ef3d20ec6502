#include <fmt/format.h>

#include "atz/app/ledger_care.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/counted.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const std::string path = invocation.one("FILE");
  const auto saved = app::backup_ledger(invocation.services(), path);
  if (!saved) return invocation.fail(saved.error());
  terminal.talk(fmt::format(
      "wrote {}: {}, {}, {}, verified", printable(path), counted(saved->submissions, "submission", "submissions"),
      counted(saved->messages, "message", "messages"), counted(saved->log.entries, "log entry", "log entries")));
  terminal.talk(
      fmt::format("It opens only with the key file {}: keep a copy of that somewhere else, apart from the backup.",
                  printable(app::key_path(invocation.services()))));
  return ExitCode::done;
}

}  // namespace

const Command& ledger_backup_command() {
  static const Command kCommand{
      "ledger backup",
      "Copy the ledger to a file, also while atz is at work",
      "The ledger is verified first, and a damaged one is not copied. What another atz is writing is in the\n"
      "copy whole or not at all. It stays sealed, and has mode 0600. `atz ledger restore` puts it back.\n"
      "Exit code: 0 done, 3 the ledger is damaged.",
      {{"atz ledger backup /backup/atz-2026-12-07.db", ""}},
      {{"FILE", "Where to write it; a file of that name is replaced", true, false, Hint::file, ""}},
      {},
      run};
  return kCommand;
}

}  // namespace atz::cli
