#include "atz/app/receive.hpp"

#include <fmt/format.h>

#include <iostream>

#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/status_view.hpp"

namespace atz::cli {
namespace {

using Fate = app::ReceivedFile::Fate;

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::taken:
      return "taken";
    case Fate::known:
      return "known";
    case Fate::waiting:
      return "waiting";
    case Fate::refused:
      break;
  }
  return "refused";
}

Json number_or_null(std::int64_t number) {
  return number > 0 ? Json(number) : Json(nullptr);
}

Json receive_json(const app::ReceiveResult& result) {
  Json files = Json::array();
  for (const auto& file : result.files) {
    files.push_back({{"file", file.name},
                     {"outcome", to_string(file.fate)},
                     {"subscription", text_or_null(file.subscription)},
                     {"first_event", number_or_null(file.first)},
                     {"last_event", number_or_null(file.last)},
                     {"remark", text_or_null(file.remark)}});
  }
  Json lost = Json::array();
  for (const auto& gap : result.lost) {
    lost.push_back(
        {{"subscription", text_or_null(gap.subscription)}, {"first_event", gap.first}, {"last_event", gap.last}});
  }
  Json to_ask = Json::array();
  for (const auto& case_id : result.to_ask) to_ask.push_back(case_id);
  Json cases = Json::array();
  for (std::size_t i = 0; i < result.cases.size(); ++i) {
    cases.push_back(case_json(result.cases[i], result.continuations[i]));
  }
  return {{"schema", "atz/receive/1"},
          {"as_of", model::format_instant(result.now.at)},
          {"payer", result.profile},
          {"cases", cases},
          {"files", files},
          {"lost", lost},
          {"to_ask", to_ask},
          {"error", result.stopped ? Json(result.stopped->message) : Json(nullptr)}};
}

std::size_t count_of(const app::ReceiveResult& result, Fate fate) {
  std::size_t count = 0;
  for (const auto& file : result.files) count += file.fate == fate ? 1 : 0;
  return count;
}

std::string numbers_of(std::int64_t first, std::int64_t last) {
  return first == last ? fmt::format("notification {} was lost", first)
                       : fmt::format("notifications {} to {} were lost", first, last);
}

void talk(const app::ReceiveResult& result, Terminal& terminal) {
  for (const auto& file : result.files) {
    if (file.remark.empty()) continue;
    const std::string line = fmt::format("{}: {}", printable(file.name), printable(file.remark));
    if (file.fate == Fate::refused) {
      terminal.error(terminal.styled_error(Style::red, "refused:") + " " + line);
    } else {
      terminal.talk(line);
    }
  }
  for (const auto& gap : result.lost) {
    terminal.error(terminal.styled_error(Style::yellow, "warning:") + " " + numbers_of(gap.first, gap.last) +
                   (gap.subscription.empty() ? "" : " (" + printable(gap.subscription) + ")") + ": run atz status");
  }
  const auto taken = count_of(result, Fate::taken);
  if (result.files.empty()) return terminal.talk("No notification has come.");
  std::string text = fmt::format("{} notification{} taken in, {} case{} changed", taken, taken == 1 ? "" : "s",
                                 result.cases.size(), result.cases.size() == 1 ? "" : "s");
  const auto add = [&](Fate fate, std::string_view words) {
    if (const auto count = count_of(result, fate); count > 0) text += fmt::format(", {} {}", count, words);
  };
  add(Fate::known, "known already");
  add(Fate::waiting, "still being written");
  add(Fate::refused, "refused");
  terminal.talk(text);
}

// A little more than a notification may have tells that there is too much, however much there is.
std::string read_input() {
  std::string text, part(65536, '\0');
  while (text.size() <= app::kMostNotificationBytes) {
    std::cin.read(part.data(), static_cast<std::streamsize>(part.size()));
    const auto count = static_cast<std::size_t>(std::cin.gcount());
    if (count == 0) break;
    text.append(part, 0, count);
  }
  return text;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::ReceiveSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.folder = invocation.one("DIR");
  settings.keep = invocation.flag("--keep");
  if (settings.folder == "-") settings.text = read_input();
  const auto result = app::receive(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty() && !result->files.empty()) terminal.talk(result->now.note);
  if (!result->live && !result->cases.empty()) {
    terminal.talk(fmt::format("payer '{}' is a sandbox: nothing here is real", result->profile));
  }
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(receive_json(*result)));
  } else {
    terminal.out(cases_table(result->cases, result->continuations, terminal) + caution(result->cases));
  }
  talk(*result, terminal);
  if (result->stopped) return invocation.fail(*result->stopped);
  return result->needs_person() ? ExitCode::findings : ExitCode::done;
}

}  // namespace

const Command& receive_command() {
  static const Command kCommand{
      "receive",
      "Take in notifications of the payer's that a gateway left in a folder",
      "A payer that notifies sends each change of a case by itself. A gateway takes these messages and leaves every "
      "one "
      "as a\n"
      "file in a folder; this command takes in all *.json files there, in the payer's order, and prints what changed "
      "as "
      "status\n"
      "does. What was taken in goes to the folder's done, what can't be read or is about somebody else's case to "
      "refused, with\n"
      "a text that says why. The same notification twice changes nothing. Numbers that are missing were lost on the "
      "way: then\n"
      "`atz status` asks.\n"
      "A file that can't be moved is taken in all the same, and said at the end; --keep moves none.\n"
      "Exit code: 0 done, 1 a denial, a partial approval or a question, an error that the payer reports, a case that "
      "it "
      "only\n"
      "names, a refused file or a gap, 9 an answer about another person than the one whose case it names: nothing of "
      "it "
      "was\n"
      "taken in.",
      {{"atz receive /var/spool/atz/inbox", "what the gateway left there"},
       {"atz receive", "what the embedded payer left in the usual folder"},
       {"atz receive - < notification.json", "one notification"}},
      {{"DIR", "A folder, or - for standard input (default: notifications in the state folder)", false, false,
        Hint::directory, ""}},
      {options::kAsOf,
       options::format("human|json"),
       {"--keep", "", "", "Leave every file where it is", "", Hint::none}},
      run};
  return kCommand;
}

}  // namespace atz::cli
