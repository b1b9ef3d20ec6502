#include "fhir/received.hpp"

#include "atz/base/text.hpp"
#include "atz/seal/seal.hpp"
#include "fhir/canonical.hpp"
#include "fhir/update_view.hpp"

namespace atz::fhir {
namespace {

std::string value_of_extension(const Json& node, std::string_view url, const char* key) {
  const Json* found = extension(node, url);
  return found == nullptr ? std::string{} : text_of(*found, key);
}

std::string code_of_extension(const Json& node, std::string_view url) {
  const Json* found = extension(node, url);
  return found == nullptr ? std::string{} : code_of(child(*found, "valueCodeableConcept"));
}

std::string system_of(const Json* concept_node) {
  if (concept_node == nullptr) return {};
  for (const Json* coding : elements(*concept_node, "coding")) {
    if (!text_of(*coding, "code").empty()) return text_of(*coding, "system");
  }
  return {};
}

ReceivedLine line_of(const RequestView& view, const Json& item) {
  ReceivedLine line;
  if (const Json* sequence = child(item, "sequence"); sequence != nullptr && sequence->is_number_integer())
    line.sequence = sequence->get<int>();
  if (const Json* trace = extension(item, ext::kItemTraceNumber)) {
    line.trace_system = text_of(child_or_null(*trace, "valueIdentifier"), "system");
    line.trace = text_of(child_or_null(*trace, "valueIdentifier"), "value");
  }
  line.code_system = system_of(child(item, "productOrService"));
  line.code = code_of(child(item, "productOrService"));
  for (const Json* modifier : elements(item, "modifier")) line.modifiers.push_back(code_of(modifier));
  line.certification_type = certification_of(item);
  if (const auto programs = elements(item, "programCode"); !programs.empty())
    line.program_code = code_of(programs.front());
  if (const auto days = days_of(item, "servicedDate", "servicedPeriod")) line.period = *days;
  const Json* quantity = child(item, "quantity");
  line.quantity = whole_number(quantity).value_or(0);
  if (quantity != nullptr)
    line.quantity_unit = text_of(*quantity, "code").empty() ? text_of(*quantity, "unit") : text_of(*quantity, "code");
  if (const Json* link = extension(item, ext::kRequestedService)) {
    const Json* service = view.from_claim(child(*link, "valueReference"));
    if (service != nullptr) line.weekly_hours = hours_of(child(*service, "quantityQuantity"));
  }
  line.administration_reference = value_of_extension(item, ext::kAdministrationReferenceNumber, "valueString");
  line.authorization_number = value_of_extension(item, ext::kAuthorizationNumber, "valueString");
  line.change = change_of(item);
  line.cancelled = is_cancelled(item);
  return line;
}

std::string answer_text(const Json& answer) {
  for (const char* key : {"valueString", "valueDate", "valueDateTime", "valueTime", "valueUri"}) {
    if (auto text = text_of(answer, key); !text.empty()) return text;
  }
  for (const char* key : {"valueDecimal", "valueInteger"}) {
    if (auto number = number_or_text(answer, key); !number.empty()) return number;
  }
  if (const Json* flag = child(answer, "valueBoolean"); flag != nullptr && flag->is_boolean())
    return flag->get<bool>() ? "true" : "false";
  if (const Json* coding = child(answer, "valueCoding")) return text_of(*coding, "code");
  return number_or_text(child_or_null(answer, "valueQuantity"), "value");
}

void collect_answers(const Json& holder, std::vector<ReceivedAnswer>& out) {
  for (const Json* item : elements(holder, "item")) {
    for (const Json* answer : elements(*item, "answer")) {
      out.push_back({text_of(*item, "linkId"), text_of(*item, "text"), answer_text(*answer)});
      collect_answers(*answer, out);
    }
    collect_answers(*item, out);
  }
}

// Documents and answers in the order in which the Claim refers to them.
template <class Visit>
void visit_enclosures(const RequestView& view, const char* type, Visit visit) {
  for (const Json* info : elements(*view.claim, "supportingInfo")) {
    const Json* target = view.from_claim(child(*info, "valueReference"));
    if (resource_type(target) == type) visit(*info, *target);
  }
}

}  // namespace

std::optional<model::DateSpan> days_of_period(const Json* period) {
  if (period == nullptr) return std::nullopt;
  const auto first = model::parse_date(text_of(*period, "start").substr(0, 10));
  const auto last = model::parse_date(text_of(*period, "end").substr(0, 10));
  if (!first || !last) return std::nullopt;
  return model::DateSpan{*first, *last};
}

std::optional<model::DateSpan> days_of(const Json& node, const char* date_key, const char* period_key) {
  if (const auto day = model::parse_date(text_of(node, date_key).substr(0, 10))) return model::DateSpan{*day, *day};
  return days_of_period(child(node, period_key));
}

std::string text_of_address(const Json& address) {
  std::vector<std::string> parts;
  for (const Json* line : elements(address, "line")) {
    if (line->is_string()) parts.push_back(line->get<std::string>());
  }
  if (auto city = text_of(address, "city"); !city.empty()) parts.push_back(std::move(city));
  std::string text = join(parts, ", ");
  const std::string tail(trim(text_of(address, "state") + " " + text_of(address, "postalCode")));
  if (!tail.empty()) text += (text.empty() ? "" : " ") + tail;
  return text;
}

std::optional<model::Hours> hours_of(const Json* quantity) {
  if (quantity == nullptr) return std::nullopt;
  const auto value = parse_decimal(number_or_text(*quantity, "value"));
  constexpr std::int64_t kMost = 10'000;  // several staff around the clock are far below
  if (!value || *value < Rational(0) || *value > Rational(kMost)) return std::nullopt;
  return model::quarter_hours(*value);
}

std::optional<std::int64_t> whole_number(const Json* quantity) {
  if (quantity == nullptr) return std::nullopt;
  const auto value = parse_decimal(number_or_text(*quantity, "value"));
  constexpr std::int64_t kMost = 1'000'000'000;  // far beyond any real number of units; sums stay within 64 bits
  if (!value || !value->is_whole() || value->num() > kMost || value->num() < -kMost) return std::nullopt;
  return value->num();
}

std::vector<ReceivedLine> received_lines(const RequestView& view) {
  std::vector<ReceivedLine> lines;
  for (const Json* item : elements(*view.claim, "item")) lines.push_back(line_of(view, *item));
  return lines;
}

std::vector<ReceivedAnswer> answers_of(const Json& questionnaire_response) {
  std::vector<ReceivedAnswer> answers;
  collect_answers(questionnaire_response, answers);
  return answers;
}

std::vector<ReceivedQuestionnaire> received_questionnaires(const RequestView& view) {
  std::vector<ReceivedQuestionnaire> out;
  visit_enclosures(view, "QuestionnaireResponse", [&](const Json& info, const Json& response) {
    out.push_back(
        {text_of(response, "questionnaire"), text_of(response, "status"), answers_of(response), change_of(info)});
  });
  return out;
}

std::vector<ReceivedDocument> documents_of(const Json& document_reference) {
  std::vector<ReceivedDocument> out;
  for (const Json* content : elements(document_reference, "content")) {
    const Json& attachment = child_or_null(*content, "attachment");
    ReceivedDocument document;
    document.type = words_of(child(document_reference, "type"));
    document.title = text_of(attachment, "title");
    document.media_type = text_of(attachment, "contentType");
    if (const auto bytes = seal::from_base64(text_of(attachment, "data"))) {
      document.bytes = bytes->size();
      document.sha256 = seal::sha256_hex(*bytes);
    }
    out.push_back(std::move(document));
  }
  return out;
}

std::vector<ReceivedDocument> received_documents(const RequestView& view) {
  std::vector<ReceivedDocument> out;
  visit_enclosures(view, "DocumentReference", [&](const Json& info, const Json& reference) {
    for (auto& document : documents_of(reference)) {
      if (const Json* details = extension(info, ext::kDocumentInformation)) {
        document.report_type = code_of_extension(*details, "reportTypeCode");
        document.control_number = value_of_extension(*details, "controlNumber", "valueString");
      }
      document.change = change_of(info);
      out.push_back(std::move(document));
    }
  });
  return out;
}

std::string phone_of(const Json& patient_or_contact) {
  for (const Json* number : elements(patient_or_contact, "telecom")) {
    if (text_of(*number, "system") == "phone") return text_of(*number, "value");
  }
  return {};
}

std::vector<ReceivedContact> received_contacts(const Json& patient) {
  std::vector<ReceivedContact> out;
  for (const Json* contact : elements(patient, "contact")) {
    ReceivedContact received;
    if (const auto relationships = elements(*contact, "relationship"); !relationships.empty()) {
      received.relationship = code_of(relationships.front());
      if (received.relationship.empty()) received.relationship = words_of(relationships.front());
    }
    received.name = text_of(child_or_null(*contact, "name"), "text");
    received.phone = phone_of(*contact);
    received.has_address = child(*contact, "address") != nullptr;
    out.push_back(std::move(received));
  }
  return out;
}

}  // namespace atz::fhir
