// Questionnaires are data; this is their mechanics: link, type, required, choices, enable-when.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atz::model {

struct Home;
struct Member;
struct QuestionnaireAnswers;

enum class AnswerType { choice, multi, text, boolean, date, decimal, integer };
std::string_view to_string(AnswerType type);

struct Condition {
  enum class Op { equals, contains, exists } op = Op::equals;
  std::string link;
  std::string value;  // not for exists
};

struct Question {
  std::string link;  // "3.1.1"
  std::string text;
  AnswerType type = AnswerType::text;
  bool required = true;
  std::vector<std::string> choices;  // choice and multi
  std::size_t max_length = 4000;     // text, in characters
  std::vector<Condition> when;       // empty: always enabled
  bool when_any = false;             // any instead of all
};

struct Questionnaire {
  std::string name;     // "home-support"
  std::string version;  // "1"
  std::string title;
  std::vector<std::string> requests;  // request kinds that require it; empty = none
  std::string code;                   // only when a line has this code ("T2016"), "" = any
  std::string modifier;               // and this modifier ("SC"); "" = and no modifier
  std::vector<Question> questions;    // evaluation order

  [[nodiscard]] const Question* find(std::string_view link) const;
};

// Which questions are enabled by the answers given, in questionnaire order. A condition on a disabled question is
// false. Choices compare without regard to case.
std::vector<const Question*> enabled_questions(const Questionnaire& questionnaire, const QuestionnaireAnswers& answers);

// Whether the member's request and codes make the questionnaire necessary.
bool is_required(const Questionnaire& questionnaire, const Home& home, const Member& member);

// Empty when the text, without blanks around it, is of the question's type and length; else what was expected:
// "one of: Yes, No". An empty text fits a text only.
std::string expected_instead(const Question& question, std::string_view text);

struct QuestionnaireFault {
  std::size_t question;  // index of the question that has it
  std::string message;   // one sentence
};

// Faults that make a questionnaire unusable: cycles, conditions on unknown or later links, duplicate or unusable links,
// a choice without choices, a condition value that is no choice. In the order of the questions.
std::vector<QuestionnaireFault> validate(const Questionnaire& questionnaire);

}  // namespace atz::model
