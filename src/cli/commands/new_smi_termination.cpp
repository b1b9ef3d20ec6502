#include "cli/commands/commands.hpp"
#include "cli/new_file.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  return run_new_request(invocation, app::NewRequest::smi_termination);
}

}  // namespace

const Command& new_smi_termination_command() {
  static const Command kCommand{
      "new smi-termination",
      "Write a case file to end a service of a member with serious mental illness",
      "The service may end only after approval, thirty days after the written notice at the earliest. What only a "
      "person can\n"
      "know is marked CHANGE-ME.",
      {{"atz new smi-termination -o termination.yaml", ""}, {"atz new smi-termination --demo -o demo.yaml", ""}},
      {},
      {options::kNewOutput, options::kNewDemo, options::kNewId, options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
