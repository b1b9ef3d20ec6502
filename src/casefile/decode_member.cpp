#include <string>

#include "atz/base/text.hpp"
#include "casefile/decode.hpp"

namespace atz::casefile {
namespace {

void decode_recipient(const Reader& member, std::string_view key, bool may_be_none, model::LetterRecipient& recipient) {
  recipient.span = member.key_span(key);
  if (const Node* value = member.value(key);
      may_be_none && value != nullptr && value->kind == Node::Kind::scalar && value->text == "none") {
    recipient.present = true;
    recipient.none = true;
    return;
  }
  const Reader reader = member.mapping(key);
  recipient.present = reader.given();
  reader.get("name", recipient.name);
  reader.get("phone", recipient.phone);
  decode_address(reader.mapping("address"), recipient.address);
}

void decode_name(const Reader& reader, model::PersonName& name) {
  name.present = reader.given();
  name.span = reader.here();
  reader.get("last", name.last);
  reader.get("first", name.first);
  reader.get("middle", name.middle);
}

void decode_service(const Reader& reader, model::Service& service) {
  service.span = reader.whole();
  reader.get("code", service.code);
  split_code(service);
  const std::size_t glued = service.modifiers.size();
  reader.get("modifiers", service.modifiers);
  for (std::size_t i = glued; i < service.modifiers.size(); ++i) upper(service.modifiers[i]);
  reader.get("units", service.units);
  reader.get("weekly_hours", service.weekly_hours);
  decode_period(reader.mapping("period"), service.period);
  reader.get("date", service.date);
  reader.get("frequency", service.frequency);
  reader.get("rate", service.rate);
}

void decode_plan(const Reader& reader, model::PlanStatement& plan) {
  plan.present = reader.given();
  plan.span = reader.here();
  reader.get("system", plan.system);
  decode_address(reader.mapping("location"), plan.location);
  reader.get("weekly_hours", plan.weekly_hours);
  reader.get("checked_on", plan.checked_on);
  reader.get("reviewed_on", plan.reviewed_on);
  reader.each("other_services", [&](const Reader& entry) {
    auto& service = plan.other_services.emplace_back();
    service.span = entry.whole();
    entry.get("code", service.code);
    upper(service.code);
    entry.get("weekly_hours", service.weekly_hours);
  });
}

// An answer keeps its text even when it is empty: whether that is an answer is for the questionnaire to say.
model::Field<std::string> answer_value(const Node& node) {
  model::Field<std::string> field;
  field.present = true;
  field.span = node.span;
  field.text = node.text;
  if (node.kind == Node::Kind::scalar) field.value = node.text;
  return field;
}

void decode_answer(const Reader& reader, const std::string& path, const Node::Entry& entry, model::Answer& answer) {
  answer.link = entry.key;
  answer.key_span = entry.key_span;
  const auto wrong = [&](const Node& node) {
    reader.problem(Problem::Kind::wrong_shape, node.span, path + "." + entry.key,
                   "an answer must be a single value, or a list of them", {}, "a single value", {});
  };
  if (entry.value.kind == Node::Kind::mapping) {
    wrong(entry.value);
  } else if (entry.value.kind != Node::Kind::sequence) {
    answer.values.push_back(answer_value(entry.value));
  } else {
    answer.is_list = true;
    for (const Node& item : entry.value.items) {
      if (item.kind == Node::Kind::mapping || item.kind == Node::Kind::sequence) {
        wrong(item);
      } else {
        answer.values.push_back(answer_value(item));
      }
    }
  }
}

void decode_questionnaires(const Reader& reader, model::Member& member) {
  member.questionnaires_span = reader.here();
  reader.each_answers([&](const Node::Entry& questionnaire) {
    model::QuestionnaireAnswers& answers = member.questionnaires.emplace_back();
    answers.name = questionnaire.key;
    answers.span = questionnaire.key_span;
    answers.version.span = answers.status.span = questionnaire.key_span;
    const std::string path = reader.path(questionnaire.key);
    for (const Node::Entry& entry : questionnaire.value.entries) {
      model::Answer answer;
      if (entry.key == "version" || entry.key == "status") {
        decode_answer(reader, path, entry, answer);
        if (answer.values.size() == 1 && !answer.is_list) {
          (entry.key == "version" ? answers.version : answers.status) = std::move(answer.values.front());
        }
        continue;
      }
      decode_answer(reader, path, entry, answer);
      answers.answers.push_back(std::move(answer));
    }
  });
}

}  // namespace

void decode_member(const Reader& reader, const DrawIn& draw_in, model::Member& member) {
  member.span = reader.here();
  reader.get("label", member.label);
  reader.get("request", member.request);
  reader.get("id", member.id);
  upper(member.id);
  decode_name(reader.mapping("name"), member.name);
  reader.get("born", member.born);
  reader.get("gender", member.gender);
  reader.get("waiver", member.waiver);
  reader.get("phone", member.phone);
  decode_address(reader.mapping("address"), member.address);
  decode_recipient(reader, "guardian", true, member.guardian);
  decode_recipient(reader, "case_manager", false, member.case_manager);
  reader.get("receives_home_support", member.receives_home_support);
  reader.get("receives_home_support_reason", member.receives_home_support_reason);
  reader.get("service_started_on", member.service_started_on);
  reader.get("emancipated", member.emancipated);
  reader.get("meets_smi", member.meets_smi);
  decode_case(reader, member);
  decode_period(reader.mapping("period"), member.period);
  member.diagnoses_span = reader.key_span("diagnoses");
  reader.get("diagnoses", member.diagnoses);
  for (auto& diagnosis : member.diagnoses) {
    if (diagnosis) diagnosis.value = dotted_diagnosis(*diagnosis);
  }
  member.services_span = reader.key_span("services");
  reader.each("services", [&](const Reader& entry) { decode_service(entry, member.services.emplace_back()); });
  decode_plan(reader.mapping("plan"), member.plan);
  decode_questionnaires(reader.mapping("questionnaires"), member);
  reader.get("routinely_out", member.routinely_out);
  reader.get("min_ratio", member.min_ratio);
  reader.each("may_be_alone", [&](const Reader& entry) { decode_block(entry, member.may_be_alone.emplace_back()); });
  decode_staffing(reader.mapping("staffing"), draw_in, member.staffing);
  decode_documents(reader, member.documents);
  attach_notice(member);
  decode_ignores(reader, member.ignore);
}

void upper(model::Field<std::string>& field) {
  if (field) field.value = to_upper(*field);
}

std::string dotted_diagnosis(const std::string& code) {
  std::string normal = to_upper(code);
  if (normal.size() > 3 && normal.find('.') == std::string::npos) normal.insert(3, 1, '.');
  return normal;
}

void split_code(model::Service& service) {
  upper(service.code);
  if (!service.code || service.code->size() <= 5) return;
  const std::string whole = *service.code;
  std::vector<model::Field<std::string>> modifiers;
  for (std::size_t at = 5; at < whole.size();) {
    if (whole[at] == ' ' || whole[at] == '-') ++at;
    if (at + 2 > whole.size()) return;
    const std::string modifier = whole.substr(at, 2);
    if (modifier.find_first_of(" -") != std::string::npos) return;
    model::Field<std::string> field = service.code;
    field.value = modifier;
    modifiers.push_back(std::move(field));
    at += 2;
  }
  service.code.value = whole.substr(0, 5);
  service.modifiers = std::move(modifiers);
}

}  // namespace atz::casefile
