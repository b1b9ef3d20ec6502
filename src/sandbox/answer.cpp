#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/intake.hpp"

namespace atz::sandbox {
namespace {

constexpr std::size_t kDateLength = 8;
constexpr std::size_t kSuffixLength = 5;

// "maple-street-20261207-k3m9q" -> "maple-street"; "" when it is made otherwise.
std::string home_of_batch(std::string_view batch) {
  const auto parts = split(batch, '-');
  if (parts.size() < 3 || parts.back().size() != kSuffixLength) return {};
  const std::string& date = parts[parts.size() - 2];
  if (date.size() != kDateLength || !all_digits(date)) return {};
  return std::string(batch.substr(0, batch.size() - kDateLength - kSuffixLength - 2));
}

std::string slug(std::string_view name) {
  std::string slug;
  for (const char c : to_lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

// A corrected request carries the number of its attempt behind the label: "A-2".
std::string_view without_attempt(std::string_view label) {
  const auto dash = label.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || !all_digits(label.substr(dash + 1))) return label;
  return label.substr(0, dash);
}

}  // namespace

Origin origin_of(const fhir::ReceivedRequest& request) {
  Origin origin;
  origin.home_id = home_of_batch(request.batch);
  if (origin.home_id.empty()) origin.home_id = slug(request.home_name);
  std::string_view claim = request.claim_identifier;
  const std::string prefix = request.batch + "-";
  if (!request.batch.empty() && claim.starts_with(prefix)) {
    origin.label = without_attempt(claim.substr(prefix.size()));
  } else {
    origin.label = claim;
  }
  return origin;
}

LineState line_of(const fhir::ReceivedLine& line) {
  LineState row;
  row.sequence = line.sequence;
  row.code = line.code;
  row.modifiers = line.modifiers;
  row.ask = {line.period, line.weekly_hours, line.quantity};
  return row;
}

fhir::AnsweredCase answer_of(const FullCase& full, int chain, const fhir::ReceivedRequest& request) {
  const CaseState& state = full.state;
  fhir::AnsweredCase answer;
  answer.case_id = state.case_id;
  answer.created = state.decided.value_or(state.received);
  for (const Note& note : full.notes) {
    if (note.chain == 0 || note.chain == chain) answer.notes.push_back({note.text, note.lines});
  }
  for (const LineState& line : state.lines) {
    if (line.chain != chain) continue;
    const auto asked =
        std::find_if(request.lines.begin(), request.lines.end(),
                     [&](const fhir::ReceivedLine& candidate) { return candidate.sequence == line.sequence; });
    fhir::AnsweredLine& row = answer.lines.emplace_back();
    row.sequence = line.sequence;
    row.code = line.code;
    row.modifiers = line.modifiers;
    row.action = line.ruling.action;
    row.authorization_number = line.ruling.authorization_number;
    row.requested = line.ask.period;
    row.authorized = line.ruling.authorized;
    row.issued = line.ruling.issued;
    row.granted_hours = line.ruling.hours;
    row.quantity = line.ask.quantity;
    if (asked != request.lines.end()) {
      row.trace_system = asked->trace_system;
      row.trace = asked->trace;
      row.code_system = asked->code_system;
      row.quantity_unit = asked->quantity_unit;
    }
    // A later start leaves fewer days, and the quantity counts days.
    if (line.ruling.authorized && *line.ruling.authorized != line.ask.period) {
      row.quantity = line.ruling.authorized->days();
    }
    if (line.ruling.action == "A3") row.reasons.push_back({"0F", "Not medically necessary"});
    if (line.status == model::CaseStatus::info_requested) {
      row.reasons.push_back({"0U", "Additional patient information required"});
    }
  }
  for (const Question& question : full.questions) {
    if (question.state != Question::State::open || question.chain != chain) continue;
    model::InformationRequest& wanted = answer.requests.emplace_back();
    wanted.control_number = question.control_number;
    wanted.kind_code = question.kind_code;
    wanted.kind_text = question.kind_text;
    wanted.code = question.loinc;
    wanted.text = question.text;
    wanted.line = question.line;
    wanted.due = question.due;
    wanted.by_attachment = question.by_attachment;
  }
  return answer;
}

}  // namespace atz::sandbox
