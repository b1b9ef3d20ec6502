#include "atz/app/new_home.hpp"

#include "atz/app/now.hpp"
#include "cli/commands/commands.hpp"
#include "cli/new_file.hpp"

namespace atz::cli {
namespace {

ExitCode run(Invocation& invocation) {
  const auto& services = invocation.services();
  auto now = app::resolve_now(services, model::sandbox_profile(), invocation.value("--as-of"), app::Effect::none);
  if (!now) return invocation.fail(now.error());
  app::NewHomeSettings settings;
  settings.demo = invocation.flag("--demo");
  settings.id = invocation.value_or("--id", "");
  settings.today = now->today;
  auto text = app::new_home(settings);
  if (!text) return invocation.fail(text.error());
  return write_new_file(invocation, *text);
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
      {options::kNewOutput, options::kNewDemo, options::kNewId, options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
