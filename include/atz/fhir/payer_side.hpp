// The other end of the wire: what the embedded payer reads and writes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/fhir/reply.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/case.hpp"
#include "atz/model/profile.hpp"

namespace atz::fhir {

struct ReceivedLine {
  int sequence = 0;
  std::string trace_system, trace;
  std::string code_system, code;
  std::vector<std::string> modifiers;
  std::string certification_type;  // X12 1322: "I" ...
  std::string program_code;
  model::DateSpan period;
  std::int64_t quantity = 0;
  std::string quantity_unit;                 // "DY", "FL", "HS", or text
  std::optional<model::Hours> weekly_hours;  // from the ServiceRequest behind requestedService
  std::string administration_reference;      // case ID given by the sender
  std::string authorization_number;
  std::string change;      // "added", "changed", "" (extension infoChanged)
  bool cancelled = false;  // infoCancelled
};

// Answers in document order, groups flattened. Of ours, with these linkIds:
//   plan-statement    system, location (one line), weekly-hours, checked-on, reviewed-on
//   staffing-pattern  effective, asleep-counts; per block shift.staff .days .from .to .awake .counts .mode .member
//                     .accompanying .line, out.member .days .from .to .kind .code .note; per member member.label .hours
//                     .exact .one-to-one .add-on; house.hours, house.unallocated. A group starts with its first linkId.
struct ReceivedAnswer {
  std::string link, text, value;
};
struct ReceivedQuestionnaire {
  std::string canonical, status;
  std::vector<ReceivedAnswer> answers;
  std::string change = {};  // as ReceivedLine::change
};
struct ReceivedDocument {
  std::string type, title, media_type, report_type, control_number;
  std::size_t bytes = 0;
  std::string sha256;
  std::string change = {};  // as ReceivedLine::change
};
struct ReceivedMessage {
  std::string text, change;
};
struct ReceivedContact {
  std::string relationship, name, phone;
  bool has_address = false;
};

// A PAS request bundle that met the profiles.
struct ReceivedRequest {
  std::string bundle_system, bundle_identifier, batch;  // batch: home-batch tag
  std::string claim_system, claim_identifier, claim_url;
  std::string request_kind;  // subType code, "" when absent
  bool is_update = false;    // two Claims or `related`
  // Of an update: the Claim that it replaces, the case that it names, and whether it withdraws the whole request.
  std::string prior_system, prior_identifier, related_case;
  bool cancels_all = false;
  std::optional<model::Date> discharge_on;  // planned last day (dischargeDates)
  std::string level_of_service, priority;
  std::string patient_url, member_id_system, member_id, last, first, born, gender, phone;
  std::string insurer_url, insurer_id_system, insurer_id;
  std::string provider_url, provider_npi, provider_name, provider_fax;
  std::string location, home_name, home_address;  // care-team Organization
  std::vector<std::string> diagnoses;             // ICD-10-CM, principal first
  std::vector<ReceivedLine> lines;
  std::vector<ReceivedMessage> messages;
  std::vector<ReceivedQuestionnaire> questionnaires;
  std::vector<ReceivedDocument> documents;
  std::vector<ReceivedContact> contacts;
  std::string content_digest;               // of everything but identifiers, fullUrls and times
  std::string claim_type = "professional";  // echoed in answers
  // Entries that an answer must echo: JSON of Patient, insurer and requestor as received.
  std::string patient_json, insurer_json, provider_json;
};

// What is wrong with an incoming message, ready for an OperationOutcome.
struct Fault {
  int http_status = 400;  // 400 not parseable, 422 breaks the profile
  std::vector<Issue> issues;
};

// Reads Claim/$submit's body (a Bundle, or Parameters with one) as strictly as the PAS 2.2.1 profiles:
// cardinality, fixed values, full dates, references, sequences, units, identifiers. All faults at once.
// `tolerant` also takes what public test payloads do (PAS test kits: absolute URLs, text units, extra resources ...).
std::variant<ReceivedRequest, Fault> read_submit(std::string_view body, bool tolerant);

// The body of $submit-attachment.
struct ReceivedAttachments {
  std::string tracking_system, tracking_id;  // our control number for what was asked, or the sender's own
  std::string case_id, provider_npi, member_id_system, member_id;
  std::vector<ReceivedDocument> documents;
  std::vector<ReceivedQuestionnaire> questionnaires;
  bool final = true;  // nothing more to come
};
std::variant<ReceivedAttachments, Fault> read_attachments(std::string_view body);

struct ReceivedInquiry {
  std::string bundle_identifier, claim_system, claim_identifier, claim_url;
  std::string patient_url, member_id, provider_npi, insurer_id;
  std::string case_id, authorization_number, code;
  std::optional<model::DateSpan> period;
  std::string patient_json, insurer_json, provider_json;
  std::string insurer_url, provider_url;
};
std::variant<ReceivedInquiry, Fault> read_inquiry(std::string_view body, bool tolerant = false);

// The outer batch or transaction: entries' method, url and the body's bytes re-serialised.
struct ReceivedOuter {
  bool transaction = false;
  std::string identifier_system, identifier;
  struct Entry {
    std::string method, url, body;
  };
  std::vector<Entry> entries;
};
std::variant<ReceivedOuter, Fault> read_outer(std::string_view body);

// One line of a case as the payer answers it.
struct AnsweredLine {
  int sequence = 0;
  std::string trace_system, trace, code_system, code;
  std::vector<std::string> modifiers;
  std::string action;                // X12 306: A1, A2, A3, A4, A6, C
  std::string authorization_number;  // only with an approval
  model::DateSpan requested;
  std::optional<model::DateSpan> authorized;
  std::optional<model::Date> issued;  // day of the decision, denials included
  std::int64_t quantity = 0;          // granted, for A6
  std::string quantity_unit;
  std::optional<model::Hours> granted_hours;  // differs from the request: goes into addItem with a ServiceRequest
  std::vector<model::LineDecision::Reason> reasons;  // X12 886
};

struct AnsweredCase {
  std::string case_id;  // "" when refused
  Instant created{};
  std::vector<AnsweredLine> lines;
  std::vector<Note> notes;
  std::vector<BusinessError> errors;                // non-empty: outcome=error
  std::vector<model::InformationRequest> requests;  // open questions: CommunicationRequest and Task
};

// Response bundles. `response_url_seed` makes stable fullUrls for what the payer adds.
std::string write_submit_reply(const ReceivedRequest& request, const AnsweredCase& answer,
                               const model::PayerProfile& profile);
// The inquiry's answer: Parameters with a Bundle for every matching case (request = what was stored for it).
struct CaseForInquiry {
  const ReceivedRequest* request = nullptr;
  const AnsweredCase* answer = nullptr;
};
std::string write_inquiry_reply(const ReceivedInquiry& inquiry, const std::vector<CaseForInquiry>& cases, Instant now,
                                const model::PayerProfile& profile);
struct AnsweredEntry {
  int http_status = 200;
  std::string body;
};  // body: response bundle, Parameters or OperationOutcome
std::string write_outer_reply(bool transaction, const std::vector<AnsweredEntry>& entries, Instant now);
std::string write_outcome(const std::vector<Issue>& issues);
std::string write_capabilities(const std::string& base_url, Instant now, const std::string& pas_version);
// A Binary resource.
std::string write_binary(std::string_view media_type, std::string_view bytes);
// US Core Patient search set.
std::string write_patient_searchset(const std::string& base_url, const std::vector<std::string>& patient_json);

// Stored form of a received request: lossless round trip.
std::string to_json(const ReceivedRequest& request);
Result<ReceivedRequest> received_request_from_json(std::string_view json);

}  // namespace atz::fhir
