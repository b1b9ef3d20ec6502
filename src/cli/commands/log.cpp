#include <fmt/format.h>

#include <algorithm>

#include "atz/app/ledger_care.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/counted.hpp"
#include "cli/log_json.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

// A noted head that was cut short could be anything's.
constexpr std::size_t kHeadLength = 64;

ExitCode verify(Invocation& invocation, bool json) {
  auto& terminal = invocation.terminal();
  const std::string noted = invocation.value_or("--head", "");
  const bool hexadecimal = noted.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!noted.empty() && (noted.size() != kHeadLength || !hexadecimal)) {
    return invocation.fail({Failure::usage, "A head has 64 characters, 0 to 9 and a to f.",
                            "Give the whole line that `atz log --verify` printed when it was noted."});
  }
  const auto check = app::verify_log(invocation.services(), noted);
  if (!check) return invocation.fail(check.error());
  const ExitCode code = check->wrong.empty() ? ExitCode::done : ExitCode::internal;
  if (json) {
    terminal.out(dump({{"schema", "atz/log-verify/1"},
                       {"sound", check->wrong.empty()},
                       {"entries", check->entries},
                       {"head", text_or_null(check->head)},
                       {"wrong", check->wrong}}));
    return code;
  }
  for (const auto& problem : check->wrong) terminal.out(fmt::format("{}\n", problem));
  if (!check->wrong.empty()) {
    terminal.error(terminal.styled_error(Style::red, "error:") +
                   " The log is not as it was written: someone or something changed the ledger.");
    terminal.error(terminal.styled_error(Style::cyan, " help:") +
                   " Copy the state folder as it is, and compare with a backup.");
    return code;
  }
  terminal.out(fmt::format("{}, none changed\n{}", counted(check->entries, "entry", "entries"),
                           check->head.empty() ? "" : fmt::format("head {}\n", check->head)));
  if (noted.empty() && !check->head.empty()) {
    terminal.talk(
        "Note the head somewhere else: atz log --verify --head HEAD later proves that nothing was taken away "
        "from the end either.");
  }
  return code;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const bool json = invocation.value_or("--format", "human") == "json";
  if (invocation.flag("--verify")) return verify(invocation, json);
  if (invocation.flag("--head"))
    return invocation.fail({Failure::usage, "--head goes with --verify.", "Type: atz log --verify --head HEAD"});
  app::LogSettings settings;
  settings.about = invocation.all("ABOUT");
  if (const auto since = invocation.value("--since")) {
    settings.since = model::parse_date(*since);
    if (!settings.since)
      return invocation.fail(
          {Failure::usage, fmt::format("'{}' is no date", printable(*since)), "Write it as 2026-12-07."});
  }
  const auto view = app::read_log(invocation.services(), settings);
  if (!view) return invocation.fail(view.error());
  if (json) {
    terminal.out(dump({{"schema", "atz/log/1"},
                       {"total", view->total},
                       {"head", text_or_null(view->head)},
                       {"entries", log_json(view->entries)}}));
    return ExitCode::done;
  }
  constexpr std::size_t kShown = 12;  // of a digest: enough to compare by eye
  Table table({{"#", true}, {"WHEN"}, {"WHO"}, {"WHAT"}, {"ABOUT"}, {"STATE"}, {"DIGEST"}});
  for (const auto& entry : view->entries) {
    table.add({{std::to_string(entry.sequence)},
               {model::format_instant(entry.at)},
               {entry.actor},
               {entry.action},
               {entry.subject},
               {entry.what},
               {entry.digest.substr(0, kShown)}});
  }
  if (!table.empty()) terminal.out(table.render(terminal));
  if (view->entries.empty()) terminal.talk("The log has no entry of this kind.");
  return ExitCode::done;
}

}  // namespace

const Command& log_command() {
  static const Command kCommand{
      "log",
      "Print who sent what and when, and what the payer answered",
      "The audit trail: one entry for every message that was sent, every answer that changed something, every\n"
      "notification, and every change of the key. An entry is written together with what it tells of, holds no\n"
      "personal data, and is chained to the one before it by a keyed digest, so that a change is found.\n"
      "Exit code: 0 done; with --verify 3 when something was changed.",
      {{"atz log maple-street --since 2026-12-01", ""},
       {"atz log --verify", "prints the head, to be noted somewhere else"},
       {"atz log --verify --head 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", ""}},
      {{"ABOUT", "Homes, batch IDs, trace numbers or Case IDs (default: everything)", false, true, Hint::none, ""}},
      {{"--since", "", "DATE", "From this day in Maine on", "", Hint::none},
       {"--verify", "", "", "Check that nothing was changed", "", Hint::none},
       {"--head", "", "HEAD", "With --verify: a head that was noted earlier must be in the log", "", Hint::none},
       options::format("human|json")},
      run};
  return kCommand;
}

}  // namespace atz::cli
