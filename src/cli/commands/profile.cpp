#include "cli/commands/commands.hpp"

namespace atz::cli {

const Command& profile_group() {
  static const Command kCommand{
      "profile", "Payers, and how to sign in to them", "", {{"atz profile keygen > jwks.json", ""}}, {}, {}, nullptr};
  return kCommand;
}

}  // namespace atz::cli
