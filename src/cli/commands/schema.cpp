#include "atz/casefile/fields.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  const auto which = invocation.one("WHICH");
  invocation.terminal().out(which == "config" ? casefile::config_schema() : casefile::home_schema());
  return ExitCode::done;
}

}  // namespace

const Command& schema_command() {
  static const Command kCommand{"schema",
                                "Print the JSON Schema of a file format",
                                "Editors use it for completion and hover: the first line of a case file names it.",
                                {{"atz schema home > home.schema.json", "for case files"}},
                                {{"WHICH", "The format", true, false, Hint::none, "home|config"}},
                                {},
                                run};
  return kCommand;
}

}  // namespace atz::cli
