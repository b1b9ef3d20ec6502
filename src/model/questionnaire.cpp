#include "atz/model/questionnaire.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "atz/base/rational.hpp"
#include "atz/base/text.hpp"
#include "atz/model/home.hpp"
#include "yes_no.hpp"

namespace atz::model {

namespace {

// Whether an answer to a question of that type is the value that a condition names.
bool matches(AnswerType type, std::string_view answer, std::string_view wanted) {
  const std::string_view a = trim(answer);
  const std::string_view b = trim(wanted);
  switch (type) {
    case AnswerType::choice:
    case AnswerType::multi:
      return to_lower(a) == to_lower(b);
    case AnswerType::boolean:
      return yes_or_no(a) && yes_or_no(a) == yes_or_no(b);
    case AnswerType::decimal:
    case AnswerType::integer:
      if (const auto number = parse_decimal(a)) return number == parse_decimal(b);
      return a == b;
    case AnswerType::text:
    case AnswerType::date:
      return a == b;
  }
  return false;
}

// Questionnaires have a few dozen questions, so looking through them is quicker than any index.
class Evaluation {
 public:
  Evaluation(const Questionnaire& questionnaire, const QuestionnaireAnswers& answers) : answers_(answers.answers) {
    result_.reserve(questionnaire.questions.size());
    for (const Question& question : questionnaire.questions) {
      if (enabled(question)) result_.push_back(&question);
    }
  }

  [[nodiscard]] std::vector<const Question*> take() { return std::move(result_); }

 private:
  [[nodiscard]] bool enabled(const Question& question) const {
    const auto holds = [this](const Condition& condition) { return this->holds(condition); };
    if (question.when.empty()) return true;
    if (question.when_any) return std::any_of(question.when.begin(), question.when.end(), holds);
    return std::all_of(question.when.begin(), question.when.end(), holds);
  }

  [[nodiscard]] bool holds(const Condition& condition) const {
    const auto question = std::find_if(result_.begin(), result_.end(),
                                       [&](const Question* each) { return each->link == condition.link; });
    const auto answer =
        std::find_if(answers_.begin(), answers_.end(), [&](const Answer& each) { return each.link == condition.link; });
    if (question == result_.end() || answer == answers_.end()) return false;
    return std::any_of(answer->values.begin(), answer->values.end(), [&](const Field<std::string>& value) {
      if (!value || trim(*value).empty()) return false;
      return condition.op == Condition::Op::exists || matches((*question)->type, *value, condition.value);
    });
  }

  const std::vector<Answer>& answers_;
  std::vector<const Question*> result_;  // those found enabled so far; conditions look back only
};

std::string_view key_of(RequestKind kind) {
  switch (kind) {
    case RequestKind::service_notification:
      return "service-notification";
    case RequestKind::service_notification_extension:
      return "service-notification-extension";
    case RequestKind::smi_termination:
      return "smi-termination";
  }
  return {};
}

bool is_choice(const Question& question, std::string_view text) {
  return std::any_of(question.choices.begin(), question.choices.end(),
                     [&](const auto& choice) { return to_lower(trim(choice)) == to_lower(text); });
}

}  // namespace

std::string_view to_string(AnswerType type) {
  switch (type) {
    case AnswerType::choice:
      return "choice";
    case AnswerType::multi:
      return "multi";
    case AnswerType::text:
      return "text";
    case AnswerType::boolean:
      return "boolean";
    case AnswerType::date:
      return "date";
    case AnswerType::decimal:
      return "decimal";
    case AnswerType::integer:
      return "integer";
  }
  return "text";
}

const Question* Questionnaire::find(std::string_view link) const {
  const auto question = std::find_if(questions.begin(), questions.end(), [&](const auto& q) { return q.link == link; });
  return question == questions.end() ? nullptr : &*question;
}

bool is_required(const Questionnaire& questionnaire, const Home& home, const Member& member) {
  const auto& kinds = questionnaire.requests;
  if (std::find(kinds.begin(), kinds.end(), key_of(home.kind_of(member))) == kinds.end()) return false;
  if (questionnaire.code.empty()) return true;
  return std::any_of(member.services.begin(), member.services.end(), [&](const Service& service) {
    if (!service.code || *service.code != questionnaire.code) return false;
    if (questionnaire.modifier.empty()) return service.modifiers.empty();
    return std::any_of(service.modifiers.begin(), service.modifiers.end(),
                       [&](const auto& modifier) { return modifier && *modifier == questionnaire.modifier; });
  });
}

std::string expected_instead(const Question& question, std::string_view text) {
  text = trim(text);
  switch (question.type) {
    case AnswerType::choice:
    case AnswerType::multi:
      return is_choice(question, text) ? std::string() : "one of: " + join(question.choices, ", ");
    case AnswerType::boolean:
      return yes_or_no(text) ? "" : "Yes or No";
    case AnswerType::date:
      return parse_date(text) ? "" : "a real date, YYYY-MM-DD";
    case AnswerType::decimal:
      return parse_decimal(text) ? "" : "a number, for example 67.75";
    case AnswerType::integer: {
      const auto number = parse_decimal(text);
      return number && number->is_whole() ? "" : "a whole number";
    }
    case AnswerType::text:
      return count_characters(text) <= question.max_length ? std::string()
                                                           : fmt::format("{} characters or fewer", question.max_length);
  }
  return {};
}

std::vector<const Question*> enabled_questions(const Questionnaire& questionnaire,
                                               const QuestionnaireAnswers& answers) {
  return Evaluation(questionnaire, answers).take();
}

}  // namespace atz::model
