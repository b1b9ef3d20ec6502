#include "fhir/claim_response.hpp"

#include "atz/base/random.hpp"
#include "fhir/bundle.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kResponseNamespace = "e0a7c9d4-3a8b-4f0e-9a57-5f1f6a1d2b90";

// fullUrls that stay the same as long as the case does.
std::string own_url(const ReceivedRequest& request, const AnsweredCase& answer, const std::string& role) {
  return "urn:uuid:" + uuid_v5(kResponseNamespace, request.claim_system + "\n" + request.claim_identifier + "\n" +
                                                       answer.case_id + "\n" + role);
}

std::string service_url(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line) {
  return own_url(request, answer, "service-" + std::to_string(line.sequence));
}

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

Json item_of(const AnsweredCase& answer, const AnsweredLine& line) {
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
  Json notes = Json::array();
  for (std::size_t i = 0; i < answer.notes.size(); ++i) notes.push_back(i + 1);
  put_node(item, "noteNumber", std::move(notes));
  item["adjudication"] = adjudication_of(line.action, line.authorization_number, line.reasons);
  return item;
}

bool has_add_item(const AnsweredLine& line) {
  return line.action == "A6" || line.granted_hours.has_value();
}

// A6 says that something else was authorized; this says what.
Json add_item_of(const ReceivedRequest& request, const AnsweredCase& answer, const AnsweredLine& line) {
  const model::DateSpan& days = line.authorized ? *line.authorized : line.requested;
  Json extensions = Json::array();
  if (line.issued)
    extensions.push_back(extension_of(ext::kItemPreAuthIssueDate, "valueDate", model::format_date(*line.issued)));
  extensions.push_back(extension_of(ext::kItemPreAuthPeriod, "valuePeriod", period_of(days)));
  if (line.granted_hours) {
    extensions.push_back(
        extension_of(ext::kRequestedService, "valueReference", reference_to(service_url(request, answer, line))));
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

Json error_of(const BusinessError& error, const Quirks& quirks) {
  Json extensions = Json::array();
  if (!error.followup_code.empty()) {
    extensions.push_back(extension_of(ext::kErrorFollowupAction, "valueCodeableConcept",
                                      x12_concept(X12::followup, error.followup_code)));
  }
  if (!error.element.empty()) {
    if (quirks.complex_error_element) {
      Json element = Json::object();
      element["extension"] = Json::array({extension_of("error", "valueString", error.element)});
      element["url"] = ext::kErrorElement;
      extensions.push_back(std::move(element));
    } else {
      extensions.push_back(extension_of(ext::kErrorElement, "valueString", error.element));
    }
  }
  if (!error.path.empty()) extensions.push_back(extension_of(ext::kErrorPath, "valueString", error.path));
  Json json = Json::object();
  put_node(json, "extension", std::move(extensions));
  if (error.item_sequence) json["itemSequence"] = *error.item_sequence;
  Json code = x12_concept(X12::reject, error.reject_code);
  put(code, "text", error.text);
  json["code"] = std::move(code);
  return json;
}

Json claim_response_of(ReplyKind kind, const ReceivedRequest& request, const AnsweredCase& answer,
                       const model::PayerProfile& payer) {
  Json json = start_resource("ClaimResponse",
                             kind == ReplyKind::submit ? profile::kClaimResponse : profile::kClaimInquiryResponse);
  const Json trace = identifier(request.claim_system, request.claim_identifier);
  json["identifier"] = Json::array({trace});
  if (!answer.case_id.empty()) json["identifier"].push_back(identifier(payer.namespaces.case_id, answer.case_id));
  json["status"] = "active";
  json["type"] = concept_of(codesystem::kClaimType, request.claim_type);
  json["use"] = "preauthorization";
  json["patient"] = reference_to(request.patient_url);
  json["created"] = model::format_instant(answer.created);
  json["insurer"] = reference_to(request.insurer_url);
  json["requestor"] = reference_to(request.provider_url);
  Json about = Json::object();
  about["identifier"] = trace;  // no reference: the Claim itself is not part of the answer
  json["request"] = std::move(about);
  json["outcome"] = answer.errors.empty() ? "complete" : "error";

  Json items = Json::array();
  Json add_items = Json::array();
  std::string authorization;
  for (const auto& line : answer.lines) {
    items.push_back(item_of(answer, line));
    if (has_add_item(line)) add_items.push_back(add_item_of(request, answer, line));
    if (authorization.empty()) authorization = line.authorization_number;
  }
  put(json, "preAuthRef", authorization);
  put_node(json, "item", std::move(items));
  put_node(json, "addItem", std::move(add_items));
  Json notes = Json::array();
  for (const auto& [text, lines] : answer.notes) {
    Json note = Json::object();
    note["number"] = notes.size() + 1;
    note["text"] = text;
    notes.push_back(std::move(note));
  }
  put_node(json, "processNote", std::move(notes));
  Json errors = Json::array();
  for (const auto& error : answer.errors) errors.push_back(error_of(error, quirks_of(payer.pas_version)));
  put_node(json, "error", std::move(errors));
  return json;
}

}  // namespace

Json response_bundle(ReplyKind kind, const ReceivedRequest& request, const AnsweredCase& answer,
                     const Json& bundle_identifier, Instant written, const model::PayerProfile& payer) {
  Json bundle =
      start_bundle(kind == ReplyKind::submit ? profile::kResponseBundle : profile::kInquiryResponseBundle, {}, {});
  bundle["identifier"] = bundle_identifier;
  bundle["type"] = "collection";
  bundle["timestamp"] = model::format_instant(written);
  Json entries = Json::array();
  entries.push_back(entry_of(own_url(request, answer, "response"), claim_response_of(kind, request, answer, payer)));
  const auto echo = [&](const std::string& url, const std::string& json) {
    if (auto resource = parse_json(json)) entries.push_back(entry_of(url, std::move(*resource)));
  };
  echo(request.patient_url, request.patient_json);
  echo(request.provider_url, request.provider_json);
  if (request.insurer_url != request.provider_url) echo(request.insurer_url, request.insurer_json);
  for (const auto& line : answer.lines) {
    if (line.granted_hours)
      entries.push_back(entry_of(service_url(request, answer, line), granted_service(request, line)));
  }
  bundle["entry"] = std::move(entries);
  return bundle;
}

}  // namespace atz::fhir
