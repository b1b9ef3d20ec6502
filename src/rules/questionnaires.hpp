// Which questionnaires there are, which must be there, and access to single answers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/context.hpp"

namespace atz::rules {

struct AnswerSet {
  const model::Member* member;
  const model::QuestionnaireAnswers* answers;
  const model::Questionnaire* table;  // nullptr: no questionnaire has this name
  bool required;
};
std::vector<AnswerSet> answer_sets(Context& context);

// Those that this member's request and codes make necessary.
std::vector<const model::Questionnaire*> required_questionnaires(Context& context, const model::Member& member);

// No value, or nothing but an empty one. Blanks are an answer, though a bad one (QN005).
bool unanswered(const model::Answer* answer);
const model::Answer* find_answer(const model::QuestionnaireAnswers& answers, std::string_view link);

// The one value of an enabled question of the home-support questionnaire; nullptr when there is none, or when the
// questionnaire in use does not ask this in this form.
const model::Field<std::string>* home_support_value(Context& context, const model::Member& member,
                                                    std::string_view link, model::AnswerType type);
const model::Answer* home_support_answer(Context& context, const model::Member& member, std::string_view link,
                                         model::AnswerType type);

}  // namespace atz::rules
