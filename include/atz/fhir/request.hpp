// From the model to the bytes of a PAS request. Pure: the same input gives the same bytes on any machine.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/diag/finding.hpp"
#include "atz/model/home.hpp"
#include "atz/model/profile.hpp"
#include "atz/model/settings.hpp"
#include "atz/model/tables.hpp"
#include "atz/model/week.hpp"

namespace atz::fhir {

// A file that travels with one member's request, embedded.
struct Attachment {
  std::string type;        // key of the document-type table, e.g. "staffing-pattern"
  std::string title;       // file name without folders
  std::string media_type;  // "application/pdf"
  std::string bytes;
};

// The case that an extension or add-on belongs to.
struct PriorRequest {
  std::string case_id;
  std::string authorization_number;  // of the running line; "" when unknown
  // The last PAS request bundle that was sent for the case, byte for byte. Empty when the case was not made by us: then
  // a new Claim refers to the case by its numbers only (PAS 2.2.1, X12 REF NT and BB).
  std::string body;
};

struct SubmitInput {
  const model::Home& home;
  std::size_t member = 0;  // index into home.members
  const model::Tables& tables;
  const model::Settings& settings;
  const model::PayerProfile& profile;
  const model::Week* week = nullptr;  // travels as the structured staffing pattern; null: none
  std::span<const Attachment> attachments;
  std::string batch_id;                 // "maple-street-20261207-k3m9q"
  Instant created{};                    // Claim.created, Bundle.timestamp, attachments' date
  int attempt = 1;                      // from 2 on identifiers get a suffix (a corrected request after a refusal)
  const PriorRequest* prior = nullptr;  // needed for purposes that ride on a case
};

// Where an element of the request came from: to translate a payer's FHIRPath back to the case file.
struct Origin {
  std::string path;   // "Bundle.entry[1].resource.identifier[0]", relative to the member's bundle
  std::string label;  // "MaineCare ID of member A"
  diag::Span span;
};

struct LineTrace {
  int sequence = 0;
  std::string trace;  // itemTraceNumber value, "<batch>-A-L1"
  std::string code;   // "T2016" or "T2016 SC"
};

struct MemberRequest {
  std::string label;
  std::string member_id;          // as sent
  std::string bytes;              // the PAS request Bundle, compact JSON, UTF-8
  std::string claim_identifier;   // "<batch>-A": our trace number
  std::string bundle_identifier;  // "<batch>-A-S1"
  std::string claim_url;          // urn:uuid of the Claim entry
  std::vector<LineTrace> lines;
  std::vector<Origin> origins;  // longest matching prefix wins
};

// The member must have passed the rules: what is required is there. PAS 2.2.1 profiles; see also README "On the wire".
MemberRequest build_submit(const SubmitInput& input);

enum class OuterKind { transaction, batch };
struct OuterEntry {
  std::string url;
  std::string_view body;
};  // url "Claim/$submit"; body byte-identical to a single call
// Withdraws a request of ours: all of it, or only the lines that were added by it. The payer answers with C per line.
struct CancelInput {
  const model::PayerProfile& profile;
  const PriorRequest& prior;      // its body is needed
  std::vector<int> lines;         // sequences; empty: the whole case (Claim-level certification type 3)
  std::string reason;             // for the reviewer
  std::string claim_identifier;   // new
  std::string bundle_identifier;  // new
  Instant created{};
};
std::string build_cancel(const CancelInput& input);

// An answer to the reviewer's question.
struct AnsweredQuestionnaire {
  std::string name, version;  // of our questionnaires, "home-support"
  struct Answer {
    std::string link, text;  // the question's words
    std::vector<std::string> values;
  };
  std::vector<Answer> answers;
};
struct AnswerInput {
  const model::PayerProfile& profile;
  const model::Tables& tables;
  const PriorRequest& prior;  // its body is needed: patient, agency and payer are taken from it
  const model::InformationRequest* question = nullptr;  // null: sent without being asked
  std::span<const Attachment> attachments;
  std::span<const AnsweredQuestionnaire> questionnaires;
  std::string note;
  std::string claim_identifier, bundle_identifier;  // new; the first is the tracking number where nothing was asked
  Instant created{};
};
// Parameters for POST $submit-attachment (CDex 2.1).
std::string build_attachments(const AnswerInput& input);
// The same as an update of the Claim, for payers without that operation.
std::string build_answer_update(const AnswerInput& input);

// A FHIR batch or transaction around whole PAS bundles. `id` is the batch ID (outer identifier and tag);
// the outer fullUrls are derived from it and from the bodies.
std::string build_outer(OuterKind kind, const std::string& id, Instant created, std::span<const OuterEntry> entries,
                        const model::PayerProfile& profile);

// A query by example for one case. What is known goes in: case ID first, else authorization number,
// else member, code and days.
struct InquiryInput {
  const model::PayerProfile& profile;
  std::string inquiry_id;  // new for each inquiry; trace number and Bundle.identifier
  Instant created{};
  std::string member_id, last, first, born, gender;  // born YYYY-MM-DD
  std::string provider_npi, provider_name;
  std::string case_id, authorization_number;  // may be empty
  std::string code;                           // "T2016"; used when no number is known
  std::vector<std::string> modifiers;
  std::optional<model::DateSpan> period;
};
std::string build_inquiry(const InquiryInput& input);

// The place in the case file behind a payer's expression ("Bundle.entry[2].resource.entry[1].resource.birthDate"
// for a transaction, without the outer entry for a single call). Index of the member and the origin; null when unknown.
struct Located {
  std::size_t member = 0;
  const Origin* origin = nullptr;
};
std::optional<Located> locate(std::string_view expression, std::span<const MemberRequest> members, bool outer);

}  // namespace atz::fhir
