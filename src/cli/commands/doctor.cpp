#include "atz/app/checkup.hpp"
#include "cli/checkups.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto doctor =
      app::see_doctor(invocation.services(), {invocation.value("--profile"), invocation.flag("--offline")});
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(Json{{"schema", "atz/doctor/1"}, {"checks", checkups_json(doctor.checks)}}));
  } else {
    terminal.out(checkups_text(doctor.checks, terminal));
  }
  return has_problem(doctor.checks) ? ExitCode::findings : ExitCode::done;
}

}  // namespace

const Command& doctor_command() {
  static const Command kCommand{
      "doctor",
      "Look over this computer: clock, files and their modes, profiles, ledger",
      "Reads everything in the ledger once and asks the payer for the time. Repairs nothing: it says what to type.\n"
      "Exit code: 0 nothing is wrong, 1 something is.",
      {{"atz doctor", ""}, {"atz doctor --offline --format json", ""}},
      {},
      {options::format("human|json"), {"--offline", "", "", "Do not talk to the payer", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
