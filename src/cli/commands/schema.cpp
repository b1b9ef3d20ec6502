#include "atz/casefile/fields.hpp"
#include "atz/casefile/workspace.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  const auto which = invocation.one("WHICH");
  auto& terminal = invocation.terminal();
  if (which == "home") terminal.out(casefile::home_schema());
  if (which == "config") terminal.out(casefile::config_schema());
  if (which == "output") terminal.out(casefile::builtin_data("output.schema.json").value_or(""));
  return ExitCode::done;
}

}  // namespace

const Command& schema_command() {
  static const Command kCommand{
      "schema",
      "Print the JSON Schema of a file format",
      "Editors use it for completion and hover: the first line of a case file names it.",
      {{"atz schema home > home.schema.json", "for case files"}, {"atz schema output", "what --format json prints"}},
      {{"WHICH", "The format", true, false, Hint::none, "home|config|output"}},
      {},
      run};
  return kCommand;
}

}  // namespace atz::cli
