#include "sandbox/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "sandbox/refusal.hpp"
#include "sandbox/script.hpp"

namespace atz::sandbox {

bool names_case(const fhir::ReceivedRequest& request) {
  return request.is_update || std::any_of(request.lines.begin(), request.lines.end(),
                                          [](const auto& line) { return !line.administration_reference.empty(); });
}

Result<Taken> Intake::take(const std::string& client, const Incoming& incoming) {
  const fhir::ReceivedRequest& request = incoming.request;
  const MessageKey key{client, MessageKind::submit, request.bundle_system, request.bundle_identifier};
  const std::string body_digest = store_.body_digest(incoming.canonical);
  auto seen = known(key, body_digest, client, request);
  if (!seen) return tl::make_unexpected(seen.error());
  if (*seen) return std::move(**seen);
  auto taken = names_case(request) ? take_update(client, incoming) : take_first(client, incoming);
  if (!taken || taken->kind != Taken::Kind::accepted) return taken;
  const StoredReply reply{body_digest, taken->http_status, taken->body, taken->case_id};
  if (auto kept = store_.remember(key, reply, clock_.now()); !kept) return tl::make_unexpected(kept.error());
  return taken;
}

Taken Intake::refused(const fhir::ReceivedRequest& request, Errors errors) const {
  Taken taken;
  fhir::AnsweredCase answer;
  answer.created = clock_.now();
  answer.errors = errors;
  taken.kind = Taken::Kind::refused;
  taken.errors = std::move(errors);
  taken.body = fhir::write_submit_reply(request, answer, payer_);
  return taken;
}

Result<void> Intake::follow_script(FullCase& full, const std::vector<LineState>& lines) {
  if (rules_.script) return run_script(office(), full, *rules_.script, lines);
  const auto stored = store_.script();
  if (!stored) return tl::make_unexpected(stored.error());
  if (stored->empty()) return {};
  return run_script(office(), full, script_from_json(*stored), lines);
}

Result<FullCase> Intake::load(const std::string& case_id) {
  auto state = store_.state(case_id);
  if (!state) return tl::make_unexpected(state.error());
  if (!*state) return fail(Failure::bug, "The embedded payer's store lost a case between two reads.");
  return store_.load(std::move(**state));
}

// The same bytes under the same identifier get the same answer. Strict: the same identifier never stands for anything
// else, and a trace number never for another content.
Result<std::optional<Taken>> Intake::known(const MessageKey& key, const std::string& body_digest,
                                           const std::string& client, const fhir::ReceivedRequest& request) {
  auto replies = store_.replies(key);
  if (!replies) return tl::make_unexpected(replies.error());
  Taken taken;
  for (StoredReply& reply : *replies) {
    if (reply.body_digest != body_digest) continue;
    taken.kind = Taken::Kind::known;
    taken.http_status = reply.status;
    taken.body = std::move(reply.body);
    taken.case_id = std::move(reply.case_id);
    return std::optional(std::move(taken));
  }
  if (rules_.tolerant) return std::optional<Taken>();

  const auto conflict = [&](std::string_view code, std::string text, std::string path) {
    taken.kind = Taken::Kind::conflict;
    taken.http_status = 409;
    taken.issue = issue(code, std::move(text), std::move(path));
    taken.body = fhir::write_outcome({taken.issue});
    return std::optional(std::move(taken));
  };
  if (!replies->empty()) {
    return conflict("duplicate", "This Bundle.identifier was used for another message.", "Bundle.identifier");
  }
  const auto round = store_.round_of_claim(client, request.claim_system, request.claim_identifier);
  if (!round) return tl::make_unexpected(round.error());
  if (!*round) return std::optional<Taken>();
  if ((*round)->content != store_.content_digest(request)) {
    return conflict("conflict", "This Claim.identifier was used for another request.",
                    "Bundle.entry[0].resource.identifier[0]");
  }
  auto found = load((*round)->case_id);
  if (!found) return tl::make_unexpected(found.error());
  taken.kind = Taken::Kind::known;
  taken.case_id = (*round)->case_id;
  taken.body = fhir::write_submit_reply(request, answer_of(*found, (*round)->chain, request), payer_);
  return std::optional(std::move(taken));
}

Result<std::string> Intake::inquire(const std::string& client, const fhir::ReceivedInquiry& inquiry) {
  auto ids = !inquiry.case_id.empty() ? store_.find_by_case_id(client, inquiry.member_id, inquiry.case_id)
             : !inquiry.authorization_number.empty()
                 ? store_.find_by_authorization(client, inquiry.member_id, inquiry.authorization_number)
                 : store_.find_by_line(client, inquiry.member_id, inquiry.code, inquiry.period);
  if (!ids) return tl::make_unexpected(ids.error());
  std::vector<FullCase> cases;
  for (const std::string& id : *ids) {
    auto found = load(id);
    if (!found) return tl::make_unexpected(found.error());
    if (!inquiry.provider_npi.empty() && found->state.npi != inquiry.provider_npi) continue;
    cases.push_back(std::move(*found));
  }
  std::deque<fhir::AnsweredCase> answers;  // pairs point into it
  std::vector<fhir::CaseForInquiry> pairs;
  for (const FullCase& found : cases) {
    for (int chain = found.state.last_chain(); chain > 0; --chain) {
      answers.push_back(answer_of(found, chain, found.request(chain)));
      pairs.push_back({&found.request(chain), &answers.back()});
    }
  }
  return fhir::write_inquiry_reply(inquiry, pairs, clock_.now(), payer_);
}

}  // namespace atz::sandbox
