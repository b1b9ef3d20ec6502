// One submission on its way: post the bytes that the ledger holds, and turn the answer into what is known per member.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/app/session.hpp"
#include "atz/fhir/request.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

// What one member's message carries, to recognise its answer.
struct Expected {
  std::string label;
  std::string claim_identifier;
  std::string claim_url;  // empty when unknown (stored messages)
  std::string member_id;
  std::vector<int> lines;  // sequences that this request asks for
};

// The outcome of posting one body.
struct Delivered {
  std::vector<ledger::MemberOutcome> outcomes;           // in the order of the expected members
  std::vector<fhir::Issue> issues;                       // of a refusal, as the payer wrote them
  std::vector<std::vector<fhir::BusinessError>> errors;  // per member
  // worst first: what the command reports and its exit code follows
  Error error;                  // for anything but success
  bool ok = true;               // every member accepted
  bool try_other_mode = false;  // certain that nothing was processed and that the mode is why
  std::string request_id;
};

// `outer`: the body is a transaction or batch around one entry per member; else one member's bundle.
// Resends the same bytes after a lost answer only when the profile calls replay safe. `sent_before`: these bytes left
// once without a trusted answer, so that a refusal which did not look at them leaves the outcome unknown.
Delivered deliver(Session& session, const Services& services, std::string_view body, bool outer,
                  const std::vector<Expected>& members, bool sent_before = false);

// An answer about a case, from a submission or an inquiry, in the ledger's terms: what it says about these lines.
ledger::MemberOutcome to_outcome(const std::string& label, const fhir::CaseReply& reply, const std::vector<int>& lines);
// Whether the payer refuses a request as a duplicate (X12 reject reason 91): perhaps of this very request.
bool says_duplicate(const std::vector<fhir::BusinessError>& errors);
std::vector<int> sequences_of(const ledger::CaseRecord& record);

}  // namespace atz::app
