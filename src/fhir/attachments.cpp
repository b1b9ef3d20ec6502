// An answer by $submit-attachment (CDex 2.1).
#include <stdexcept>

#include "fhir/answer_content.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/prior_bundle.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

Json parameter(const char* name, const char* value_key, Json value) {
  Json json = Json::object();
  json["name"] = name;
  json[value_key] = std::move(value);
  return json;
}

// System and value of an identifier, without what else it says.
Json plain(const Json* number) {
  return number == nullptr ? Json() : identifier(text_of(*number, "system"), text_of(*number, "value"));
}

Json first_number(const Json* resource) {
  if (resource == nullptr) return {};
  const auto numbers = elements(*resource, "identifier");
  return numbers.empty() ? Json() : plain(numbers.front());
}

// The note has no type of the tables; its name says what it is.
Json note_document(const AnswerInput& input, const Json& subject) {
  return document_json(input.tables, {"Note", "note.txt", "text/plain", input.note}, subject,
                       model::format_instant(input.created));
}

Json attachment_of(const AnswerInput& input, Json content) {
  Json parts = Json::array();
  const auto* question = input.question;
  if (question != nullptr && question->line)
    parts.push_back(parameter("LineItem", "valueString", std::to_string(*question->line)));
  if (question != nullptr && !question->code.empty())
    parts.push_back(parameter("Code", "valueCodeableConcept", concept_of(codesystem::kLoinc, question->code)));
  parts.push_back(parameter("Content", "resource", std::move(content)));
  return parameter("Attachment", "part", std::move(parts));
}

Json tracking(const AnswerInput& input) {
  const bool asked = input.question != nullptr && !input.question->control_number.empty();
  // The payer knows its own numbers without our naming whose they are.
  if (asked) return identifier({}, input.question->control_number);
  return identifier(std::string(idsystem::kTraceOrganization) + input.profile.submitter.trace_org,
                    input.claim_identifier);
}

}  // namespace

std::string build_attachments(const AnswerInput& input) {
  const auto prior = read_prior(input.prior.body);
  if (prior == nullptr) throw std::invalid_argument("the request that is answered for can't be read");
  const Json member = plain(member_identifier(prior->view.patient));
  Json subject = Json::object();
  subject["type"] = "Patient";
  put_node(subject, "identifier", member);

  Json list = Json::array({parameter("TrackingId", "valueIdentifier", tracking(input))});
  if (!input.prior.case_id.empty()) {
    list.push_back(parameter("AdminRefNumber", "valueIdentifier",
                             identifier(input.profile.namespaces.case_id, input.prior.case_id)));
  }
  list.push_back(parameter("AttachTo", "valueCode", "preauthorization"));
  const auto add_number = [&](const char* name, Json number) {
    if (!number.is_null()) list.push_back(parameter(name, "valueIdentifier", std::move(number)));
  };
  add_number("PayerId", first_number(prior->view.insurer));
  add_number("OrganizationId", first_number(prior->view.provider));
  add_number("MemberId", member);
  for (auto& part : answer_parts(input, subject)) list.push_back(attachment_of(input, std::move(part.resource)));
  if (!input.note.empty()) list.push_back(attachment_of(input, note_document(input, subject)));
  list.push_back(parameter("Final", "valueBoolean", true));

  Json parameters = start_resource("Parameters", profile::kSubmitAttachment);
  parameters["parameter"] = std::move(list);
  return to_bytes(parameters);
}

}  // namespace atz::fhir
