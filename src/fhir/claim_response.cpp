#include "fhir/claim_response.hpp"

#include <algorithm>

#include "fhir/bundle.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/question.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {
namespace {

std::string question_url(const ReceivedRequest& request, const AnsweredCase& answer, std::size_t index,
                         const char* what) {
  const std::string& number = answer.requests[index].control_number;
  return response_url(request, answer, std::string(what) + "-" + (number.empty() ? std::to_string(index + 1) : number));
}

// The reviewer's notes and after them the words of the questions, numbered from 1 in this order.
std::vector<Note> notes_of(const AnsweredCase& answer) {
  std::vector<Note> notes = answer.notes;
  for (const auto& question : answer.requests) {
    Note note{question_note(question), {}};
    if (question.line) note.lines.push_back(*question.line);
    if (!note.text.empty()) notes.push_back(std::move(note));
  }
  return notes;
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

// The one number of all approved lines; with several of them it would be wrong for all but one.
std::string common_number(const AnsweredCase& answer) {
  std::string common;
  for (const auto& line : answer.lines) {
    if (line.authorization_number.empty()) continue;
    if (!common.empty() && common != line.authorization_number) return {};
    common = line.authorization_number;
  }
  return common;
}

std::string_view outcome_of(const AnsweredCase& answer, const Quirks& quirks) {
  if (!answer.errors.empty()) return "error";
  const bool pends =
      std::any_of(answer.lines.begin(), answer.lines.end(), [](const auto& line) { return line.action == "A4"; });
  return pends && !quirks.pended_is_complete ? "queued" : "complete";
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
  const Quirks& quirks = quirks_of(payer.pas_version);
  json["outcome"] = outcome_of(answer, quirks);

  Json items = Json::array();
  Json add_items = Json::array();
  const auto notes = notes_of(answer);
  for (const auto& line : answer.lines) {
    items.push_back(response_item(answer, line, notes));
    if (!needs_add_item(line)) continue;
    if (quirks.grants_in_add_item) {
      add_items.push_back(response_add_item(request, answer, line));
    } else {
      items.back()["extension"].push_back(authorized_detail(request, answer, line));
    }
  }
  put(json, "preAuthRef", common_number(answer));
  put_node(json, "item", std::move(items));
  put_node(json, "addItem", std::move(add_items));
  Json process_notes = Json::array();
  for (const auto& note : notes) {
    Json json_note = Json::object();
    json_note["number"] = process_notes.size() + 1;
    json_note["text"] = note.text;
    process_notes.push_back(std::move(json_note));
  }
  put_node(json, "processNote", std::move(process_notes));
  Json questions = Json::array();
  for (std::size_t i = 0; i < answer.requests.size(); ++i)
    questions.push_back(reference_to(question_url(request, answer, i, "question")));
  put_node(json, "communicationRequest", std::move(questions));
  Json errors = Json::array();
  for (const auto& error : answer.errors) errors.push_back(error_of(error, quirks));
  put_node(json, "error", std::move(errors));
  return json;
}

}  // namespace

Json response_bundle(ReplyKind kind, const ReceivedRequest& request, const AnsweredCase& answer,
                     const Json& bundle_identifier, Instant written, const model::PayerProfile& payer) {
  Json bundle =
      start_bundle(kind == ReplyKind::submit ? profile::kResponseBundle : profile::kInquiryResponseBundle, {}, {});
  const Quirks& quirks = quirks_of(payer.pas_version);
  if (quirks.names_reply) bundle["identifier"] = bundle_identifier;
  bundle["type"] = "collection";
  bundle["timestamp"] = model::format_instant(written);
  Json entries = Json::array();
  entries.push_back(
      entry_of(response_url(request, answer, "response"), claim_response_of(kind, request, answer, payer)));
  const auto echo = [&](const std::string& url, const std::string& json) {
    if (auto resource = parse_json(json)) entries.push_back(entry_of(url, std::move(*resource)));
  };
  echo(request.patient_url, request.patient_json);
  echo(request.provider_url, request.provider_json);
  if (request.insurer_url != request.provider_url) echo(request.insurer_url, request.insurer_json);
  for (const auto& line : answer.lines) {
    if (line.granted_hours)
      entries.push_back(entry_of(granted_service_url(request, answer, line), granted_service(request, line)));
  }
  for (std::size_t i = 0; i < answer.requests.size(); ++i) {
    const auto& question = answer.requests[i];
    entries.push_back(
        entry_of(question_url(request, answer, i, "question"), communication_request(request, question, quirks)));
    if (needs_task(question))
      entries.push_back(entry_of(question_url(request, answer, i, "task"), task_for(request, answer, question, payer)));
  }
  bundle["entry"] = std::move(entries);
  return bundle;
}

}  // namespace atz::fhir
