// Papers that come by themselves ($submit-attachment): answers to questions, and what nobody asked for.
#include <fmt/format.h>

#include <algorithm>

#include "sandbox/intake.hpp"
#include "sandbox/questions.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

Taken outcome_of(int status, fhir::Issue issue, Taken::Kind kind) {
  Taken taken;
  taken.kind = kind;
  taken.http_status = status;
  taken.issue = std::move(issue);
  taken.body = fhir::write_outcome({taken.issue});
  return taken;
}

Taken not_taken(int status, std::string_view code, std::string text, std::string_view parameter) {
  return outcome_of(status,
                    issue(code, std::move(text), fmt::format("Parameters.parameter.where(name='{}')", parameter)),
                    status == 409 ? Taken::Kind::conflict : Taken::Kind::refused);
}

}  // namespace

Result<Taken> Intake::take_attachments(const std::string& client, const fhir::ReceivedAttachments& attachments,
                                       std::string_view canonical) {
  const MessageKey key{client, MessageKind::attachment, attachments.tracking_system, attachments.tracking_id};
  const std::string digest = store_.body_digest(canonical);
  auto replies = store_.replies(key);
  if (!replies) return tl::make_unexpected(replies.error());
  for (StoredReply& reply : *replies) {
    if (reply.body_digest != digest) continue;
    Taken taken;
    taken.kind = Taken::Kind::known;
    taken.http_status = reply.status;
    taken.body = std::move(reply.body);
    taken.case_id = std::move(reply.case_id);
    return taken;
  }
  const auto asked = store_.case_of_question(attachments.tracking_id);
  if (!asked) return tl::make_unexpected(asked.error());
  if (!*asked && !replies->empty() && !rules_.tolerant) {
    return not_taken(409, "duplicate", "This TrackingId was used for other papers.", "TrackingId");
  }
  const std::string case_id = asked->value_or(attachments.case_id);
  if (case_id.empty()) {
    return not_taken(404, "not-found",
                     fmt::format("This payer asked no question {}, and no case is named.", attachments.tracking_id),
                     "TrackingId");
  }
  if (*asked && !attachments.case_id.empty() && attachments.case_id != case_id) {
    return not_taken(
        422, "business-rule",
        fmt::format("Question {} belongs to another case than {}.", attachments.tracking_id, attachments.case_id),
        "AdminRefNumber");
  }
  auto state = store_.state(case_id);
  if (!state) return tl::make_unexpected(state.error());
  if (!*state || (*state)->client != client) {
    return not_taken(404, "not-found", fmt::format("This payer has no case {}.", case_id), "AdminRefNumber");
  }
  const auto owned = store_.belongs_to(case_id, client, attachments.member_id);
  if (!owned) return tl::make_unexpected(owned.error());
  if (!*owned) {
    return not_taken(422, "business-rule", fmt::format("Case {} is of another member.", case_id), "MemberId");
  }
  auto full = store_.load(std::move(**state));
  if (!full) return tl::make_unexpected(full.error());
  if (!full->state.has_open_line()) {
    return not_taken(422, "business-rule",
                     fmt::format("Case {} is {}: papers are not taken any more.", case_id,
                                 full->state.status == model::CaseStatus::voided ? "cancelled" : "decided"),
                     *asked ? "TrackingId" : "AdminRefNumber");
  }
  const auto question = std::find_if(full->questions.begin(), full->questions.end(), [&](const Question& candidate) {
    return candidate.control_number == attachments.tracking_id && candidate.state == Question::State::open;
  });
  const std::size_t papers = attachments.documents.size() + attachments.questionnaires.size();
  Question* open = question == full->questions.end() ? nullptr : &*question;
  if (auto taken = take_papers(office(), *full, open, papers, attachments.final); !taken) {
    return tl::make_unexpected(taken.error());
  }
  fhir::Issue received;
  received.severity = "information";
  received.code = "informational";
  received.text = fmt::format("Received for case {}.", case_id);
  Taken taken = outcome_of(200, std::move(received), Taken::Kind::accepted);
  taken.case_id = case_id;
  const StoredReply reply{digest, taken.http_status, taken.body, case_id};
  if (auto kept = store_.remember(key, reply, clock_.now()); !kept) return tl::make_unexpected(kept.error());
  return taken;
}

}  // namespace atz::sandbox
