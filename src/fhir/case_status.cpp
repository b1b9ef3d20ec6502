// From review actions to the status of a case. The outcome word and preAuthRef never decide: payers fill both as they
// like, in denials too.
#include <algorithm>

#include "fhir/claim_response_read.hpp"

namespace atz::fhir {
namespace {

using model::CaseStatus;
using model::LineDecision;
using model::ReviewAction;

bool asks_for_information(const LineDecision& line) {
  return std::any_of(line.reasons.begin(), line.reasons.end(),
                     [](const auto& reason) { return reason.code == "0U" || reason.code == "0P"; });
}

CaseStatus status_of(const LineDecision& line, const CaseReply& reply) {
  switch (*line.action) {
    case ReviewAction::certified:
    case ReviewAction::no_action_required:
      return CaseStatus::approved;
    case ReviewAction::partly_certified:
    case ReviewAction::modified:
      return CaseStatus::partially_approved;
    case ReviewAction::denied:
    case ReviewAction::upheld:
      return CaseStatus::denied;
    case ReviewAction::cancelled:
      return CaseStatus::voided;
    case ReviewAction::contact_payer:
    case ReviewAction::other:
      return CaseStatus::in_review;
    case ReviewAction::pended:
      break;
  }
  const bool asked = std::any_of(
      reply.requests.begin(), reply.requests.end(),
      [&](const model::InformationRequest& request) { return !request.line || *request.line == line.sequence; });
  return asked || asks_for_information(line) ? CaseStatus::info_requested : CaseStatus::in_review;
}

void flag_actions(CaseReply& reply) {
  const auto lines = reply.lines;
  for (const auto& line : lines) {
    if (!line.action) continue;
    if (*line.action == ReviewAction::contact_payer) add_flag(reply, "call the payer");
    if (*line.action == ReviewAction::no_action_required) add_flag(reply, "no authorization required");
    if (*line.action == ReviewAction::other) add_flag(reply, "unknown decision code " + line.action_code);
  }
}

bool has_error(const CaseReply& reply, const LineDecision& line) {
  return std::any_of(reply.errors.begin(), reply.errors.end(), [&](const BusinessError& error) {
    return !error.item_sequence || *error.item_sequence == line.sequence;
  });
}

CaseStatus overall(std::vector<CaseStatus> statuses) {
  const auto any = [&](CaseStatus status) {
    return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
  };
  if (any(CaseStatus::info_requested)) return CaseStatus::info_requested;
  if (any(CaseStatus::in_review)) return CaseStatus::in_review;
  statuses.erase(std::remove(statuses.begin(), statuses.end(), CaseStatus::voided), statuses.end());
  if (statuses.empty()) return CaseStatus::voided;
  const auto all = [&](CaseStatus status) {
    return std::all_of(statuses.begin(), statuses.end(), [&](CaseStatus s) { return s == status; });
  };
  if (all(CaseStatus::approved)) return CaseStatus::approved;
  if (all(CaseStatus::denied)) return CaseStatus::denied;
  return CaseStatus::partially_approved;
}

}  // namespace

void add_flag(CaseReply& reply, const std::string& flag) {
  if (reply.flag.find(flag) != std::string::npos) return;
  reply.flag += (reply.flag.empty() ? "" : "; ") + flag;
}

void derive_status(CaseReply& reply, bool reported_error) {
  const bool decided = std::any_of(reply.lines.begin(), reply.lines.end(),
                                   [](const LineDecision& line) { return line.action.has_value(); });
  if (!decided && (reported_error || !reply.errors.empty())) {
    reply.refused = true;
    reply.status = CaseStatus::unsubmitted;
    if (reply.errors.empty()) add_flag(reply, "the payer reported an error without saying which");
    return;
  }
  flag_actions(reply);
  if (!decided) {
    reply.status = !reply.requests.empty() ? CaseStatus::info_requested : CaseStatus::in_review;
    add_flag(reply, "payer gave no decision codes");
    return;
  }
  std::vector<CaseStatus> statuses;
  std::size_t waiting = 0;
  for (const auto& line : reply.lines) {
    if (line.action) {
      statuses.push_back(status_of(line, reply));
    } else {
      statuses.push_back(CaseStatus::in_review);
      const std::string number = std::to_string(line.sequence);
      add_flag(reply, has_error(reply, line) ? "line " + number + " was refused" : "no decision on line " + number);
    }
    if (statuses.back() == CaseStatus::in_review || statuses.back() == CaseStatus::info_requested) ++waiting;
  }
  reply.status = overall(statuses);
  if (waiting > 0 && waiting < statuses.size()) {
    add_flag(reply,
             std::to_string(statuses.size() - waiting) + " of " + std::to_string(statuses.size()) + " lines decided");
  }
}

}  // namespace atz::fhir
