#include <fmt/format.h>

#include "atz/app/ledger_care.hpp"
#include "cli/commands/commands.hpp"
#include "cli/counted.hpp"
#include "cli/json.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto check = app::verify_ledger(invocation.services());
  if (!check) return invocation.fail(check.error());
  const ExitCode code = check->wrong.empty() ? ExitCode::done : ExitCode::internal;
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump({{"schema", "atz/ledger-verify/1"},
                       {"sound", check->wrong.empty()},
                       {"submissions", check->submissions},
                       {"messages", check->messages},
                       {"log_entries", check->log.entries},
                       {"log_head", text_or_null(check->log.head)},
                       {"key_is_changing", check->key_is_changing},
                       {"wrong", check->wrong}}));
    return code;
  }
  for (const auto& problem : check->wrong) terminal.out(fmt::format("{}\n", problem));
  if (!check->wrong.empty()) {
    terminal.error(terminal.styled_error(Style::red, "error:") +
                   fmt::format(" The ledger is not as it was written ({} found).", check->wrong.size()));
    terminal.error(terminal.styled_error(Style::cyan, " help:") +
                   " Copy the state folder as it is, then `atz ledger restore` a backup. Send nothing before.");
    return code;
  }
  if (!check->there) {
    terminal.out("Nothing was ever sent from here: there is no ledger yet.\n");
  } else {
    terminal.out(fmt::format(
        "The ledger is sound: {}, {}, {}.\n", counted(check->submissions, "submission", "submissions"),
        counted(check->messages, "message", "messages"), counted(check->log.entries, "log entry", "log entries")));
    if (!check->log.head.empty()) terminal.out(fmt::format("Head of the log: {}\n", check->log.head));
  }
  if (check->key_is_changing) terminal.talk("A change of the key was interrupted: type atz ledger rekey to finish it.");
  return code;
}

}  // namespace

const Command& ledger_verify_command() {
  static const Command kCommand{
      "ledger verify",
      "Read everything in the ledger and say whether it is sound",
      "Checks the file, every reference in it, that every sealed value opens, and the audit trail. Changes\n"
      "nothing.\n"
      "Exit code: 0 sound, 3 not.",
      {{"atz ledger verify", ""}, {"atz ledger verify --format json", ""}},
      {},
      {options::format("human|json")},
      run};
  return kCommand;
}

}  // namespace atz::cli
