#include "rules/questionnaires.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::rules {

std::vector<const model::Questionnaire*> required_questionnaires(Context& context, const model::Member& member) {
  std::vector<const model::Questionnaire*> required;
  for (const auto& questionnaire : context.tables().questionnaires) {
    if (model::is_required(questionnaire, context.home(), member)) required.push_back(&questionnaire);
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

void report_missing_questionnaires(Context& context, const std::vector<const model::Member*>& members,
                                   bool (*wanted)(const model::Questionnaire&)) {
  for (const auto* member : members) {
    for (const auto* questionnaire : required_questionnaires(context, *member)) {
      const auto has = std::any_of(member->questionnaires.begin(), member->questionnaires.end(),
                                   [&](const auto& answers) { return answers.name == questionnaire->name; });
      if (has || !wanted(*questionnaire)) continue;
      context
          .report(*member, place(member->questionnaires_span, member->span),
                  fmt::format("The {} questionnaire is not answered for {}", questionnaire->name, name_of(*member)))
          .expected(fmt::format("questionnaires: {{{}: {{...}}}}", questionnaire->name))
          .help(fmt::format("It has {} questions; the first is {}: {}", questionnaire->questions.size(),
                            questionnaire->questions.front().link, questionnaire->questions.front().text));
    }
  }
}

const model::Answer* enabled_answer(Context& context, const model::Member& member, std::string_view name,
                                    std::string_view link, model::AnswerType type) {
  const auto* table = context.tables().questionnaire(name);
  const auto* question = table == nullptr ? nullptr : table->find(link);
  if (question == nullptr || question->type != type) return nullptr;
  for (const auto& answers : member.questionnaires) {
    if (answers.name != name) continue;
    const auto* answer = find_answer(answers, link);
    if (unanswered(answer)) return nullptr;
    const auto enabled = model::enabled_questions(*table, answers);
    return std::find(enabled.begin(), enabled.end(), question) == enabled.end() ? nullptr : answer;
  }
  return nullptr;
}

const model::Field<std::string>* answer_value(Context& context, const model::Member& member, std::string_view name,
                                              std::string_view link, model::AnswerType type) {
  const auto* answer = enabled_answer(context, member, name, link, type);
  return answer == nullptr || answer->values.size() != 1 ? nullptr : &answer->values.front();
}

const model::Answer* home_support_answer(Context& context, const model::Member& member, std::string_view link,
                                         model::AnswerType type) {
  return enabled_answer(context, member, kHomeSupport, link, type);
}

const model::Field<std::string>* home_support_value(Context& context, const model::Member& member,
                                                    std::string_view link, model::AnswerType type) {
  return answer_value(context, member, kHomeSupport, link, type);
}

}  // namespace atz::rules
