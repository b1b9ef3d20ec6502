#include "sandbox/daily_report.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "atz/base/separated.hpp"
#include "atz/base/text.hpp"
#include "atz/model/daily_columns.hpp"
#include "sandbox/checks.hpp"

namespace atz::sandbox {
namespace {

std::string request_type(model::Purpose purpose) {
  if (purpose == model::Purpose::termination) return "smi_termination";
  return purpose == model::Purpose::first ? "service_notification" : "service_notification_extension";
}

std::string action_needed(const LineState& line) {
  switch (line.status) {
    case model::CaseStatus::info_requested:
      return "Answer the question";
    case model::CaseStatus::denied:
    case model::CaseStatus::partially_approved:
      return "Read the reason";
    default:
      return {};
  }
}

std::string action_due(const FullCase& full, const LineState& line) {
  if (line.status != model::CaseStatus::info_requested) return {};
  std::optional<model::Date> due;
  for (const Question& question : full.questions) {
    const bool about = question.chain == line.chain && (!question.line || *question.line == line.sequence);
    if (about && (!due || question.due < *due)) due = question.due;
  }
  return due ? model::format_date(*due) : std::string();
}

std::string row_of(const HistoryRow& row, const FullCase& full, model::Date day) {
  const LineState& line = row.line;
  const fhir::ReceivedRequest& request = full.request(line.chain);
  const auto received = std::find_if(request.lines.begin(), request.lines.end(),
                                     [&](const auto& candidate) { return candidate.sequence == line.sequence; });
  const auto date = [](const std::optional<model::DateSpan>& span, bool first) {
    return span ? model::format_date(first ? span->first : span->last) : std::string();
  };
  const auto hours = [](const std::optional<model::Hours>& value) {
    return value ? model::format_hours(*value) : std::string();
  };
  const bool granted = line.is_granted();
  const std::optional<model::DateSpan> asked = line.ask.period;
  const std::string units_approved = !granted || !line.ruling.authorized ? std::string()
                                     : *line.ruling.authorized == line.ask.period
                                         ? std::to_string(line.ask.quantity)
                                         : std::to_string(line.ruling.authorized->days());
  const std::array<std::string, model::kDailyColumns.size()> cells = {
      model::format_date(day),
      row.case_id,
      received == request.lines.end() ? request.claim_identifier : received->trace,
      line.ruling.authorization_number,
      request.member_id,
      request.last + ", " + request.first,
      plain_location(request.location),
      request.home_address,
      received == request.lines.end() ? std::string() : received->program_code,
      request_type(line.purpose),
      line.code,
      join(line.modifiers, " "),
      std::to_string(line.ask.quantity),
      units_approved,
      hours(line.ask.hours),
      granted ? hours(line.granted_hours()) : std::string(),
      date(asked, true),
      date(asked, false),
      date(line.ruling.authorized, true),
      date(line.ruling.authorized, false),
      std::string(model::to_string(row.before)),
      std::string(model::to_string(line.status)),
      model::format_instant(row.at),
      row.reason,
      action_needed(line),
      action_due(full, line),
      model::format_instant(full.state.received)};
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + separated_cell(cells.at(i));
  return text + "\r\n";
}

}  // namespace

Result<std::string> daily_report(Store& store, const std::string& client, model::Date day) {
  const auto rows = store.history(model::maine_instant(day, 0), model::maine_instant(day + std::chrono::days(1), 0));
  if (!rows) return tl::make_unexpected(rows.error());
  std::string text;
  for (const std::string_view column : model::kDailyColumns) text += (text.empty() ? "" : ",") + std::string(column);
  text += "\r\n";
  std::map<std::string, FullCase> cases;
  for (const HistoryRow& row : *rows) {
    if (!cases.contains(row.case_id)) {
      auto state = store.state(row.case_id);
      if (!state) return tl::make_unexpected(state.error());
      if (!*state) return fail(Failure::bug, "The embedded payer's store lost a case between two reads.");
      auto full = store.load(std::move(**state));
      if (!full) return tl::make_unexpected(full.error());
      cases.emplace(row.case_id, std::move(*full));
    }
    const FullCase& full = cases.at(row.case_id);
    if (full.state.client == client) text += row_of(row, full, day);
  }
  return text;
}

}  // namespace atz::sandbox
