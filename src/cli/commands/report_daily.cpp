#include <fmt/format.h>

#include "atz/app/daily_report.hpp"
#include "atz/base/file.hpp"
#include "atz/base/text.hpp"
#include "atz/report/mask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

constexpr unsigned kPrivate = 0600;

Json daily_json(const app::DailyResult& result, bool from_payer) {
  Json rows = Json::array();
  for (const auto& row : result.rows) {
    Json json = Json::object();
    for (const auto column : report::kDailyColumns) json[std::string(column)] = text_or_null(row.get(column));
    rows.push_back(std::move(json));
  }
  return {{"schema", "atz/report-daily/1"},
          {"as_of", model::format_instant(result.now.at)},
          {"payer", result.profile},
          {"source", from_payer ? "payer" : "ledger"},
          {"date", model::format_date(result.day)},
          {"rows", rows}};
}

std::string arrow(const std::string& from, const std::string& to, std::string_view between) {
  return from.empty() || from == to ? to : from + std::string(between) + to;
}

std::string plain(std::string text) {
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  return printable(text);
}

// The columns that a person looks at; the other formats have all of them.
std::string daily_table(const app::DailyResult& result, const Terminal& terminal) {
  Table table({{"CASE ID"},
               {"MEMBER"},
               {"NAME"},
               {"LOCATION"},
               {"CODE"},
               {"HOURS", true},
               {"STATUS"},
               {"CHANGED"},
               {"TO DO"},
               {"BY"}});
  for (const auto& row : result.rows) {
    const auto cell = [&](std::string_view column) { return printable(row.get(column)); };
    const std::string code = row.get("code") + (row.get("modifiers").empty() ? "" : " " + row.get("modifiers"));
    const auto& approved = row.get("weekly_hours_approved");
    const auto& asked = row.get("weekly_hours_requested");
    table.add({{cell("case_id")},
               {cell("member_id")},
               {row.get("member_name") == "…" ? "" : cell("member_name")},
               {cell("location")},
               {printable(code)},
               {printable(approved.empty() ? asked : fmt::format("{} of {}", approved, asked))},
               {plain(arrow(row.get("previous_status"), row.get("status"), " > "))},
               {cell("status_changed_at").substr(0, 16)},
               {cell("action_needed")},
               {cell("action_due")}});
    if (const auto& reason = row.get("determination_reason"); !reason.empty()) table.add_note(printable(reason));
  }
  return table.empty() ? "" : table.render(terminal);
}

std::string format_of(const Invocation& invocation) {
  if (const auto format = invocation.value("--format")) return *format;
  const std::string extension = path::extension(invocation.value_or("--output", ""));
  if (extension == "csv" || extension == "json") return extension;
  return extension == "html" || extension == "htm" ? "html" : "table";
}

std::string text_of(const app::DailyResult& result, const std::string& format, bool from_payer,
                    const Terminal& terminal) {
  if (format == "csv") return report::daily_csv(result.rows);
  if (format == "json") return dump(daily_json(result, from_payer));
  if (format == "html") return report::paper_html(report::daily_paper(result.rows, result.day, result.profile));
  return daily_table(result, terminal);
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::DailySettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.date = invocation.value("--date");
  settings.from_payer = invocation.flag("--payer");
  auto result = app::daily_report(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty()) terminal.talk(result->now.note);
  if (settings.from_payer && !result->live)
    terminal.talk(fmt::format("payer '{}' is a sandbox: nothing here is real", result->profile));
  if (!invocation.flag("--show-phi")) result->rows = report::masked(std::move(result->rows));
  const std::string format = format_of(invocation);
  const std::string text = text_of(*result, format, settings.from_payer, terminal);
  const auto output = invocation.value("--output");
  if (output && *output != "-") {
    if (auto written = invocation.services().files.write_atomic(*output, text, kPrivate); !written)
      return invocation.fail(written.error());
    terminal.talk(fmt::format("wrote {}", *output));
  } else {
    terminal.out(text);
  }
  if (result->rows.empty())
    terminal.talk(fmt::format("No case changed on {} {}{}.", model::weekday_name(result->day),
                              model::format_date(result->day),
                              settings.from_payer ? ", says the payer" : ", as far as is known here"));
  return ExitCode::done;
}

}  // namespace

const Command& report_daily_command() {
  static const Command kCommand{
      "report daily",
      "Print which cases changed on a day in Maine",
      "From what was sent and learned here: run `atz status` first. With --payer the payer's own report is fetched, "
      "for "
      "which our\n"
      "user there needs the Reports right. Names and IDs are masked unless --show-phi; the payer's Case IDs are not.\n"
      "Exit code: 0 done, also when nothing changed; 4 no Reports right; 5 the payer could not be asked; 9 it has no "
      "such report.",
      {{"atz report daily", "today"},
       {"atz report daily --date 2026-12-10 --format csv -o report.csv", "all columns"},
       {"atz report daily --payer", "the payer's own"}},
      {},
      {{"--date", "", "DATE", "The day in Maine (default: today)", "", Hint::none},
       options::format("table|csv|json|html"),
       {"--output", "-o", "FILE", "Write here instead; the ending chooses the format", "", Hint::file},
       {"--payer", "", "", "Fetch the payer's own report", "", Hint::none},
       {"--show-phi", "", "", "Show names and IDs", "", Hint::none},
       options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
