#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "casefile/data_decode.hpp"
#include "casefile/data_parts.hpp"

namespace atz::casefile {
namespace {

model::AnswerType answer_type(std::string_view word) {
  for (const auto type : {model::AnswerType::choice, model::AnswerType::multi, model::AnswerType::boolean,
                          model::AnswerType::date, model::AnswerType::decimal, model::AnswerType::integer}) {
    if (model::to_string(type) == word) return type;
  }
  return model::AnswerType::text;
}

// "3 = awake staff", "6 contains other", "2 exists"
std::optional<model::Condition> parse_condition(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  model::Condition condition;
  condition.link = std::string(text.substr(0, blank));
  const std::string_view rest = trim(text.substr(blank));
  constexpr std::string_view kContains = "contains ";
  if (rest == "exists") {
    condition.op = model::Condition::Op::exists;
  } else if (rest.substr(0, 1) == "=") {
    condition.op = model::Condition::Op::equals;
    condition.value = std::string(trim(rest.substr(1)));
  } else if (rest.substr(0, kContains.size()) == kContains) {
    condition.op = model::Condition::Op::contains;
    condition.value = std::string(trim(rest.substr(kContains.size())));
  } else {
    return std::nullopt;
  }
  if (condition.op != model::Condition::Op::exists && condition.value.empty()) return std::nullopt;
  return condition;
}

void take_conditions(const Reader& reader, std::string_view key, std::vector<model::Condition>& conditions) {
  std::vector<model::Field<std::string>> texts;
  reader.get(key, texts);
  for (const auto& text : texts) {
    if (!text) continue;
    if (auto condition = parse_condition(*text)) {
      conditions.push_back(std::move(*condition));
    } else {
      reader.problem(Problem::Kind::wrong_shape, text.span, reader.path(key), "this condition cannot be read", *text,
                     "`3 = awake staff`, `6 contains other` or `2 exists`");
    }
  }
}

model::Question question_of(const Reader& reader) {
  model::Question question;
  question.link = text_of(reader, "link");
  question.text = text_of(reader, "text");
  question.type = answer_type(text_of(reader, "type"));
  question.required = flag_of(reader, "required", true);
  question.choices = texts_of(reader, "choices");
  question.max_length = static_cast<std::size_t>(number_of(reader, "max_length", 1, 1'000'000, 4000));
  take_conditions(reader, "when", question.when);
  if (reader.value("when_any") != nullptr) {
    if (!question.when.empty()) {
      reader.problem(Problem::Kind::wrong_shape, reader.key_span("when_any"), reader.path("when_any"),
                     "`when` and `when_any` cannot stand together");
    } else {
      question.when_any = true;
      take_conditions(reader, "when_any", question.when);
    }
  }
  return question;
}

}  // namespace

void apply_questionnaire(const Reader& file, model::Tables& tables) {
  model::Questionnaire questionnaire;
  questionnaire.name = text_of(file, "name");
  questionnaire.version = text_of(file, "version");
  questionnaire.title = text_of(file, "title");
  questionnaire.requests = texts_of(file, "request");
  questionnaire.code = to_upper(text_of(file, "code"));
  questionnaire.modifier = to_upper(text_of(file, "modifier"));
  if (questionnaire.code.empty() && !questionnaire.modifier.empty()) {
    file.problem(Problem::Kind::wrong_shape, file.key_span("modifier"), "modifier", "a modifier stands beside a code");
  }
  std::vector<diag::Span> places;
  file.each("questions", [&](const Reader& reader) {
    places.push_back(reader.here());
    questionnaire.questions.push_back(question_of(reader));
  });
  for (const model::QuestionnaireFault& fault : model::validate(questionnaire)) {
    file.problem(Problem::Kind::wrong_shape, places[fault.question], fmt::format("questions[{}]", fault.question),
                 fault.message);
  }
  std::vector<model::Questionnaire> one;
  one.push_back(std::move(questionnaire));
  merge_rows(tables.questionnaires, std::move(one), false,
             [](const model::Questionnaire& each) { return std::string_view(each.name); });
}

}  // namespace atz::casefile
