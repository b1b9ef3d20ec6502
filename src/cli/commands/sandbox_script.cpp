#include <fmt/format.h>

#include "atz/app/sandbox_desk.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/sandbox_time.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  const std::string file = invocation.one("FILE");
  const bool clear = invocation.flag("--clear");
  if (clear != file.empty()) {
    return invocation.fail({Failure::usage, "Give a FILE, or --clear", "For example: atz sandbox script rules.yaml"});
  }
  std::vector<sandbox::ScriptRule> rules;
  if (!clear) {
    auto read = app::read_script(invocation.services(), file);
    if (!read) return invocation.fail(read.error());
    rules = std::move(*read);
  }
  auto time = app::install_script(invocation.services(), rules);
  if (!time) return invocation.fail(time.error());
  tell_time(invocation.terminal(), *time);
  invocation.terminal().talk(clear ? std::string("The embedded payer follows no script.")
                                   : fmt::format("The embedded payer follows {} {} from now on.", rules.size(),
                                                 rules.size() == 1 ? "rule" : "rules"));
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_script_command() {
  static const Command kCommand{"sandbox script",
                                "Let the embedded payer decide by a script",
                                "A YAML list; the first rule that fits a line of a request decides it:\n"
                                "  - match: {home: maple-street, member: B, line: T2016, request: first}\n"
                                "    decision: partial\n"
                                "    hours: 60.00\n"
                                "    note: evenings are shared\n"
                                "    after: 2d\n"
                                "match may be left out, or any part of it; request is first, continue, change, add-on "
                                "or termination. decision is\n"
                                "approve, partial, deny, ask (note is the question, due its day), agrees, disagrees or "
                                "unanswered. Without after the\n"
                                "decision comes at once.",
                                {{"atz sandbox script rules.yaml", ""}, {"atz sandbox script --clear", ""}},
                                {{"FILE", "The script", false, false, Hint::file, ""}},
                                {{"--clear", "", "", "Follow no script any more", "", Hint::none}},
                                run};
  return kCommand;
}

}  // namespace atz::cli
