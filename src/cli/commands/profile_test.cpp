#include <fmt/format.h>

#include "atz/app/checkup.hpp"
#include "cli/checkups.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

Json test_json(const app::ProfileTest& test) {
  return {{"schema", "atz/profile-test/1"},
          {"profile", test.profile},
          {"base_url", text_or_null(test.base_url)},
          {"live", test.live},
          {"error", text_or_null(test.ok ? std::string() : test.error.message)},
          {"checks", checkups_json(test.checks)}};
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  auto name = invocation.value("--profile");
  if (const auto given = invocation.one("NAME"); !given.empty()) name = given;
  const auto test = app::test_profile(invocation.services(), name, invocation.value("--as-of"));
  if (!test) return invocation.fail(test.error());
  if (!test->now.note.empty()) terminal.talk(test->now.note);
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(test_json(*test)));
  } else if (test->ok) {
    terminal.talk(fmt::format("Payer '{}' at {}:", test->profile, test->base_url));
    terminal.out(checkups_text(test->checks, terminal));
  }
  if (!test->ok) return invocation.fail(test->error);
  return has_problem(test->checks) ? ExitCode::findings : ExitCode::done;
}

}  // namespace

const Command& profile_test_command() {
  static const Command kCommand{
      "profile test",
      "Try a payer: sign in, see what it offers and what atz makes of it",
      "Sends no request for anybody.\n"
      "Exit code: 0 usable, 1 something must be set first, 4 sign-in refused, 5 not reachable, 9 no FHIR payer.",
      {{"atz profile test", "the payer that commands use here"}, {"atz profile test state", ""}},
      {{"NAME", "The payer", false, false, Hint::none, ""}},
      {options::format("human|json"), options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
