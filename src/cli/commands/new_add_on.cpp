#include "cli/commands/commands.hpp"
#include "cli/new_file.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  return run_new_request(invocation, app::NewRequest::add_on);
}

}  // namespace

const Command& new_add_on_command() {
  static const Command kCommand{
      "new add-on",
      "Write a case file for one member's Medical Add-On",
      "More hours for care that a physician ordered, under the case that holds the member's regular hours. With --from "
      "CASE the\n"
      "file holds the member, the agency and the days that are possible; a running add-on is renewed. The order, the "
      "planning\n"
      "team and the questionnaire are marked CHANGE-ME.",
      {{"atz new add-on --from 900000103 -o c-add-on.yaml", ""}, {"atz new add-on --demo -o demo.yaml", ""}},
      {},
      {options::kNewFrom, options::kNewOutput, options::kNewDemo, options::kNewId, options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
