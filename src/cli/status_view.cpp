#include "cli/status_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/app/status.hpp"
#include "atz/base/text.hpp"
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

std::string hours_text(const ledger::CaseLine* line) {
  if (line == nullptr || !line->asked.weekly_hours) return "";
  const auto asked = model::format_hours(*line->asked.weekly_hours);
  if (!line->decision.weekly_hours_text.empty())
    return fmt::format("{} of {}", printable(line->decision.weekly_hours_text), asked);
  const auto granted = app::granted(*line);
  return granted.weekly_hours ? fmt::format("{} of {}", model::format_hours(*granted.weekly_hours), asked) : asked;
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

}  // namespace

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

std::string cases_table(const std::vector<ledger::CaseRecord>& cases,
                        const std::vector<std::optional<app::Continuation>>& continuations, const Terminal& terminal) {
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
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto& record = cases[i];
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
    if (const auto& former = continuations[i]) {
      table.add_note(fmt::format("the former {}run on through {}",
                                 former->hours ? model::format_hours(*former->hours) + " hours a week " : "hours ",
                                 model::format_date(former->through)));
    }
    if (const auto action = app::action_needed(record); !action.empty())
      table.add_note(fmt::format("to do: {}", printable(action)));
  }
  return table.empty() ? "" : table.render(terminal);
}

// GN011: what an approval is and is not.
std::string caution(const std::vector<ledger::CaseRecord>& cases) {
  const bool approved = std::any_of(cases.begin(), cases.end(), [](const ledger::CaseRecord& record) {
    return record.status == model::CaseStatus::approved || record.status == model::CaseStatus::partially_approved;
  });
  return approved ? "An approval is not a promise of payment.\n" : "";
}

}  // namespace atz::cli
