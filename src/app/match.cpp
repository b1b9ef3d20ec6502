#include "app/match.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/app/deliver.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

// Of a request that rides on a case the case says nothing as long as nobody knows whether the request arrived.
bool has_arrived(const ledger::CaseRecord& record) {
  return record.delivery == model::Delivery::accepted || !model::rides_on_case(record.purpose);
}

bool speaks_of_lines(const fhir::CaseReply& reply, const ledger::CaseRecord& record) {
  const fhir::CaseReply own = fhir::about_lines(reply, sequences_of(record));
  return !own.lines.empty() || !own.requests.empty() || own.status != model::CaseStatus::in_review;
}

}  // namespace

bool names_request(const fhir::CaseReply& reply, const ledger::CaseRecord& record) {
  if (reply.claim_identifier == record.claim_identifier) return true;
  return std::any_of(record.lines.begin(), record.lines.end(), [&](const ledger::CaseLine& line) {
    const auto& traces = reply.line_traces;
    return std::find(traces.begin(), traces.end(), line.asked.trace) != traces.end();
  });
}

bool names_case(const fhir::CaseReply& reply, const ledger::CaseRecord& record) {
  return has_arrived(record) && !record.case_id.empty() && reply.case_id == record.case_id;
}

bool is_doubtful(const fhir::CaseReply& reply) {
  return reply.outcome == "error" && !reply.refused &&
         std::none_of(reply.lines.begin(), reply.lines.end(), [](const auto& line) { return line.action.has_value(); });
}

Result<void> check_person(const fhir::CaseReply& reply, const ledger::CaseRecord& record,
                          const std::string& member_id) {
  if (reply.patient_member_id.empty() || reply.patient_member_id == member_id) return {};
  return fail(Failure::refused, fmt::format("The payer answered about another person than member {}", record.label),
              "Nothing was taken over. Call the payer and quote the Case ID.");
}

// By our trace number, else by the Case ID that was asked for. The payer may answer with a newer number for the same
// case, so a single answer to a question by Case ID counts too.
Result<std::optional<fhir::CaseReply>> pick(const fhir::InquiryReply& answer, const ledger::CaseRecord& record,
                                            const std::string& member_id) {
  const fhir::CaseReply* best = nullptr;
  for (const auto& reply : answer.cases) {
    if (names_request(reply, record)) best = &reply;
  }
  const bool alone = answer.cases.size() == 1 && has_arrived(record) && !record.case_id.empty() &&
                     answer.cases.front().patient_member_id == member_id;
  for (const auto& reply : answer.cases) {
    const bool ours = best != nullptr ? &reply == best : alone || names_case(reply, record);
    if (!ours) continue;
    if (auto same = check_person(reply, record, member_id); !same) return tl::make_unexpected(same.error());
    if (reply.refused) continue;
    if (record.delivery != model::Delivery::accepted && is_doubtful(reply)) {
      return fail(Failure::refused,
                  fmt::format("The payer's answer about member {} can't be interpreted safely", record.label),
                  "Nothing was taken over. Call the payer and quote the request number.");
    }
    return reply;
  }
  for (const auto& issue : answer.issues) {
    if (!issue.is_error() || issue.code == "not-found") continue;
    const bool later = issue.code == "transient" || issue.code == "throttled" || issue.code == "timeout";
    return fail(later ? Failure::temporary : Failure::refused,
                fmt::format("The payer could not answer about member {}: {}", record.label,
                            printable(issue.text.empty() ? issue.code : issue.text)));
  }
  return std::optional<fhir::CaseReply>{};
}

std::vector<const ledger::CaseRecord*> requests_of(const fhir::CaseReply& reply,
                                                   const std::vector<ledger::CaseRecord>& records) {
  std::vector<const ledger::CaseRecord*> named;
  for (const auto& record : records) {
    if (names_request(reply, record)) named.push_back(&record);
  }
  if (!named.empty()) return named;
  for (const auto& record : records) {
    if (names_case(reply, record)) named.push_back(&record);
  }
  // The patient has to be looked at even when the answer says nothing about the lines: then the newest stands for all.
  std::vector<const ledger::CaseRecord*> spoken_of;
  for (const auto* record : named) {
    if (speaks_of_lines(reply, *record)) spoken_of.push_back(record);
  }
  if (spoken_of.empty() && !named.empty()) spoken_of.push_back(named.back());
  return spoken_of;
}

}  // namespace atz::app
