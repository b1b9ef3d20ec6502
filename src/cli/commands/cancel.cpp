#include <fmt/format.h>

#include "atz/app/case_messages.hpp"
#include "cli/case_message.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  app::CancelSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.case_id = invocation.all("CASE").front();
  settings.reason = invocation.value_or("--reason", "");
  settings.approved = invocation.flag("--approved");
  const auto result = app::cancel(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  return show_case_message(invocation, *result, "atz/cancel/1", "withdrawn");
}

}  // namespace

const Command& cancel_command() {
  static const Command kCommand{
      "cancel",
      "Withdraw a request",
      "Withdraws the newest open request of the case: the whole case, or, when other requests were approved under the "
      "same\nCase ID, only what this one asked for. Other members of the home keep theirs. What was denied needs no "
      "withdrawal;\nwhat was approved is only given up with --approved.\n"
      "Exit code: 0 withdrawn, 1 closed or approved already, 6 nobody knows whether it arrived, 9 the payer refuses.",
      {{"atz cancel 900000101 --reason 'sent for the wrong year'", ""}},
      {{"CASE", "A Case ID", true, false, Hint::none, ""}},
      {options::kAsOf,
       options::format("human|json"),
       {"--reason", "", "TEXT", "Why, for the reviewer", "", Hint::none},
       {"--approved", "", "", "Give up what was approved", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
