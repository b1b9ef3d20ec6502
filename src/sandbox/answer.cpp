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

fhir::AnsweredCase answer_of(const CaseState& state, const fhir::ReceivedRequest& request,
                             const std::vector<std::string>& notes) {
  fhir::AnsweredCase answer;
  answer.case_id = state.case_id;
  answer.created = state.decided.value_or(state.received);
  for (const auto& note : notes) answer.notes.push_back({note, {}});
  for (const LineState& line : state.lines) {
    const auto asked =
        std::find_if(request.lines.begin(), request.lines.end(),
                     [&](const fhir::ReceivedLine& candidate) { return candidate.sequence == line.sequence; });
    fhir::AnsweredLine& row = answer.lines.emplace_back();
    row.sequence = line.sequence;
    row.code = line.code;
    row.action = line.action;
    row.authorization_number = line.authorization_number;
    row.requested = line.requested;
    row.authorized = line.authorized;
    row.issued = line.issued;
    row.granted_hours = line.granted_hours;
    if (asked != request.lines.end()) {
      row.trace_system = asked->trace_system;
      row.trace = asked->trace;
      row.code_system = asked->code_system;
      row.modifiers = asked->modifiers;
      row.quantity_unit = asked->quantity_unit;
      row.quantity = asked->quantity;
    }
    // A later start leaves fewer days, and the quantity counts days.
    if (line.authorized && *line.authorized != line.requested) row.quantity = line.authorized->days();
    if (line.action == "A3") row.reasons.push_back({"0F", "Not medically necessary"});
  }
  return answer;
}

}  // namespace atz::sandbox
