// The resources of a request, one function per kind; each lives in the file of its resource.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fhir/request_context.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {

Resource patient_resource(const RequestContext& context);
Resource coverage_resource(const RequestContext& context);
Resource agency_resource(const RequestContext& context);
Resource insurer_resource(const model::PayerProfile& payer, const std::string& url);
Resource house_resource(const RequestContext& context);
Resource document_resource(const RequestContext& context, std::size_t index);
// The DocumentReference itself; `subject` refers to the member.
Json document_json(const model::Tables& tables, const Attachment& attachment, Json subject, const std::string& date);
std::string report_type_of(const model::Tables& tables, const std::string& document_type);  // X12 755

// Questionnaires as answered, then the plan statement, then the staffing pattern; only those that are there.
std::vector<Resource> questionnaire_resources(const RequestContext& context);
std::optional<Resource> plan_statement_resource(const RequestContext& context);
std::optional<Resource> staffing_resource(const RequestContext& context);

// One service of the case file as a line of the Claim.
struct PlannedLine {
  std::size_t service = 0;    // index into the member's services
  int sequence = 0;           // stays with the line through all updates
  std::string certification;  // X12 1322
  std::optional<model::DateSpan> days;
  std::optional<std::size_t> running;  // place of the line that is changed instead of adding one
};
std::vector<PlannedLine> plan_lines(const RequestContext& context);

// Hours a week of one line; nullopt when the line asks for none.
std::optional<Resource> service_request_resource(const RequestContext& context, const PlannedLine& line);

// Notes to the reviewer, each within X12's 264 characters and without its delimiters.
std::vector<std::string> message_lines(const RequestContext& context);

// What goes with the claim besides the fixed parts.
struct Enclosure {
  std::string url;
  std::string report_type;  // X12 755
};
Json document_information(const std::string& report_type, const std::string& control_number);

// Sequences that a line of this request refers to.
struct LineNumbers {
  Json diagnoses, infos;
};
void add_items(const RequestContext& context, const std::vector<PlannedLine>& lines,
               const std::vector<std::optional<std::string>>& service_requests, const LineNumbers& numbers,
               Resource& out);
Resource claim_resource(const RequestContext& context, const std::vector<Enclosure>& enclosures,
                        const std::vector<PlannedLine>& lines,
                        const std::vector<std::optional<std::string>>& service_requests);

std::string line_trace(const RequestContext& context, int sequence);  // "<claim identifier>-L1"
std::string line_code(const model::Service& service);                 // "T2016 SC"
Json procedure_concept(std::string_view code);                        // HCPCS or CPT by the form of the code

}  // namespace atz::fhir
