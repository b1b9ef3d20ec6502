#include "fhir/question.hpp"

#include "fhir/datatypes.hpp"
#include "fhir/resource.hpp"

namespace atz::fhir {
namespace {

Json about_line(Json value, const char* key, int line, const Quirks& quirks) {
  Json json = Json::object();
  json["extension"] =
      Json::array({quirks.line_on_resource ? extension_of(ext::kServiceLineNumber, "valuePositiveInt", line)
                                           : extension_of(ext::kPaLineNumber, "valueInteger", line)});
  json[key] = std::move(value);
  return json;
}

// `input` of the Task: type first, as FHIR orders it.
Json input_of(const char* type, Json rest) {
  Json input = Json::object();
  if (const auto extension = rest.find("extension"); extension != rest.end()) input["extension"] = *extension;
  input["type"] = concept_of(codesystem::kPas, type);
  for (auto& [key, value] : *rest.get_ptr<Json::object_t*>()) {
    if (key != "extension") input[key] = std::move(value);
  }
  return input;
}

Json logical(std::string_view type, std::string_view system, const std::string& value) {
  Json json = Json::object();
  json["type"] = type;
  json["identifier"] = identifier(system, value);
  return json;
}

Json inputs_of(const AnsweredCase& answer, const model::InformationRequest& question,
               const model::PayerProfile& payer) {
  Json url = Json::object();
  const std::string base = payer.base_url.empty() ? std::string{} : payer.base_url + "/";
  url["valueUrl"] = question.url.empty() ? base + std::string(kUsualAttachmentUrl) : question.url;
  Json inputs = Json::array({input_of("payer-url", std::move(url))});
  const Quirks& quirks = quirks_of(payer.pas_version);
  const bool questionnaire = question.code == kQuestionnaireWanted;
  for (const auto& line : answer.lines) {
    if (question.line && *question.line != line.sequence) continue;
    if (questionnaire && !line.trace.empty()) {
      inputs.push_back(
          quirks.questionnaire_context
              ? input_of("questionnaire-context", about_line(line.trace, "valueString", line.sequence, quirks))
              : input_of("questionnaires-needed", about_line(identifier(line.trace_system, line.trace),
                                                             "valueIdentifier", line.sequence, quirks)));
    } else if (!questionnaire) {
      Json wanted = question.code.empty()
                        ? x12_concept(X12::report_type, question.kind_code.empty() ? "OZ" : question.kind_code)
                        : concept_of(codesystem::kLoinc, question.code);
      inputs.push_back(
          input_of("attachments-needed", about_line(std::move(wanted), "valueCodeableConcept", line.sequence, quirks)));
    }
  }
  return inputs;
}

}  // namespace

std::string coded_words(const model::InformationRequest& question) {
  if (question.kind_text.empty() || question.code.empty()) return question.kind_text + question.code;
  return question.kind_text + ", " + question.code;
}

std::string question_note(const model::InformationRequest& question) {
  model::InformationRequest coded = question;
  if (coded.kind_text.empty()) coded.kind_text = x12_text(X12::report_type, question.kind_code);
  if (question.text.empty() || question.text == coded_words(coded)) return {};
  return question.control_number.empty() ? question.text : question.control_number + ": " + question.text;
}

void take_words(model::InformationRequest& question, std::vector<Note>& notes) {
  if (question.control_number.empty()) return;
  const std::string head = question.control_number + ": ";
  for (auto note = notes.begin(); note != notes.end(); ++note) {
    if (note->text.compare(0, head.size(), head) != 0 || note->text.size() == head.size()) continue;
    question.text = note->text.substr(head.size());
    notes.erase(note);
    return;
  }
}

Json communication_request(const ReceivedRequest& request, const model::InformationRequest& question,
                           const Quirks& quirks) {
  Json json = start_resource("CommunicationRequest", profile::kCommunicationRequest);
  Json line = Json::array();
  if (question.line) line.push_back(extension_of(ext::kServiceLineNumber, "valuePositiveInt", *question.line));
  if (question.line && quirks.line_on_resource) json["extension"] = line;
  if (!question.control_number.empty())
    json["identifier"] = Json::array({identifier(idsystem::kControlNumber, question.control_number)});
  json["status"] = "active";
  if (!question.kind_code.empty()) {
    std::string_view words = x12_text(X12::report_type, question.kind_code);
    if (words.empty()) words = question.kind_text;
    json["category"] = Json::array({concept_of(x12_system(X12::report_type), question.kind_code, words)});
  }
  json["medium"] = Json::array(
      {question.by_attachment ? concept_of(codesystem::kPas, "CDEX") : x12_concept(X12::transmission, "EL")});
  // A payload needs content: without a code, the words stand in for it where the line has no other place.
  const bool line_on_payload = question.line && !quirks.line_on_resource;
  const std::string content = question.code.empty() && line_on_payload ? question.text : question.code;
  if (!content.empty()) {
    Json payload = Json::object();
    if (line_on_payload) payload["extension"] = line;
    payload["contentString"] = content;
    json["payload"] = Json::array({std::move(payload)});
  }
  json["requester"] = reference_to(request.insurer_url);
  json["recipient"] = Json::array({reference_to(request.provider_url)});
  json["sender"] = reference_to(request.provider_url);
  return json;
}

bool needs_task(const model::InformationRequest& question) {
  return question.due.has_value() || !question.url.empty();
}

Json task_for(const ReceivedRequest& request, const AnsweredCase& answer, const model::InformationRequest& question,
              const model::PayerProfile& payer) {
  Json json = start_resource("Task", profile::kTask);
  const std::string number = question.control_number.empty() ? request.claim_identifier : question.control_number;
  json["identifier"] = Json::array({identifier(idsystem::kControlNumber, number)});
  json["status"] = "requested";
  json["intent"] = "order";
  const bool questionnaire = question.code == kQuestionnaireWanted;
  json["code"] =
      concept_of(codesystem::kPas, questionnaire ? "attachment-request-questionnaire" : "attachment-request-code");
  json["for"] = reference_to(request.patient_url);
  json["requester"] = logical("Organization", request.insurer_id_system, request.insurer_id);
  json["owner"] = logical("Organization", idsystem::kNpi, request.provider_npi);
  json["reasonCode"] = concept_of(codesystem::kPas, "priorAuthorization");
  json["reasonReference"] = logical("Claim", request.claim_system, request.claim_identifier);
  if (question.due) json["restriction"]["period"]["end"] = model::format_date(*question.due);
  json["input"] = inputs_of(answer, question, payer);
  return json;
}

}  // namespace atz::fhir
