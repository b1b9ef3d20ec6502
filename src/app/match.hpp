// Which of a payer's answers is about a request of ours.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// By the trace number of the request or of one of its lines.
bool names_request(const fhir::CaseReply& reply, const ledger::CaseRecord& record);
// By the Case ID of a request that the payer is known to have.
bool names_case(const fhir::CaseReply& reply, const ledger::CaseRecord& record);

// An error without a decision that the reader did not dare to call a refusal: neither a case nor a refusal follows.
bool is_doubtful(const fhir::CaseReply& reply);

// Failure::refused: the answer is about another person than the member of that request. Nothing may be taken over.
Result<void> check_person(const fhir::CaseReply& reply, const ledger::CaseRecord& record, const std::string& member_id);

// The answer to our question about `record`; nullopt: the payer knows no such case.
Result<std::optional<fhir::CaseReply>> pick(const fhir::InquiryReply& answer, const ledger::CaseRecord& record,
                                            const std::string& member_id);

// The requests that an answer is about which nobody asked for. One case may hold several requests: trace numbers tell
// them apart; an answer without them is about those of the case whose lines it names.
std::vector<const ledger::CaseRecord*> requests_of(const fhir::CaseReply& reply,
                                                   const std::vector<ledger::CaseRecord>& records);

}  // namespace atz::app
