#include "cli/commands/commands.hpp"
#include "cli/new_file.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  return run_new_request(invocation, app::NewRequest::extension);
}

}  // namespace

const Command& new_extension_command() {
  static const Command kCommand{
      "new extension",
      "Write a case file to extend a home's authorizations",
      "The staff is shared, so all members of the home are asked for again, together, from 30 to 5 days before the "
      "current end.\n"
      "With --from the file holds what was sent before and what was approved: people, addresses, hours, answers, the "
      "staffing\n"
      "pattern. What only a person can know is marked CHANGE-ME, and `atz check` points at each of them.",
      {{"atz new extension --from maple-street -o maple-street-2028.yaml", "the home of that name, or of that Case ID"},
       {"atz new extension --demo -o demo.yaml", "to see a complete one"}},
      {},
      {options::kNewFrom, options::kNewOutput, options::kNewDemo, options::kNewId, options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
