#include "sandbox/intake.hpp"

#include <fmt/format.h>

#include <deque>

#include "atz/base/text.hpp"
#include "sandbox/checks.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {

Result<Taken> Intake::take(const std::string& client, const Incoming& incoming) {
  const fhir::ReceivedRequest& request = incoming.request;
  const MessageKey key{client, MessageKind::submit, request.bundle_system, request.bundle_identifier};
  const std::string body_digest = store_.body_digest(incoming.canonical);
  auto seen = known(key, body_digest, client, request);
  if (!seen) return tl::make_unexpected(seen.error());
  if (*seen) return std::move(**seen);

  Taken taken;
  if (!rules_.tolerant) taken.errors = check_request(incoming, model::maine_date(clock_.now()), payer_);
  if (auto checked = check_member(incoming, taken.errors); !checked) return tl::make_unexpected(checked.error());
  if (!rules_.tolerant) {
    if (auto checked = check_duplicates(client, incoming, taken.errors); !checked) {
      return tl::make_unexpected(checked.error());
    }
  }
  if (!taken.errors.empty()) {
    fhir::AnsweredCase answer;
    answer.created = clock_.now();
    answer.errors = taken.errors;
    taken.kind = Taken::Kind::refused;
    taken.body = fhir::write_submit_reply(request, answer, payer_);
    return taken;
  }

  auto opened = open_case(client, request);
  if (!opened) return tl::make_unexpected(opened.error());
  taken.case_id = opened->state.case_id;
  taken.body = fhir::write_submit_reply(request, answer_of(*opened, 1, request), payer_);
  const StoredReply reply{body_digest, taken.http_status, taken.body, taken.case_id};
  if (auto kept = store_.remember(key, reply, clock_.now()); !kept) return tl::make_unexpected(kept.error());
  return taken;
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
  if (rules_.tolerant || request.is_update) return std::optional<Taken>();

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
  auto state = store_.state((*round)->case_id);
  if (!state) return tl::make_unexpected(state.error());
  auto found = store_.load(std::move(**state));
  if (!found) return tl::make_unexpected(found.error());
  taken.kind = Taken::Kind::known;
  taken.case_id = (*round)->case_id;
  taken.body = fhir::write_submit_reply(request, answer_of(*found, (*round)->chain, request), payer_);
  return std::optional(std::move(taken));
}

Result<void> Intake::check_member(const Incoming& incoming, std::vector<fhir::BusinessError>& errors) {
  const fhir::ReceivedRequest& request = incoming.request;
  const auto member = store_.member(request.member_id);
  if (!member) return tl::make_unexpected(member.error());
  const std::string patient = entry_path(incoming, request.patient_url);
  if (rules_.listed_only && (!*member || !(*member)->listed)) {
    errors.push_back(
        refusal("75", "This payer has no member with that ID.", "2010C-NM109", patient + ".identifier[0].value"));
    return {};
  }
  if (!*member) return {};
  if (!request.born.empty() && (*member)->born != request.born) {
    errors.push_back(
        refusal("71", "The birth date is not that of the member with this ID.", "2010C-DMG02", patient + ".birthDate"));
  }
  if (!request.last.empty() && to_lower(trim((*member)->last)) != to_lower(trim(request.last))) {
    errors.push_back(refusal("65", "The last name is not that of the member with this ID.", "2010C-NM103",
                             patient + ".name[0].family"));
  }
  return {};
}

Result<void> Intake::check_duplicates(const std::string& client, const Incoming& incoming,
                                      std::vector<fhir::BusinessError>& errors) {
  for (const fhir::ReceivedLine& line : incoming.request.lines) {
    const auto other = store_.overlapping(client, incoming.request.member_id, line);
    if (!other) return tl::make_unexpected(other.error());
    if (!*other) continue;
    errors.push_back(refusal("91", fmt::format("Case {} already covers this service on some of these days.", **other),
                             "2000F-DTP03", item_path(incoming, line.sequence) + ".servicedPeriod", line.sequence));
  }
  return {};
}

Result<FullCase> Intake::open_case(const std::string& client, const fhir::ReceivedRequest& request) {
  auto case_id = store_.next_case_id();
  if (!case_id) return tl::make_unexpected(case_id.error());
  Origin origin = origin_of(request);
  FullCase full;
  CaseState& state = full.state;
  state.case_id = std::move(*case_id);
  state.client = client;
  state.home_id = std::move(origin.home_id);
  state.label = std::move(origin.label);
  state.batch = request.batch;
  state.npi = request.provider_npi;
  state.received = clock_.now();
  for (const fhir::ReceivedLine& line : request.lines) state.lines.push_back(line_of(line));
  settle(state, {});
  if (auto added = store_.add_case(state, request); !added) return tl::make_unexpected(added.error());
  full.requests.push_back(request);

  const auto member = store_.member(request.member_id);
  if (!member) return tl::make_unexpected(member.error());
  if (!*member || (*member)->patient_json.empty()) {
    MemberRecord record;
    record.id = request.member_id;
    record.last = request.last;
    record.first = request.first;
    record.born = request.born;
    record.gender = request.gender;
    if (*member) record = **member;
    record.patient_json = request.patient_json;
    if (auto saved = store_.save_member(record); !saved) return tl::make_unexpected(saved.error());
  }
  return full;
}

Result<std::string> Intake::inquire(const std::string& client, const fhir::ReceivedInquiry& inquiry) {
  auto ids = !inquiry.case_id.empty() ? store_.find_by_case_id(client, inquiry.member_id, inquiry.case_id)
             : !inquiry.authorization_number.empty()
                 ? store_.find_by_authorization(client, inquiry.member_id, inquiry.authorization_number)
                 : store_.find_by_line(client, inquiry.member_id, inquiry.code, inquiry.period);
  if (!ids) return tl::make_unexpected(ids.error());
  std::vector<FullCase> cases;
  for (const std::string& id : *ids) {
    auto state = store_.state(id);
    if (!state) return tl::make_unexpected(state.error());
    if (!*state || (!inquiry.provider_npi.empty() && (*state)->npi != inquiry.provider_npi)) continue;
    auto found = store_.load(std::move(**state));
    if (!found) return tl::make_unexpected(found.error());
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
