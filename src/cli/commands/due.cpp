#include "atz/app/due.hpp"

#include <fmt/format.h>

#include "atz/base/duration.hpp"
#include "atz/base/text.hpp"
#include "atz/report/calendar_file.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

constexpr std::int64_t kSecondsOfDay = std::int64_t{24} * 60 * 60;

Json due_json(const app::DueResult& result) {
  Json items = Json::array();
  for (const auto& item : result.items) {
    items.push_back({{"due", model::format_date(item.due)},
                     {"kind", app::to_string(item.kind)},
                     {"overdue", item.overdue},
                     {"home", item.home_id},
                     {"members", item.members},
                     {"case_ids", item.case_ids},
                     {"what", item.what}});
  }
  return {{"schema", "atz/due/1"},
          {"as_of", model::format_instant(result.now.at)},
          {"payer", result.profile},
          {"items", items}};
}

// "in 5 days", "today", "2 days ago"
std::string distance(model::Date due, model::Date today) {
  const auto days = (due - today).count();
  if (days == 0) return "today";
  const auto count = days < 0 ? -days : days;
  const std::string words = fmt::format("{} day{}", count, count == 1 ? "" : "s");
  return days < 0 ? words + " ago" : "in " + words;
}

std::string due_table(const app::DueResult& result, const Terminal& terminal) {
  Table table({{"DUE"}, {""}, {"HOME"}, {"MEMBERS"}, {"WHAT"}});
  for (const auto& item : result.items) {
    const auto style = item.overdue ? Style::red : Style::plain;
    table.add({{fmt::format("{} {}", model::format_date(item.due), model::weekday_name(item.due).substr(0, 3)), style},
               {distance(item.due, result.now.today), style},
               {item.home_id},
               {fmt::format("{}", fmt::join(item.members, ", "))},
               {item.what}});
  }
  return table.empty() ? "" : table.render(terminal);
}

std::string calendar_of(const app::DueResult& result) {
  std::vector<report::CalendarDay> days;
  for (const auto& item : result.items) {
    const std::string members = fmt::format("{}", fmt::join(item.members, ", "));
    std::string description = item.what;
    if (!item.case_ids.empty()) description += fmt::format("\nCases: {}", fmt::join(item.case_ids, ", "));
    days.push_back({item.due,
                    fmt::format("{}-{}-{}-{}", item.home_id, app::to_string(item.kind), model::format_date(item.due),
                                fmt::join(item.members, "-")),
                    fmt::format("{} {}: {}", item.home_id, members, item.what), std::move(description)});
  }
  return report::calendar_file(days, result.now.at);
}

Result<app::DueSettings> settings_of(const Invocation& invocation) {
  app::DueSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  if (const auto within = invocation.value("--within")) {
    const auto duration = parse_duration(*within);
    if (!duration || duration->count() % kSecondsOfDay != 0)
      return fail(Failure::usage, fmt::format("'{}' is not a number of days", printable(*within)), "Write 30d.");
    settings.within_days = static_cast<int>(duration->count() / kSecondsOfDay);
  }
  return settings;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto settings = settings_of(invocation);
  if (!settings) return invocation.fail(settings.error());
  const auto result = app::due(invocation.services(), *settings);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty()) terminal.talk(result->now.note);
  if (const auto file = invocation.value("--ics")) {
    const std::string text = calendar_of(*result);
    if (*file == "-") {
      terminal.out(text);
      return result->overdue() ? ExitCode::findings : ExitCode::done;
    }
    if (auto written = invocation.services().files.write_atomic(*file, text, 0600); !written)
      return invocation.fail(written.error());
    terminal.talk(
        fmt::format("wrote {} day{} to {}", result->items.size(), result->items.size() == 1 ? "" : "s", *file));
  }
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(due_json(*result)));
  } else {
    terminal.out(due_table(*result, terminal));
    if (result->items.empty()) terminal.talk(fmt::format("Nothing is due in the next {} days.", settings->within_days));
  }
  return result->overdue() ? ExitCode::findings : ExitCode::done;
}

}  // namespace

const Command& due_command() {
  static const Command kCommand{
      "due",
      "Show what must happen by when",
      "Windows of extensions that open and close, add-ons to renew, answers that are expected, questions to answer, "
      "days to\n"
      "ask for a hearing, submissions to settle: from what was sent and decided, without asking anybody. Run "
      "`atz status`\n"
      "first to know the latest decisions.\n"
      "Exit code: 0 nothing is overdue, 1 something is.",
      {{"atz due", "the next 30 days"},
       {"atz due --within 90d --ics atz.ics", "as a file for a calendar program"},
       {"atz due --format json", "for a script"}},
      {},
      {options::kAsOf,
       options::format("human|json"),
       {"--within", "", "DAYS", "Look that far ahead, for example 90d (default: 30d)", "", Hint::none},
       {"--ics", "", "FILE", "Also write an iCalendar file; - for standard output", "", Hint::file}},
      run};
  return kCommand;
}

}  // namespace atz::cli
