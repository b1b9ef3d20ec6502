#include <fmt/format.h>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/duration.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/sandbox_time.hpp"
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

ExitCode print(Invocation& invocation, const Result<app::DeskTime>& time) {
  if (!time) return invocation.fail(time.error());
  auto& terminal = invocation.terminal();
  if (!time->now.note.empty()) terminal.talk(time->now.note);
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump({{"schema", "atz/clock/1"},
                       {"now", model::format_instant(time->now.at)},
                       {"standing", time->now.standing},
                       {"happened", happened_json(time->happened)}}));
    return ExitCode::done;
  }
  for (const auto& one : time->happened) terminal.out(happened_line(one) + "\n");
  return ExitCode::done;
}

ExitCode set(Invocation& invocation) {
  return print(invocation, app::set_clock(invocation.services(), invocation.one("DATE")));
}

ExitCode advance(Invocation& invocation) {
  auto by = parse_duration(invocation.one("TIME"));
  if (!by) return invocation.fail(by.error());
  return print(invocation, app::advance_clock(invocation.services(), *by));
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
                                "What comes due at the payer until then happens, in order, and is printed.",
                                {{"atz sandbox clock set 2026-12-07T10:05", ""}},
                                {{"DATE", "A day, or a time in Maine", true, false, Hint::none, ""}},
                                {options::format("human|json")},
                                set};
  return kCommand;
}

const Command& sandbox_clock_advance_command() {
  static const Command kCommand{"sandbox clock advance",
                                "Move the clock on",
                                "What comes due at the payer on the way happens, in order, and is printed.",
                                {{"atz sandbox clock advance 30d", ""}},
                                {{"TIME", "How far: 90s, 15m, 2h, 1d", true, false, Hint::none, ""}},
                                {options::format("human|json")},
                                advance};
  return kCommand;
}

}  // namespace atz::cli
