// A payer's answers, read with tolerance: 2.0.1 to 2.2.1, bare Bundles, Parameters, batch entries, relative references.
// Nothing here throws for foreign bytes; depth and size are bounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/base/result.hpp"
#include "atz/model/case.hpp"
#include "atz/model/profile.hpp"

namespace atz::fhir {

struct Issue {           // of an OperationOutcome
  std::string severity;  // fatal, error, warning, information
  std::string code;      // "required", "business-rule", "not-supported", "duplicate" ...
  std::string text;      // details.text, else coding display
  std::string diagnostics;
  std::vector<std::string> expressions;
  std::vector<std::string> codings;  // "<system>|<code>"
  [[nodiscard]] bool is_error() const { return severity == "fatal" || severity == "error"; }
};

struct BusinessError {                       // ClaimResponse.error
  std::string reject_code, reject_text;      // X12 901
  std::string followup_code, followup_text;  // X12 889
  std::string element;                       // "2010C-NM109"
  std::string path;                          // FHIRPath into our bundle
  std::optional<int> item_sequence;
  std::string text;  // what to show
};

// A processNote.
struct Note {
  std::string text;
  std::vector<int> lines;  // sequences that refer to it; empty: about the whole case
};

// One ClaimResponse.
struct CaseReply {
  std::string case_id;            // administrationReferenceNumber, else identifier in the case-id name space
  std::string claim_identifier;   // our trace number as echoed: request.identifier, else an echoed identifier
  std::string request_reference;  // request.reference
  std::string patient_member_id;  // from the Patient in the reply, "" when it holds none
  std::string patient_reference;
  std::string bundle_identifier;
  std::vector<std::string> line_traces;  // itemTraceNumber values that it echoes
  std::optional<Instant> created;
  std::string pre_auth_ref, disposition, outcome;
  model::CaseStatus status = model::CaseStatus::in_review;  // PAS 2.8 rules; error without a case: see refused
  bool refused = false;                                     // business errors and no decision: nothing was accepted
  std::string flag;  // "call the payer", "payer gave no decision codes", "unknown decision code XX" ...
  std::vector<model::LineDecision> lines;  // sequence 0: a decision on the whole request, no line named
  std::vector<Note> notes;                 // in number order
  std::vector<BusinessError> errors;
  std::vector<model::InformationRequest> requests;  // CommunicationRequest and Task
  std::vector<Issue> warnings;
};

// What a reply says about some lines only, when one case holds several requests of ours: their decisions, notes,
// questions and the status that follows from them. A reply that names none of them says nothing: in review.
CaseReply about_lines(const CaseReply& reply, const std::vector<int>& sequences);

struct EntryReply {  // one call's outcome, alone or inside a batch or transaction response
  int http_status = 0;
  std::optional<CaseReply> reply;
  std::vector<Issue> issues;
};

// The body of an HTTP answer to Claim/$submit. Failure::input when it holds nothing that we understand.
Result<EntryReply> read_submit_reply(int http_status, std::string_view body, const model::PayerProfile& profile);
// To a transaction or batch of `expected` calls: exactly that many entries in order, or Failure::input.
Result<std::vector<EntryReply>> read_outer_reply(std::string_view body, std::size_t expected,
                                                 const model::PayerProfile& profile);
// To Claim/$inquire: any number of cases.
struct InquiryReply {
  std::vector<CaseReply> cases;
  std::vector<Issue> issues;
};
Result<InquiryReply> read_inquiry_reply(std::string_view body, const model::PayerProfile& profile);
Result<std::vector<InquiryReply>> read_outer_inquiry_reply(std::string_view body, std::size_t expected,
                                                           const model::PayerProfile& profile);
// OperationOutcome in an error body; empty when the body is none (HTML, text, nothing).
std::vector<Issue> read_outcome(std::string_view body);

struct Capabilities {
  std::string fhir_version, software;
  std::string pas_version;  // as far as it tells: "2.2.1", "2.0"; "" when it does not
  bool json = true;
  bool subscriptions = false;  // creates Subscriptions
  bool smart = false;          // says that it signs clients in by SMART on FHIR
  bool submit = false, inquire = false, transaction = false, batch = false, patient_search = false;
  bool attachments = false;  // $submit-attachment
};
Result<Capabilities> read_capabilities(std::string_view body);

// A Patient of a search set.
struct FoundMember {
  std::string member_id, last, first, born, gender;
};
Result<std::vector<FoundMember>> read_patients(std::string_view body, const model::PayerProfile& profile);

// The bytes inside a Binary resource.
Result<std::string> read_binary(std::string_view body);

}  // namespace atz::fhir
