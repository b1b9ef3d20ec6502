#include <fmt/format.h>

#include "atz/app/profiles.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  app::AddProfile wanted;
  wanted.name = invocation.one("NAME");
  wanted.base_url = invocation.value_or("--base-url", "");
  wanted.like = invocation.value("--like");
  wanted.live = invocation.flag("--live");
  for (const auto& text : invocation.all("--set")) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return invocation.fail({Failure::usage, fmt::format("'{}' sets nothing", printable(text)),
                              "Write SETTING=VALUE, for example auth.client_id=our-agency."});
    }
    wanted.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  const auto added = app::add_profile(invocation.services(), wanted);
  if (!added) return invocation.fail(added.error());
  auto& terminal = invocation.terminal();
  terminal.out(added->text);
  terminal.talk(fmt::format("Added to {}. `atz profile test --profile {}` tries it.", added->file, wanted.name));
  return ExitCode::done;
}

}  // namespace

const Command& profile_add_command() {
  static const Command kCommand{
      "profile add",
      "Add a payer to profiles.yaml",
      "Settings are named as `atz profile show` prints them, with dots between the groups. Secrets are never given "
      "here:\n"
      "put them into files that only you can read (mode 0600), and name the files. What is in profiles.yaml already "
      "stays\n"
      "as it is.",
      {{"atz profile add state --base-url https://payer.example/fhir --set auth.mode=private-key-jwt "
        "--set auth.client_id=our-agency --set auth.key_file=state.pem",
        ""},
       {"atz profile add atrezzo --like atrezzo-sandbox --set auth.client_id=ID --set auth.secret_file=secret "
        "--set auth.redirect_uri=https://agency.example/back",
        "start from a built-in profile"}},
      {{"NAME", "What the payer is called on the command line", true, false, Hint::none, ""}},
      {{"--base-url", "", "URL", "Address of its FHIR server", "", Hint::none},
       {"--like", "", "NAME", "Start from the settings of this payer", "", Hint::none},
       {"--live", "", "", "Real people's data go there", "", Hint::none},
       {"--set", "", "SETTING=VALUE", "Any other setting; may be repeated", "", Hint::none, true}},
      run};
  return kCommand;
}

}  // namespace atz::cli
