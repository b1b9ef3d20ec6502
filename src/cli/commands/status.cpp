#include "atz/app/status.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/duration.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/status_view.hpp"

namespace atz::cli {
namespace {

Json status_json(const app::StatusResult& result) {
  Json cases = Json::array();
  for (std::size_t i = 0; i < result.cases.size(); ++i) {
    cases.push_back(case_json(result.cases[i], result.continuations[i]));
  }
  Json homes = Json::array();
  for (const auto& home : result.homes) {
    Json row = {{"home", home.home_id}, {"state", app::to_string(home.state)}};
    row["weekly_hours"] = hours_or_null(home.rate ? std::optional(home.rate->hours) : std::nullopt);
    row["estimated_day_rate"] = home.rate ? Json(model::format_money(home.rate->day_rate)) : Json(nullptr);
    homes.push_back(std::move(row));
  }
  return {{"schema", "atz/status/1"},
          {"as_of", model::format_instant(result.now.at)},
          {"payer", result.profile},
          {"cases", cases},
          {"homes", homes}};
}

std::string home_text(const app::HomeState& home) {
  std::string word(app::to_string(home.state));
  std::replace(word.begin(), word.end(), '_', ' ');
  std::string text = fmt::format("{}: {}", home.home_id, word);
  if (home.state == app::HomeState::State::mixed) text = home.home_id + ": decided, with different outcomes";
  if (home.rate) {
    text += fmt::format("; estimated day rate {} dollars for each member ({} hours x {} / 7 / {})",
                        model::format_money(home.rate->day_rate), model::format_hours(home.rate->hours),
                        model::format_money(home.rate->hourly), home.rate->members);
  }
  return text + "\n";
}

std::string status_table(const app::StatusResult& result, const Terminal& terminal) {
  std::string text = cases_table(result.cases, result.continuations, terminal);
  for (const auto& home : result.homes) text += home_text(home);
  return text + caution(result.cases);
}

ExitCode code_of(const app::StatusResult& result, bool changes) {
  if (result.has_unknown()) return ExitCode::unknown_outcome;
  if (result.failed) return exit_code(result.error.failure);
  if (result.needs_person()) return ExitCode::findings;
  if (!changes && result.pending()) return ExitCode::pending;
  return ExitCode::done;
}

Result<app::StatusSettings> settings_of(const Invocation& invocation) {
  app::StatusSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.which = invocation.all("HOME-OR-CASE");
  settings.offline = invocation.flag("--offline");
  settings.changes = invocation.flag("--changes");
  settings.force = invocation.flag("--force");
  settings.all = invocation.flag("--all");
  const auto wait = invocation.value("--wait");
  if (wait) settings.wait = *wait == "decided" ? app::StatusSettings::Wait::decided : app::StatusSettings::Wait::change;
  if (wait && settings.offline)
    return fail(Failure::usage, "--wait asks the payer, --offline does not", "Leave one of them out.");
  if (const auto timeout = invocation.value("--timeout")) {
    if (!wait) return fail(Failure::usage, "--timeout goes with --wait");
    auto duration = parse_duration(*timeout);
    if (!duration) return tl::make_unexpected(duration.error());
    settings.timeout = *duration;
  }
  return settings;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto settings = settings_of(invocation);
  if (!settings) return invocation.fail(settings.error());
  auto result = app::status(invocation.services(), *settings);
  if (!result) return invocation.fail(result.error());
  const bool silent = settings->changes && result->cases.empty();
  if (!silent && !result->now.note.empty()) terminal.talk(result->now.note);
  if (!silent && !result->live && !result->cases.empty()) {
    terminal.talk(fmt::format("payer '{}' is a sandbox: nothing here is real", result->profile));
  }
  if (invocation.value_or("--format", "human") == "json") {
    if (!silent) terminal.out(dump(status_json(*result)));
  } else {
    terminal.out(status_table(*result, terminal));
    if (result->cases.empty() && !settings->changes) terminal.talk("Nothing was sent from here yet.");
  }
  if (result->not_yet > 0 && !silent) {
    terminal.talk(fmt::format("{} cases were asked about a short time ago and left out; --force asks all the same.",
                              result->not_yet));
  }
  if (result->timed_out) terminal.talk("The time of --timeout is over.");
  if (result->failed) invocation.fail(result->error);
  if (!settings->offline) {
    if (terminal.flush_out() != 0) {
      terminal.error("The changes do not count as told: `atz status --changes` tells them again.");
      return ExitCode::internal;
    }
    if (auto marked = app::mark_reported(invocation.services(), *result); !marked)
      return invocation.fail(marked.error());
  }
  return code_of(*result, settings->changes);
}

}  // namespace

const Command& status_command() {
  static const Command kCommand{
      "status",
      "Ask about open cases and show what was decided",
      "All open cases travel in one inquiry; decided ones are never asked about again. With --changes only what "
      "changed since\n"
      "the last status of the same cases is printed, and nothing at all when nothing changed: made for cron. A "
      "provider must\n"
      "watch for questions of the reviewers: run it at least once every business day.\n"
      "Exit code: 0 nothing needs you, 1 a denial, a partial approval or a question, 5 the payer could not be asked,\n"
      "6 a submission's outcome is unknown, 8 still pending (never with --changes).",
      {{"atz status", "every home"},
       {"atz status --changes", "for cron"},
       {"atz status maple-street --wait decided --timeout 2h", ""},
       {"atz status --offline --format json", "what is known, without asking"}},
      {{"HOME-OR-CASE", "Home IDs or Case IDs (default: all)", false, true, Hint::none, ""}},
      {options::kAsOf,
       options::format("human|json"),
       {"--changes", "", "", "Only what changed since the last status", "", Hint::none},
       {"--offline", "", "", "Ask nobody", "", Hint::none},
       {"--all", "", "", "Also requests that are over and done with", "", Hint::none},
       {"--wait", "", "FOR", "Ask again and again until then", "decided|change", Hint::none},
       {"--timeout", "", "TIME", "Give up waiting after 90s, 15m, 2h, 1d", "", Hint::none},
       {"--force", "", "", "Ask even if the payer wants longer pauses", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
