// Which questionnaires there are, which must be there, and access to single answers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/context.hpp"

namespace atz::rules {

// Questionnaires that rules read answers of, by name.
inline constexpr std::string_view kHomeSupport = "home-support";
inline constexpr std::string_view kMedicalAddOn = "medical-add-on";
inline constexpr std::string_view kTerminationRequest = "termination-request";

struct AnswerSet {
  const model::Member* member;
  const model::QuestionnaireAnswers* answers;
  const model::Questionnaire* table;  // nullptr: no questionnaire has this name
  bool required;
};
std::vector<AnswerSet> answer_sets(Context& context);

// Those that this member's request and codes make necessary.
std::vector<const model::Questionnaire*> required_questionnaires(Context& context, const model::Member& member);

// One finding for each of these members and each required questionnaire that `wanted` picks and nobody answered.
void report_missing_questionnaires(Context& context, const std::vector<const model::Member*>& members,
                                   bool (*wanted)(const model::Questionnaire&));

// No value, or nothing but an empty one. Blanks are an answer, though a bad one (QN005).
bool unanswered(const model::Answer* answer);
const model::Answer* find_answer(const model::QuestionnaireAnswers& answers, std::string_view link);

// The one value of an enabled question; nullptr when there is none, or when the
// questionnaire in use does not ask this in this form.
const model::Field<std::string>* answer_value(Context& context, const model::Member& member, std::string_view name,
                                              std::string_view link, model::AnswerType type);
const model::Answer* enabled_answer(Context& context, const model::Member& member, std::string_view name,
                                    std::string_view link, model::AnswerType type);
// The same of the home-support questionnaire.
const model::Field<std::string>* home_support_value(Context& context, const model::Member& member,
                                                    std::string_view link, model::AnswerType type);
const model::Answer* home_support_answer(Context& context, const model::Member& member, std::string_view link,
                                         model::AnswerType type);

}  // namespace atz::rules
