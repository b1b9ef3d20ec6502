#include <fmt/format.h>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/sandbox_time.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  app::NotifySettings settings;
  settings.folder = invocation.one("DIR");
  settings.off = invocation.flag("--off");
  if (settings.off && !settings.folder.empty()) {
    return invocation.fail({Failure::usage, "Give a DIR, or --off", "For example: atz sandbox notify inbox"});
  }
  const auto result = app::notify(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  tell_time(invocation.terminal(), result->time);
  invocation.terminal().talk(
      settings.off
          ? std::string("The embedded payer leaves no notifications any more.")
          : fmt::format("The embedded payer leaves a notification of every change in {}; atz receive takes them in.",
                        printable(result->folder)));
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_notify_command() {
  static const Command kCommand{
      "sandbox notify",
      "Let the embedded payer leave a notification of every change in a folder",
      "As a gateway would that takes a payer's notifications: each decision, question and deadline becomes a file, "
      "numbered, in\n"
      "the folder that `atz receive` takes in. It holds for all commands until --off.",
      {{"atz sandbox notify", "the folder where atz receive looks"},
       {"atz sandbox notify /tmp/inbox", ""},
       {"atz sandbox notify --off", ""}},
      {{"DIR", "The folder (default: notifications in the state folder)", false, false, Hint::directory, ""}},
      {{"--off", "", "", "Leave no notifications any more", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
