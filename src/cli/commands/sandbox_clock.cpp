#include <fmt/format.h>

#include "atz/app/now.hpp"
#include "atz/sandbox/sandbox.hpp"
#include "cli/commands/commands.hpp"
#include "cli/duration.hpp"
#include "cli/json.hpp"

namespace atz::cli {
namespace {

ExitCode show(Invocation& invocation) {
  auto now = app::resolve_now(invocation.services(), model::sandbox_profile(), std::nullopt, app::Effect::none);
  if (!now) return invocation.fail(now.error());
  if (invocation.value_or("--format", "human") == "json") {
    invocation.terminal().out(
        dump({{"schema", "atz/clock/1"}, {"now", model::format_instant(now->at)}, {"standing", now->standing}}));
  } else {
    invocation.terminal().out(
        fmt::format("{} ({})\n", model::format_instant(now->at), now->standing ? "stands" : "real time"));
  }
  return ExitCode::done;
}

ExitCode set(Invocation& invocation) {
  auto now = app::resolve_now(invocation.services(), model::sandbox_profile(), invocation.one("DATE"),
                              app::Effect::moves_clock);
  if (!now) return invocation.fail(now.error());
  invocation.terminal().talk(now->note);
  return ExitCode::done;
}

ExitCode advance(Invocation& invocation) {
  auto by = parse_duration(invocation.one("TIME"));
  if (!by) return invocation.fail(by.error());
  auto now = app::resolve_now(invocation.services(), model::sandbox_profile(), std::nullopt, app::Effect::none);
  if (!now) return invocation.fail(now.error());
  sandbox::SandboxClock clock(invocation.services().files, invocation.services().state_dir);
  if (auto moved = clock.move_to(now->at + *by); !moved) return invocation.fail(moved.error());
  invocation.terminal().talk(fmt::format("sandbox clock stands at {}", model::format_instant(now->at + *by)));
  return ExitCode::done;
}

}  // namespace

const Command& sandbox_clock_group() {
  static const Command kCommand{"sandbox clock",
                                "The embedded payer's clock",
                                "Real time until it is set (by --as-of, too); then it stands until it is moved on.\n"
                                "It never goes back, except by `atz sandbox reset`, which forgets everything.",
                                {{"atz sandbox clock advance 1d", "the next day"}},
                                {},
                                {},
                                nullptr};
  return kCommand;
}

const Command& sandbox_clock_show_command() {
  static const Command kCommand{
      "sandbox clock show", "Show the time at the embedded payer", "", {}, {}, {options::format("human|json")}, show};
  return kCommand;
}

const Command& sandbox_clock_set_command() {
  static const Command kCommand{"sandbox clock set",
                                "Let the clock stand at a day or time",
                                "",
                                {{"atz sandbox clock set 2026-12-07T10:05", ""}},
                                {{"DATE", "A day, or a time in Maine", true, false, Hint::none, ""}},
                                {},
                                set};
  return kCommand;
}

const Command& sandbox_clock_advance_command() {
  static const Command kCommand{"sandbox clock advance",
                                "Move the clock on",
                                "",
                                {{"atz sandbox clock advance 30d", ""}},
                                {{"TIME", "How far: 90s, 15m, 2h, 1d", true, false, Hint::none, ""}},
                                {},
                                advance};
  return kCommand;
}

}  // namespace atz::cli
