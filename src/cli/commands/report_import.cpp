#include <fmt/format.h>

#include "atz/app/daily_report.hpp"
#include "atz/app/status.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/status_words.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

Json texts(const std::vector<std::string>& all) {
  Json json = Json::array();
  for (const auto& text : all) json.push_back(text);
  return json;
}

Json import_json(const app::ImportResult& result) {
  Json changed = Json::array();
  for (const auto& record : result.changed) {
    changed.push_back({{"home", record.home_id},
                       {"member", record.label},
                       {"case_id", record.case_id},
                       {"status", model::to_string(record.status)},
                       {"previous_status", model::to_string(record.previous_status)},
                       {"changed_at", model::format_instant(record.changed_at)},
                       {"action_needed", text_or_null(app::action_needed(record))}});
  }
  return {{"schema", "atz/report-import/1"},
          {"payer", result.profile},
          {"rows", result.rows},
          {"rows_known", result.known},
          {"changed", changed},
          {"unknown_words", texts(result.words)},
          {"not_ours", texts(result.foreign)},
          {"ambiguous", texts(result.ambiguous)}};
}

std::string import_table(const app::ImportResult& result, const Terminal& terminal) {
  Table table({{"HOME"}, {"MEMBER"}, {"CASE ID"}, {"STATUS"}, {"CHANGED"}, {"TO DO"}});
  for (const auto& record : result.changed) {
    const auto word = status_word(record.delivery, record.status);
    table.add({{record.home_id},
               {record.label},
               {record.case_id},
               {word.text, word.style},
               {model::format_instant(record.changed_at).substr(0, 16)},
               {printable(app::action_needed(record))}});
  }
  return table.empty() ? "" : table.render(terminal);
}

std::string list(const std::vector<std::string>& all) {
  std::string text;
  for (const auto& one : all) text += (text.empty() ? "" : ", ") + printable(one);
  return text;
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::ImportSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.file = invocation.one("FILE");
  const auto result = app::import_report(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty()) terminal.talk(result->now.note);
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(import_json(*result)));
  } else {
    terminal.out(import_table(*result, terminal));
  }
  terminal.talk(fmt::format("{} row{} read, {} case{} changed, {} row{} known already", result->rows,
                            result->rows == 1 ? "" : "s", result->changed.size(),
                            result->changed.size() == 1 ? "" : "s", result->known, result->known == 1 ? "" : "s"));
  if (!result->words.empty())
    terminal.talk(fmt::format("status words that are not known here: {}; add them to atz.d/status-words.yaml",
                              list(result->words)));
  if (!result->foreign.empty())
    terminal.talk(fmt::format("{} case{} not sent from here: {}", result->foreign.size(),
                              result->foreign.size() == 1 ? "" : "s", list(result->foreign)));
  if (!result->ambiguous.empty())
    terminal.talk(fmt::format(
        "{} case{} with several requests, and no code that says which one is meant: {}; look them up in the portal",
        result->ambiguous.size(), result->ambiguous.size() == 1 ? "" : "s", list(result->ambiguous)));
  return result->needs_person() ? ExitCode::findings : ExitCode::done;
}

}  // namespace

const Command& report_import_command() {
  static const Command kCommand{
      "report import",
      "Take in a Daily Authorization Report from the portal",
      "A CSV file: columns are found by their names in any order and may be missing, apart from Case ID and status. "
      "Names of\n"
      "columns and status words can be added in atz.d. The same report again changes nothing, and what is known to be "
      "newer stays.\n"
      "Exit code: 0 done, 1 something in it needs a person, or the file can't be read: then nothing of it was taken "
      "in.",
      {{"atz report import report.csv", ""}},
      {{"FILE", "A CSV file", true, false, Hint::file, ""}},
      {options::format("human|json"), options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
