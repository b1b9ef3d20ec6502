#include "cli/commands/commands.hpp"

namespace atz::cli {

const Command& member_group() {
  static const Command kCommand{
      "member", "Look members up at the payer", "", {{"atz member find --id 99000001A", ""}}, {}, {}, nullptr};
  return kCommand;
}

}  // namespace atz::cli
