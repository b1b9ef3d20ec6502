#include "atz/app/status.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/duration.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/status_words.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

// What counts of a case's lines: the first is the T2016 line of the home.
const ledger::CaseLine* main_line(const ledger::CaseRecord& record) {
  return record.lines.empty() ? nullptr : &record.lines.front();
}

Json questions_json(const ledger::CaseRecord& record) {
  Json questions = Json::array();
  for (const auto& request : record.requests) {
    questions.push_back({{"number", text_or_null(request.control_number)},
                         {"text", text_or_null(request.text)},
                         {"kind", text_or_null(request.kind_text)},
                         {"line", request.line ? Json(*request.line) : Json(nullptr)},
                         {"due", date_or_null(request.due)}});
  }
  return questions;
}

Json case_json(const ledger::CaseRecord& record, const std::optional<app::Continuation>& continuation) {
  const auto* line = main_line(record);
  const bool accepted = record.delivery == model::Delivery::accepted;
  std::string note = fmt::format("{}", fmt::join(record.notes, " "));
  Json json = {{"home", record.home_id},
               {"member", record.label},
               {"request", model::to_string(record.purpose)},
               {"case_id", text_or_null(record.case_id)},
               {"delivery", model::to_string(record.delivery)},
               {"status", accepted ? Json(model::to_string(record.status)) : Json(nullptr)},
               {"previous_status", accepted ? Json(model::to_string(record.previous_status)) : Json(nullptr)}};
  const auto granted = line ? app::granted(*line) : app::Granted{};
  const auto asked = line ? std::optional(line->asked.period) : std::nullopt;
  const auto first = [](const auto& period) { return period ? std::optional(period->first) : std::nullopt; };
  const auto last = [](const auto& period) { return period ? std::optional(period->last) : std::nullopt; };
  json["weekly_hours_requested"] = hours_or_null(line ? line->asked.weekly_hours : std::nullopt);
  json["weekly_hours_approved"] = hours_or_null(granted.weekly_hours);
  json["units_requested"] = line ? Json(line->asked.units) : Json(nullptr);
  json["units_approved"] = granted.units ? Json(*granted.units) : Json(nullptr);
  json["start_requested"] = date_or_null(first(asked));
  json["end_requested"] = date_or_null(last(asked));
  json["start_approved"] = date_or_null(first(granted.period));
  json["end_approved"] = date_or_null(last(granted.period));
  json["authorization_no"] = text_or_null(line ? line->decision.authorization_number : "");
  json["expected_by"] = model::format_date(record.expected_by);
  json["changed_at"] = model::format_instant(record.changed_at);
  json["questions"] = questions_json(record);
  json["former_hours"] = hours_or_null(continuation ? continuation->hours : std::nullopt);
  json["former_hours_through"] = date_or_null(continuation ? std::optional(continuation->through) : std::nullopt);
  json["note"] = text_or_null(note);
  json["action_needed"] = text_or_null(app::action_needed(record));
  return json;
}

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

std::string hours_text(const ledger::CaseLine* line) {
  if (line == nullptr || !line->asked.weekly_hours) return "";
  const auto asked = model::format_hours(*line->asked.weekly_hours);
  if (!line->decision.weekly_hours_text.empty())
    return fmt::format("{} of {}", printable(line->decision.weekly_hours_text), asked);
  const auto granted = app::granted(*line);
  return granted.weekly_hours ? fmt::format("{} of {}", model::format_hours(*granted.weekly_hours), asked) : asked;
}

bool any_approved(const app::StatusResult& result) {
  for (const auto& record : result.cases) {
    if (record.status == model::CaseStatus::approved || record.status == model::CaseStatus::partially_approved)
      return true;
  }
  return false;
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

// Some payers write their question into the notes as well; it has a line of its own.
bool repeats_question(const ledger::CaseRecord& record, const std::string& note) {
  if (record.status != model::CaseStatus::info_requested) return false;
  return std::any_of(record.requests.begin(), record.requests.end(), [&](const model::InformationRequest& request) {
    return !request.text.empty() && note.find(request.text) != std::string::npos;
  });
}

void add_questions(const ledger::CaseRecord& record, Table& table) {
  if (record.status != model::CaseStatus::info_requested) return;
  for (const auto& request : record.requests) {
    std::string text = "asked: " + printable(request.text);
    if (request.due) text += fmt::format(" (answer by {})", model::format_date(*request.due));
    table.add_note(text);
  }
}

std::string status_table(const app::StatusResult& result, const Terminal& terminal) {
  Table table({{"HOME"},
               {"MEMBER"},
               {"CASE ID"},
               {"REQUEST"},
               {"STATUS"},
               {"HOURS", true},
               {"START"},
               {"END"},
               {"AUTHORIZATION"},
               {"EXPECTED BY"}});
  for (std::size_t i = 0; i < result.cases.size(); ++i) {
    const auto& record = result.cases[i];
    const auto* line = main_line(record);
    const auto word = status_word(record.delivery, record.status);
    const auto period =
        line == nullptr ? std::optional<model::DateSpan>{} : line->decision.period.value_or(line->asked.period);
    const bool open = record.delivery == model::Delivery::accepted && !model::is_decided(record.status);
    table.add({{record.home_id},
               {record.label},
               {record.case_id},
               {std::string(purpose_words(record.purpose))},
               {word.text, word.style},
               {hours_text(line)},
               {period ? model::format_date(period->first) : ""},
               {period ? model::format_date(period->last) : ""},
               {line ? line->decision.authorization_number : ""},
               {open ? model::format_date(record.expected_by) : ""}});
    for (const auto& note : record.notes) {
      if (!repeats_question(record, note)) table.add_note(printable(note));
    }
    add_questions(record, table);
    if (const auto& former = result.continuations[i]) {
      table.add_note(fmt::format("the former {}run on through {}",
                                 former->hours ? model::format_hours(*former->hours) + " hours a week " : "hours ",
                                 model::format_date(former->through)));
    }
    if (const auto action = app::action_needed(record); !action.empty())
      table.add_note(fmt::format("to do: {}", printable(action)));
  }
  std::string text = table.empty() ? "" : table.render(terminal);
  for (const auto& home : result.homes) text += home_text(home);
  // GN011: what an approval is and is not.
  if (any_approved(result)) text += "An approval is not a promise of payment.\n";
  return text;
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
