#include "rules/questionnaires.hpp"

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::rules {
namespace {

std::string_view key_of(model::RequestKind kind) {
  switch (kind) {
    case model::RequestKind::service_notification:
      return "service-notification";
    case model::RequestKind::service_notification_extension:
      return "service-notification-extension";
    case model::RequestKind::smi_termination:
      return "smi-termination";
  }
  return {};
}

}  // namespace

std::vector<const model::Questionnaire*> required_questionnaires(Context& context, const model::Member& member) {
  std::vector<const model::Questionnaire*> required;
  const auto kind = key_of(context.home().kind_of(member));
  for (const auto& questionnaire : context.tables().questionnaires) {
    if (questionnaire.request != kind) continue;
    const auto has_code = [&](const model::Service& service) {
      return service.code && *service.code == questionnaire.code;
    };
    if (questionnaire.code.empty() || std::any_of(member.services.begin(), member.services.end(), has_code)) {
      required.push_back(&questionnaire);
    }
  }
  return required;
}

std::vector<AnswerSet> answer_sets(Context& context) {
  std::vector<AnswerSet> sets;
  for (const auto* member : context.requesting()) {
    if (member->questionnaires.empty()) continue;
    const auto required = required_questionnaires(context, *member);
    for (const auto& answers : member->questionnaires) {
      const auto* table = context.tables().questionnaire(answers.name);
      const bool must = std::find(required.begin(), required.end(), table) != required.end();
      sets.push_back({member, &answers, table, must});
    }
  }
  return sets;
}

bool unanswered(const model::Answer* answer) {
  if (answer == nullptr) return true;
  return std::all_of(answer->values.begin(), answer->values.end(),
                     [](const auto& value) { return !value || value->empty(); });
}

const model::Answer* find_answer(const model::QuestionnaireAnswers& answers, std::string_view link) {
  for (const auto& answer : answers.answers) {
    if (answer.link == link) return &answer;
  }
  return nullptr;
}

const model::Answer* home_support_answer(Context& context, const model::Member& member, std::string_view link,
                                         model::AnswerType type) {
  constexpr std::string_view kName = "home-support";
  const auto* table = context.tables().questionnaire(kName);
  const auto* question = table == nullptr ? nullptr : table->find(link);
  if (question == nullptr || question->type != type) return nullptr;
  for (const auto& answers : member.questionnaires) {
    if (answers.name != kName) continue;
    const auto* answer = find_answer(answers, link);
    if (unanswered(answer)) return nullptr;
    const auto enabled = model::enabled_questions(*table, answers);
    return std::find(enabled.begin(), enabled.end(), question) == enabled.end() ? nullptr : answer;
  }
  return nullptr;
}

const model::Field<std::string>* home_support_value(Context& context, const model::Member& member,
                                                    std::string_view link, model::AnswerType type) {
  const auto* answer = home_support_answer(context, member, link, type);
  return answer == nullptr || answer->values.size() != 1 ? nullptr : &answer->values.front();
}

}  // namespace atz::rules
