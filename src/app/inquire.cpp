#include "atz/app/inquire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "app/bundle_mode.hpp"
#include "app/match.hpp"
#include "app/people.hpp"
#include "atz/base/text.hpp"
#include "atz/fhir/request.hpp"
#include "atz/fhir/withhold.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kInquiriesPerRequest = 100;
constexpr std::size_t kInquiryRandomLength = 8;

Result<std::string> build(Session& session, const Services& services, const ledger::Ledger& ledger,
                          const ledger::CaseRecord& record, Instant now) {
  auto identity = ledger.identity(record.id);
  if (!identity) return tl::make_unexpected(identity.error());
  const ledger::CaseLine line = record.lines.empty() ? ledger::CaseLine{} : record.lines.front();
  const auto period = record.lines.empty() ? std::optional<model::DateSpan>{} : line.asked.period;
  const auto id = fmt::format("I-{}-{}", record.claim_identifier, random_base32(services.random, kInquiryRandomLength));
  return fhir::build_inquiry({session.profile(), id, now, identity->member_id, identity->last, identity->first,
                              identity->born, identity->gender, identity->provider_npi, identity->provider_name,
                              record.case_id, line.decision.authorization_number, line.asked.code, line.asked.modifiers,
                              period});
}

// Records that are asked about together, and who must not be named in what is said about them.
struct Asked {
  std::span<const ledger::CaseRecord* const> records;
  People& people;

  Result<void> clean(std::vector<fhir::Issue>& issues) const {
    for (const auto* record : records) {
      const auto discretion = people.around(*record);
      if (!discretion) return tl::make_unexpected(discretion.error());
      (*discretion)->clean(issues);
    }
    return {};
  }
};

Result<std::string> body_of(const payer::Exchange& answer, const Asked& asked) {
  if (answer.fate != payer::Exchange::Fate::answered) {
    return fail(answer.error.failure == Failure::sign_in ? Failure::sign_in : Failure::temporary, answer.error.message,
                answer.error.help);
  }
  if (answer.http_status == 401 || answer.http_status == 403) {
    return fail(Failure::sign_in,
                fmt::format("The payer does not let us ask about cases (HTTP {})", answer.http_status));
  }
  if (answer.http_status != 200) {
    auto issues = fhir::read_outcome(answer.body);
    if (auto cleaned = asked.clean(issues); !cleaned) return tl::make_unexpected(cleaned.error());
    return fail(answer.http_status / 100 == 4 && answer.http_status != 429 ? Failure::refused : Failure::temporary,
                fmt::format("The payer did not answer the inquiry (HTTP {}){}", answer.http_status,
                            issues.empty() ? "" : ": " + printable(issues.front().text)));
  }
  return answer.body;
}

// A payer may say that it takes batches and mean others than these.
bool refuses_batches(const payer::Exchange& answer) {
  return answer.fate == payer::Exchange::Fate::answered &&
         refuses_mode(answer.http_status, fhir::read_outcome(answer.body));
}

// One answer per body, or why there is none.
std::vector<Result<fhir::InquiryReply>> ask(Session& session, const std::vector<std::string>& bodies,
                                            const Asked& asked, const std::string& id, Instant now) {
  const auto all_failed = [&](const Error& error) {
    return std::vector<Result<fhir::InquiryReply>>(bodies.size(), tl::make_unexpected(error));
  };
  std::vector<Result<fhir::InquiryReply>> replies;
  if (bodies.size() > 1 && session.takes_batches()) {
    std::vector<fhir::OuterEntry> entries;
    entries.reserve(bodies.size());
    for (const auto& body : bodies) entries.push_back({"Claim/$inquire", body});
    const auto outer = fhir::build_outer(fhir::OuterKind::batch, id, now, entries, session.profile());
    const auto answer = session.client().post("", outer, bodies.size());
    if (!refuses_batches(answer)) {
      auto body = body_of(answer, asked);
      if (!body) return all_failed(body.error());
      auto read = fhir::read_outer_inquiry_reply(*body, bodies.size(), session.profile());
      if (!read) return all_failed(read.error());
      for (auto& reply : *read) replies.emplace_back(std::move(reply));
      return replies;
    }
    session.no_more_batches();
  }
  for (const auto& inquiry : bodies) {
    // A payer that can't be reached is not asked again and again.
    if (!replies.empty() && !replies.back() && replies.back().error().failure != Failure::refused) {
      replies.push_back(replies.back());
      continue;
    }
    auto body = body_of(session.client().post("Claim/$inquire", inquiry, 1), asked);
    if (!body) {
      replies.emplace_back(tl::make_unexpected(body.error()));
    } else {
      replies.push_back(fhir::read_inquiry_reply(*body, session.profile()));
    }
  }
  return replies;
}

}  // namespace

Result<std::vector<Found>> inquire(Session& session, const Services& services, const ledger::Ledger& ledger,
                                   const std::vector<const ledger::CaseRecord*>& records, Instant now) {
  People people(ledger);
  std::vector<Found> found;
  found.reserve(records.size());
  for (std::size_t begin = 0; begin < records.size(); begin += kInquiriesPerRequest) {
    const std::size_t end = std::min(records.size(), begin + kInquiriesPerRequest);
    std::vector<std::string> bodies;
    for (std::size_t i = begin; i < end; ++i) {
      auto body = build(session, services, ledger, *records[i], now);
      if (!body) return tl::make_unexpected(body.error());
      bodies.push_back(std::move(*body));
    }
    const std::string id = fmt::format("inquiry-{}", random_base32(services.random, kInquiryRandomLength));
    auto replies = ask(session, bodies, {std::span(records).subspan(begin, end - begin), people}, id, now);
    for (std::size_t i = begin; i < end; ++i) {
      auto& reply = replies[i - begin];
      if (!reply) {
        found.emplace_back(tl::make_unexpected(reply.error()));
        continue;
      }
      auto identity = ledger.identity(records[i]->id);
      if (!identity) return tl::make_unexpected(identity.error());
      const auto discretion = people.around(*records[i]);
      if (!discretion) return tl::make_unexpected(discretion.error());
      (*discretion)->clean(*reply);
      found.push_back(pick(*reply, *records[i], identity->member_id));
    }
  }
  return found;
}

}  // namespace atz::app
