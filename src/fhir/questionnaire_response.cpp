#include "atz/base/text.hpp"
#include "atz/model/questionnaire.hpp"
#include "fhir/answers.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

std::string canonical_choice(const model::Question& question, std::string_view given) {
  for (const auto& choice : question.choices) {
    if (to_lower(choice) == to_lower(given)) return choice;
  }
  return std::string(given);
}

// JSON wants no leading zeros; everything else stays as written ("67.750").
std::string as_json_number(std::string_view text) {
  std::string sign;
  if (text.front() == '-') {
    sign = "-";
    text.remove_prefix(1);
  }
  while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.remove_prefix(1);
  return sign + std::string(text);
}

}  // namespace

Json typed_answer(const model::Question& question, const std::string& written) {
  const std::string_view given = trim(written);
  Json answer = Json::object();
  switch (question.type) {
    case model::AnswerType::decimal:
    case model::AnswerType::integer:
      if (const auto number = parse_decimal(given)) {
        const bool integer = question.type == model::AnswerType::integer && number->is_whole();
        answer[integer ? "valueInteger" : "valueDecimal"] =
            integer ? Json(number->num()) : decimal(as_json_number(given));
        return answer;
      }
      break;
    case model::AnswerType::date:
      if (const auto date = model::parse_date(given)) return value_answer("valueDate", model::format_date(*date));
      break;
    case model::AnswerType::boolean: {
      const std::string word = to_lower(given);
      if (word == "yes" || word == "true") return value_answer("valueBoolean", true);
      if (word == "no" || word == "false") return value_answer("valueBoolean", false);
      break;
    }
    case model::AnswerType::choice:
    case model::AnswerType::multi:
      return value_answer("valueString", canonical_choice(question, given));
    case model::AnswerType::text:
      break;
  }
  return value_answer("valueString", std::string(given));
}

namespace {

const model::Answer* find_answer(const model::QuestionnaireAnswers& answers, const std::string& link) {
  for (const auto& answer : answers.answers) {
    if (answer.link == link) return &answer;
  }
  return nullptr;
}

Resource answered(const RequestContext& context, const model::QuestionnaireAnswers& given,
                  const model::Questionnaire& questionnaire) {
  const std::string version = given.version ? *given.version : questionnaire.version;
  const std::string status = given.status ? *given.status : "completed";
  Resource out = start_answers(context, questionnaire.name, version, status);
  out.came_from("", "questionnaire " + questionnaire.name + context.of_member, given.span);
  Json items = Json::array();
  for (const auto* question : model::enabled_questions(questionnaire, given)) {
    const auto* answer = find_answer(given, question->link);
    if (answer == nullptr) continue;
    Json values = Json::array();
    for (const auto& value : answer->values) {
      const std::string& text = value ? *value : value.text;
      if (!trim(text).empty()) values.push_back(typed_answer(*question, text));
    }
    if (values.empty()) continue;
    const auto& place = answer->values.size() == 1 ? answer->values.front().span : answer->key_span;
    out.came_from(indexed("item", items.size()),
                  "answer " + question->link + " (" + questionnaire.name + ")" + context.of_member, place);
    items.push_back(answer_item(question->link, question->text, std::move(values)));
  }
  put_node(out.json, "item", std::move(items));
  return out;
}

}  // namespace

Json value_answer(const char* key, Json value) {
  Json answer = Json::object();
  answer[key] = std::move(value);
  return answer;
}

Json answer_item(std::string_view link, std::string_view text, Json answers) {
  Json item = Json::object();
  item["linkId"] = link;
  put(item, "text", text);
  item["answer"] = std::move(answers);
  return item;
}

Json answers_json(const model::PayerProfile& payer, std::string_view name, std::string_view version,
                  std::string_view status, Json subject, const std::string& authored) {
  Json json = start_resource("QuestionnaireResponse", profile::kQuestionnaireResponse);
  json["questionnaire"] = payer.namespaces.questionnaire + "/" + std::string(name) + "|" + std::string(version);
  json["status"] = status;
  json["subject"] = std::move(subject);
  json["authored"] = authored;
  return json;
}

Resource start_answers(const RequestContext& context, std::string_view name, std::string_view version,
                       std::string_view status) {
  return {context.own_url("questionnaire-" + std::string(name)),
          answers_json(context.payer, name, version, status, reference_to(context.patient), context.created),
          {}};
}

std::vector<Resource> questionnaire_resources(const RequestContext& context) {
  std::vector<Resource> out;
  for (const auto& given : context.member.questionnaires) {
    if (const auto* questionnaire = context.input.tables.questionnaire(given.name)) {
      out.push_back(answered(context, given, *questionnaire));
    }
  }
  if (auto plan = plan_statement_resource(context)) out.push_back(std::move(*plan));
  if (auto staffing = staffing_resource(context)) out.push_back(std::move(*staffing));
  return out;
}

}  // namespace atz::fhir
