// The lines of an answer.
#include <algorithm>

#include "atz/base/random.hpp"
#include "fhir/claim_response.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kResponseNamespace = "e0a7c9d4-3a8b-4f0e-9a57-5f1f6a1d2b90";

Json adjudication_of(std::string_view action, const std::string& number,
                     const std::vector<model::LineDecision::Reason>& reasons) {
  Json parts = Json::array();
  parts.push_back(extension_of(ext::kReviewActionCode, "valueCodeableConcept", x12_concept(X12::action, action)));
  if (!number.empty()) parts.push_back(extension_of("number", "valueString", number));
  for (const auto& reason : reasons) {
    const std::string_view words =
        reason.text.empty() ? x12_text(X12::reason, reason.code) : std::string_view(reason.text);
    parts.push_back(
        extension_of("reasonCode", "valueCodeableConcept", concept_of(x12_system(X12::reason), reason.code, words)));
  }
  Json review = Json::object();
  review["extension"] = std::move(parts);
  review["url"] = ext::kReviewAction;
  Json adjudication = Json::object();
  adjudication["extension"] = Json::array({std::move(review)});
  adjudication["category"] = concept_of(codesystem::kAdjudication, "submitted");
  return Json::array({std::move(adjudication)});
}

// A note that names no line is every line's.
Json note_numbers(const std::vector<Note>& notes, int line) {
  Json numbers = Json::array();
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const auto& lines = notes[i].lines;
    if (lines.empty() || std::find(lines.begin(), lines.end(), line) != lines.end()) numbers.push_back(i + 1);
  }
  return numbers;
}

}  // namespace

std::string response_url(const ReceivedRequest& request, const AnsweredCase& answer, const std::string& role) {
  return "urn:uuid:" + uuid_v5(kResponseNamespace, request.claim_system + "\n" + request.claim_identifier + "\n" +
                                                       answer.case_id + "\n" + role);
}

std::string granted_service_url(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line) {
  return response_url(request, answer, "service-" + std::to_string(line.sequence));
}

Json response_item(const AnsweredCase& answer, const AnsweredLine& line, const std::vector<Note>& notes) {
  Json extensions = Json::array();
  if (!line.trace.empty())
    extensions.push_back(
        extension_of(ext::kItemTraceNumber, "valueIdentifier", identifier(line.trace_system, line.trace)));
  if (line.issued)
    extensions.push_back(extension_of(ext::kItemPreAuthIssueDate, "valueDate", model::format_date(*line.issued)));
  if (line.authorized)
    extensions.push_back(extension_of(ext::kItemPreAuthPeriod, "valuePeriod", period_of(*line.authorized)));
  if (!answer.case_id.empty())
    extensions.push_back(extension_of(ext::kAdministrationReferenceNumber, "valueString", answer.case_id));
  extensions.push_back(extension_of(ext::kItemRequestedServiceDate, "valuePeriod", period_of(line.requested)));
  Json item = Json::object();
  item["extension"] = std::move(extensions);
  item["itemSequence"] = line.sequence;
  put_node(item, "noteNumber", note_numbers(notes, line.sequence));
  item["adjudication"] = adjudication_of(line.action, line.authorization_number, line.reasons);
  return item;
}

bool needs_add_item(const AnsweredLine& line) {
  return line.action == "A6" || line.granted_hours.has_value();
}

// A6 says that something else was authorized; this says what.
Json response_add_item(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line) {
  const model::DateSpan& days = line.authorized ? *line.authorized : line.requested;
  Json extensions = Json::array();
  if (line.issued)
    extensions.push_back(extension_of(ext::kItemPreAuthIssueDate, "valueDate", model::format_date(*line.issued)));
  extensions.push_back(extension_of(ext::kItemPreAuthPeriod, "valuePeriod", period_of(days)));
  if (line.granted_hours) {
    extensions.push_back(extension_of(ext::kRequestedService, "valueReference",
                                      reference_to(granted_service_url(request, answer, line))));
  }
  Json item = Json::object();
  item["extension"] = std::move(extensions);
  item["itemSequence"] = Json::array({line.sequence});
  item["productOrService"] = concept_of(line.code_system, line.code);
  Json modifiers = Json::array();
  for (const auto& modifier : line.modifiers) modifiers.push_back(concept_of(codesystem::kHcpcs, modifier));
  put_node(item, "modifier", std::move(modifiers));
  item["servicedPeriod"] = period_of(days);
  if (line.quantity > 0) item["quantity"] = quantity_of(line.quantity, line.quantity_unit);
  item["adjudication"] = adjudication_of("A1", line.authorization_number, {});
  return item;
}

// How payers said it before there was addItem for it.
Json authorized_detail(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line) {
  Json parts = Json::array();
  parts.push_back(
      extension_of("productOrServiceCode", "valueCodeableConcept", concept_of(line.code_system, line.code)));
  for (const auto& modifier : line.modifiers)
    parts.push_back(extension_of("modifier", "valueCodeableConcept", concept_of(codesystem::kHcpcs, modifier)));
  if (line.quantity > 0)
    parts.push_back(extension_of("quantity", "valueQuantity", quantity_of(line.quantity, line.quantity_unit)));
  if (line.granted_hours) {
    parts.push_back(extension_of(ext::kRequestedService, "valueReference",
                                 reference_to(granted_service_url(request, answer, line))));
  }
  Json detail = Json::object();
  detail["extension"] = std::move(parts);
  detail["url"] = ext::kItemAuthorizedDetail;
  return detail;
}

Json granted_service(const ReceivedRequest& request, const AnsweredLine& line) {
  Json service = start_resource("ServiceRequest", profile::kServiceRequest);
  service["status"] = "active";
  service["intent"] = "order";
  service["code"] = concept_of(line.code_system, line.code);
  service["quantityQuantity"] = quantity_of(number_of(line.granted_hours->exact()), "HS");
  service["subject"] = reference_to(request.patient_url);
  Json bounds = Json::object();
  bounds["value"] = (line.authorized ? *line.authorized : line.requested).days();
  bounds["unit"] = "days";
  bounds["system"] = codesystem::kUcum;
  bounds["code"] = "d";
  Json repeat = Json::object();
  repeat["boundsDuration"] = std::move(bounds);
  repeat["frequency"] = 1;
  repeat["period"] = 1;
  repeat["periodUnit"] = "wk";
  service["occurrenceTiming"]["repeat"] = std::move(repeat);
  return service;
}

}  // namespace atz::fhir
