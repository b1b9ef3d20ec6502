#include "fhir/answer_content.hpp"

#include "atz/base/text.hpp"
#include "fhir/answers.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

const model::Question* question_of(const model::Questionnaire* questionnaire, const std::string& link) {
  if (questionnaire == nullptr) return nullptr;
  for (const auto& question : questionnaire->questions) {
    if (question.link == link) return &question;
  }
  return nullptr;
}

Json answered(const AnswerInput& input, const AnsweredQuestionnaire& given, const Json& subject) {
  const auto* questionnaire = input.tables.questionnaire(given.name);
  std::string version = given.version;
  if (version.empty()) version = questionnaire == nullptr ? "1" : questionnaire->version;
  Json json =
      answers_json(input.profile, given.name, version, "completed", subject, model::format_instant(input.created));
  ItemList items;
  for (const auto& answer : given.answers) {
    const auto* question = question_of(questionnaire, answer.link);
    Json values = Json::array();
    for (const auto& value : answer.values) {
      if (trim(value).empty()) continue;
      values.push_back(question == nullptr ? value_answer("valueString", std::string(trim(value)))
                                           : typed_answer(*question, value));
    }
    items.add_answers(answer.link, answer.text, std::move(values));
  }
  put_node(json, "item", items.take());
  return json;
}

// A document of no known kind is of the kind that was asked for.
std::string report_type(const AnswerInput& input, const Attachment& attachment) {
  const bool known = input.tables.document_type(attachment.type) != nullptr;
  if (!known && input.question != nullptr && !input.question->kind_code.empty()) return input.question->kind_code;
  return report_type_of(input.tables, attachment.type);
}

}  // namespace

std::vector<AnswerPart> answer_parts(const AnswerInput& input, const Json& subject) {
  std::vector<AnswerPart> parts;
  const std::string created = model::format_instant(input.created);
  for (const auto& attachment : input.attachments)
    parts.push_back({document_json(input.tables, attachment, subject, created), report_type(input, attachment)});
  for (const auto& given : input.questionnaires) parts.push_back({answered(input, given, subject), "77"});
  return parts;
}

}  // namespace atz::fhir
