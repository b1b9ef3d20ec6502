#include "cli/commands/commands.hpp"

namespace atz::cli {

const Command& profile_group() {
  static const Command kCommand{
      "profile",
      "Set up the payers that atz talks to",
      "",
      {{"atz profile add state --base-url https://payer.example/fhir --set auth.mode=none", ""},
       {"atz profile test --profile state", ""}},
      {},
      {},
      nullptr};
  return kCommand;
}

}  // namespace atz::cli
