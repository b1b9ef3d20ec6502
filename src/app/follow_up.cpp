#include "app/follow_up.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/people.hpp"
#include "atz/app/inquire.hpp"
#include "atz/base/text.hpp"
#include "atz/fhir/withhold.hpp"

namespace atz::app {
namespace {

constexpr std::string_view kSubmit = "Claim/$submit";

// A page for people, say of a proxy that wants somebody to sign in, is no answer of the payer's.
bool is_empty_or_json(std::string_view body) {
  const auto text = trim(body);
  return text.empty() || text.front() == '{';
}

// The answer to $submit-attachment holds no case: only whether it was taken.
Posted read_attachment_reply(const payer::Exchange& answer, const fhir::Discretion& discretion) {
  using Fate = payer::Exchange::Fate;
  if (answer.fate == Fate::not_sent) return {false, answer.error};
  if (answer.fate == Fate::unknown) {
    return {false, {Failure::unknown_outcome, answer.error.message, "Run `atz recover`: it finds out what arrived."}};
  }
  const int status = answer.http_status;
  auto issues = fhir::read_outcome(answer.body);
  discretion.clean(issues);
  const bool complains = std::any_of(issues.begin(), issues.end(), [](const auto& issue) { return issue.is_error(); });
  if ((status == 200 || status == 201 || status == 204) && !complains && is_empty_or_json(answer.body)) return {};
  const std::string first = issues.empty() ? "" : ": " + printable(issues.front().text);
  if (status == 401 || status == 403) {
    return {false, {Failure::sign_in, fmt::format("The payer does not let us answer (HTTP {}){}", status, first), ""}};
  }
  if (status == 429) return {false, {Failure::temporary, "The payer is busy (HTTP 429)", "Run it again later."}};
  if (status / 100 == 4 && status != 408 && status != 409) {
    return {false,
            {Failure::refused, fmt::format("The payer refused the answer (HTTP {}){}", status, first),
             status == 413 ? "Attach smaller documents." : "Nothing was changed."}};
  }
  return {false,
          {Failure::unknown_outcome, fmt::format("The payer answered HTTP {}{}", status, first),
           "Run `atz recover`: it finds out what arrived."}};
}

Posted posted(const Delivered& delivered) {
  if (delivered.ok) return {};
  Posted result{false, delivered.error};
  for (const auto& errors : delivered.errors) {
    for (const auto& error : errors) result.error.message += " " + printable(error.text);
  }
  for (const auto& issue : delivered.issues) result.error.message += " " + printable(issue.text);
  return result;
}

}  // namespace

Result<ledger::CaseRecord> record_of(const ledger::Ledger& ledger, const std::string& profile, std::int64_t case_row) {
  auto records = ledger.cases(profile);
  if (!records) return tl::make_unexpected(records.error());
  for (auto& record : *records) {
    if (record.id == case_row) return std::move(record);
  }
  return fail(Failure::bug, fmt::format("The ledger has no case row {}", case_row));
}

Result<ledger::CaseRecord> refresh(Session& session, const Services& services, ledger::Ledger& ledger,
                                   const ledger::CaseRecord& record, Instant now) {
  auto found = inquire(session, services, ledger, {&record}, now);
  if (!found) return tl::make_unexpected(found.error());
  const Found& answer = found->front();
  if (!answer) return tl::make_unexpected(answer.error());
  if (!*answer) {
    return fail(Failure::refused, fmt::format("The payer knows no case {}", printable(record.case_id)));
  }
  auto saved = ledger.record_inquiry(record.id, to_outcome(record.label, **answer, sequences_of(record)), now);
  if (!saved) return tl::make_unexpected(saved.error());
  return record_of(ledger, record.profile, record.id);
}

Result<Posted> send_follow_up(Session& session, const Services& services, ledger::Ledger& ledger,
                              const ledger::CaseRecord& record, const ledger::FollowUpIntent& intent) {
  auto id = ledger.record_follow_up(intent);
  if (!id) return tl::make_unexpected(id.error());
  ledger::FollowUp message;
  message.id = *id;
  message.case_row = intent.case_row;
  message.kind = intent.kind;
  message.claim_identifier = intent.claim_identifier;
  message.url = intent.url;
  return post_follow_up(session, services, ledger, record, message, false, intent.created);
}

Result<Posted> post_follow_up(Session& session, const Services& services, ledger::Ledger& ledger,
                              const ledger::CaseRecord& record, const ledger::FollowUp& message, bool repeated,
                              Instant now) {
  auto body = ledger.follow_up_body(message.id);
  if (!body) return tl::make_unexpected(body.error());
  Posted result;
  std::string raw;
  if (message.url == kSubmit) {
    auto identity = ledger.identity(record.id);
    if (!identity) return tl::make_unexpected(identity.error());
    const auto delivered =
        deliver(session, services, *body, false,
                {{record.label, message.claim_identifier, {}, identity->member_id, sequences_of(record)}}, repeated);
    result = posted(delivered);
    raw = delivered.outcomes.front().raw_reply;
    if (result.ok) {
      auto merged = ledger.record_inquiry(record.id, delivered.outcomes.front(), now);
      if (!merged) return tl::make_unexpected(merged.error());
    }
  } else {
    People people(ledger);
    const auto discretion = people.around(record);
    if (!discretion) return tl::make_unexpected(discretion.error());
    const auto answer = session.client().post(message.url, *body, 1);
    result = read_attachment_reply(answer, **discretion);
    raw = answer.body;
  }
  if (repeated && !result.ok && result.error.failure != Failure::refused) {
    result.error.failure = Failure::unknown_outcome;
  }
  const auto delivery = result.ok                                          ? model::Delivery::accepted
                        : result.error.failure == Failure::unknown_outcome ? model::Delivery::unknown
                                                                           : model::Delivery::refused;
  if (auto settled = ledger.settle_follow_up(message.id, delivery, raw, now); !settled) {
    return tl::make_unexpected(settled.error());
  }
  return result;
}

Result<bool> follow_up_arrived(Session& session, const Services& services, ledger::Ledger& ledger,
                               const ledger::CaseRecord& record, const ledger::FollowUp& message, Instant now) {
  const auto fresh = refresh(session, services, ledger, record, now);
  if (!fresh) return tl::make_unexpected(fresh.error());
  const bool still_asked = std::any_of(fresh->requests.begin(), fresh->requests.end(), [&](const auto& request) {
    return message.question.empty() || request.control_number == message.question;
  });
  const bool arrived = message.kind == ledger::FollowUpKind::cancel
                           ? fresh->status == model::CaseStatus::voided
                           : fresh->status != model::CaseStatus::info_requested ||
                                 (!message.question.empty() && !fresh->requests.empty() && !still_asked);
  if (!arrived) return false;
  if (auto settled = ledger.settle_follow_up(message.id, model::Delivery::accepted, "", now); !settled) {
    return tl::make_unexpected(settled.error());
  }
  return true;
}

}  // namespace atz::app
