#include <fmt/format.h>

#include "atz/app/case_messages.hpp"
#include "cli/case_message.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

Result<app::RespondSettings> settings_of(const Invocation& invocation) {
  app::RespondSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.case_id = invocation.all("CASE").front();
  settings.question = invocation.value("--question");
  settings.answers = invocation.all("--answer");
  settings.note = invocation.value_or("--note", "");
  const auto files = invocation.all("--attach");
  const auto types = invocation.all("--type");
  if (files.size() != types.size()) {
    return fail(Failure::usage,
                fmt::format("{} files are attached, and {} types are given", files.size(), types.size()),
                "Each --attach FILE needs its --type TYPE, in the same order.");
  }
  for (std::size_t i = 0; i < files.size(); ++i) settings.files.push_back({files[i], types[i]});
  return settings;
}

ExitCode run(Invocation& invocation) {
  const auto settings = settings_of(invocation);
  if (!settings) return invocation.fail(settings.error());
  const auto result = app::respond(invocation.services(), *settings);
  if (!result) return invocation.fail(result.error());
  return show_case_message(invocation, *result, "atz/respond/1", "answered");
}

}  // namespace

const Command& respond_command() {
  static const Command kCommand{
      "respond",
      "Answer a reviewer's question",
      "Sends documents, answers to questions of a questionnaire and a note to the payer; the case goes back into "
      "review. "
      "What\nis asked, and by when, is shown by `atz status`.\n"
      "Exit code: 0 answered, 1 nothing is asked or a file can't be sent, 6 nobody knows whether it arrived, 9 the "
      "payer "
      "refuses.",
      {{"atz respond 900000102 --attach plan.pdf --type person-centered-plan", ""},
       {"atz respond 900000102 --answer 3.1.1='Gets up at night.' --note 'as phoned'", ""},
       {"atz respond 900000103 --answer medical-add-on:2='six times a day'", "a question of another questionnaire"}},
      {{"CASE", "A Case ID", true, false, Hint::none, ""}},
      {options::kAsOf,
       options::format("human|json"),
       {"--attach", "", "FILE", "A document (several times)", "", Hint::file, true},
       {"--type", "", "TYPE", "Its type, as in case files (once for each document)", "", Hint::none, true},
       {"--answer", "", "QUESTION=ANSWER", "An answer (several times)", "", Hint::none, true},
       {"--note", "", "TEXT", "A note to the reviewer", "", Hint::none},
       {"--question", "", "NUMBER", "Which question, when several are open", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
