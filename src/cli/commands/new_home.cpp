#include "atz/app/new_home.hpp"

#include <fmt/format.h>

#include "atz/app/now.hpp"
#include "cli/commands/commands.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  const auto& services = invocation.services();
  auto& terminal = invocation.terminal();
  auto now = app::resolve_now(services, model::sandbox_profile(), invocation.value("--as-of"), app::Effect::none);
  if (!now) return invocation.fail(now.error());
  app::NewHomeSettings settings;
  settings.demo = invocation.flag("--demo");
  settings.id = invocation.value_or("--id", "");
  settings.today = now->today;
  auto text = app::new_home(settings);
  if (!text) return invocation.fail(text.error());
  const auto output = invocation.value("--output");
  if (!output || *output == "-") {
    terminal.out(*text);
    return ExitCode::done;
  }
  auto written = services.files.write_new(*output, *text, 0600);
  if (!written) return invocation.fail(written.error());
  if (!*written) {
    return invocation.fail(
        {Failure::usage, fmt::format("{} exists already and was left alone", *output), "Choose another name."});
  }
  terminal.talk(fmt::format("wrote {}; next: atz check {}", *output, *output));
  return ExitCode::done;
}

}  // namespace

const Command& new_group() {
  static const Command kCommand{
      "new", "Write a commented case file to start from", "", {{"atz new home -o my-home.yaml", ""}}, {}, {}, nullptr};
  return kCommand;
}

const Command& new_home_command() {
  static const Command kCommand{
      "new home",
      "Write a case file for a home's first authorization",
      "What only a person can know is marked CHANGE-ME, and `atz check` points at each of them. With --demo every "
      "field holds\n"
      "fake data, so that check and submit pass at once.",
      {{"atz new home -o my-home.yaml", ""},
       {"atz new home --demo -o maple-street.yaml", "to try things with the embedded payer"}},
      {},
      {{"--output", "-o", "FILE", "Write here (never over an existing file); default: standard output", "", Hint::file},
       {"--demo", "", "", "Fill in fake data", "", Hint::none},
       {"--id", "", "NAME", "The home's name on the command line", "", Hint::none},
       options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
