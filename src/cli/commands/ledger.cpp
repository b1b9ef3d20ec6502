#include "cli/commands/commands.hpp"

namespace atz::cli {

const Command& ledger_group() {
  static const Command kCommand{
      "ledger",
      "Look after the ledger: verify, export, back up, restore, change its key",
      "The ledger is the file in the state folder that says what was sent and what came back. Personal data in it is\n"
      "sealed with the key file beside it.",
      {{"atz ledger verify", ""}, {"atz ledger backup /backup/atz-2026-12-07.db", ""}},
      {},
      {},
      nullptr};
  return kCommand;
}

}  // namespace atz::cli
