#include <fmt/format.h>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/sandbox_time.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::AskSettings settings;
  settings.as_of = invocation.value("--as-of");
  settings.case_id = invocation.one("CASE");
  settings.text = invocation.value_or("--text", "");
  settings.due = invocation.value("--due");
  settings.kind = invocation.value_or("--kind", "");
  settings.by_update = invocation.flag("--by-update");
  if (const auto line = invocation.value("--line")) {
    auto number = parse_line(*line);
    if (!number) return invocation.fail(number.error());
    settings.line = *number;
  }
  auto result = app::ask(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  tell_time(terminal, result->time);
  const auto& asked = result->asked;
  const std::string due = model::format_date(asked.due);
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump({{"schema", "atz/ask/1"},
                       {"home", asked.about.home_id},
                       {"member", asked.about.label},
                       {"case_id", asked.about.case_id},
                       {"control_number", asked.control_number},
                       {"due", due},
                       {"status", model::to_string(asked.about.status)}}));
    return ExitCode::done;
  }
  terminal.out(fmt::format("Asked about case {} ({} {}) as {}; the answer is due {}.\n", asked.about.case_id,
                           printable(asked.about.home_id), printable(asked.about.label), asked.control_number, due));
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_ask_command() {
  static const Command kCommand{
      "sandbox ask",
      "Ask for additional information, as the embedded payer's reviewers would",
      "The case waits until an answer comes (`atz respond`), or until it is decided without one.",
      {{"atz sandbox ask 900000102 --text 'Who sleeps in at night?'", ""},
       {"atz sandbox ask 900000102 --text 'The plan, please' --kind person-centered-plan --due 2026-12-18", ""}},
      {{"CASE", "A Case ID", true, false, Hint::none, ""}},
      {options::kAsOf,
       options::format("human|json"),
       {"--text", "", "TEXT", "What is asked", "", Hint::none},
       {"--due", "", "DATE", "Last day for the answer (default: in seven days)", "", Hint::none},
       {"--kind", "", "DOCUMENT-TYPE", "The kind of document that is wanted", "", Hint::none},
       {"--line", "", "NUMBER", "About this line of the case only", "", Hint::none},
       {"--by-update", "", "", "Want the answer as an update of the Claim", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
