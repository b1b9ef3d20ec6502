// What a single answer may be, and whether the questionnaire is finished.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/corrections.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

// Each answered value of an enabled question.
template <class Say>
void each_value(Context& context, Say say) {
  for (const auto& set : answer_sets(context)) {
    if (set.table == nullptr) continue;
    for (const auto* question : model::enabled_questions(*set.table, *set.answers)) {
      const auto* answer = find_answer(*set.answers, question->link);
      if (unanswered(answer)) continue;
      for (const auto& value : answer->values) {
        if (value && !value->empty()) say(*set.member, *question, *answer, value);
      }
    }
  }
}

bool blank(const model::Field<std::string>& value) {
  return trim(*value).empty();
}

void check_type(Context& context) {
  const model::Answer* reported = nullptr;
  each_value(context, [&](const model::Member& member, const model::Question& question, const model::Answer& answer,
                          const model::Field<std::string>& value) {
    if (question.type != model::AnswerType::multi && answer.values.size() > 1) {
      if (reported == &answer) return;
      reported = &answer;
      context.report(member, answer.values[1].span, fmt::format("Question {} takes one answer", question.link))
          .found(fmt::format("{} answers", answer.values.size()))
          .expected(question.choices.empty() ? "one answer" : "one of: " + join(question.choices, ", "))
          .related(answer.values.front().span, "the first one");
      return;
    }
    if (blank(value)) return;
    const std::string expected =
        question.type == model::AnswerType::text ? "" : model::expected_instead(question, *value);  // length: QN005
    if (expected.empty()) return;
    std::vector<std::string_view> choices(question.choices.begin(), question.choices.end());
    context
        .report(member, value.span,
                fmt::format("This is not an answer to question {}: {}", question.link, question.text))
        .found(quoted(*value))
        .expected(expected)
        .help(clear_answer(question, *value) ? "" : suggest(*value, choices))
        .fix_personal(value.span, clear_answer(question, *value), "Write it as it is expected.");
  });
}

constexpr Rule kType{
    .id = "QN004",
    .slug = "answer-type",
    .severity = diag::Severity::error,
    .title = "An answer is of the question's type; a choice is one of those listed",
    .why =
        "Choices are ticked, dates and numbers are entered into fields of their own. Anything else can't be entered.",
    .source = "Kepro training, Questionnaire Page; modelled",
    .passes = {"members:\n"
               "  - {label: A, questionnaires: {home-support: {5: No}}}",
               Base::first},
    .fails = {"members:\n"
              "  - {label: A, questionnaires: {home-support: {5: maybe}}}",
              Base::first},
    .check = check_type};

void check_text(Context& context) {
  each_value(context, [&](const model::Member& member, const model::Question& question, const model::Answer&,
                          const model::Field<std::string>& value) {
    if (blank(value)) {
      context.report(member, value.span, fmt::format("The answer to question {} is blank", question.link))
          .expected("an answer, or no line at all");
      return;
    }
    if (question.type != model::AnswerType::text) return;
    const auto length = count_characters(*value);
    if (length <= question.max_length) return;
    context.report(member, value.span, fmt::format("The answer to question {} is too long", question.link))
        .found(fmt::format("{} characters", length))
        .expected(fmt::format("{} or fewer", question.max_length))
        .help("Keep the facts; put the rest into a document and attach it.");
  });
}

constexpr Rule kText{
    .id = "QN005",
    .slug = "answer-text",
    .severity = diag::Severity::error,
    .title = "A text is not blank and not longer than the question allows",
    .why = "Fields of the portal have a limit, 4000 characters where nothing else is known; what is longer is cut off.",
    .source = "modelled",
    .passes = {"members:\n"
               "  - {label: A, questionnaires: {home-support: {3.1.1: Needs help at night.}}}",
               Base::first},
    .fails = {"members:\n"
              "  - {label: A, questionnaires: {home-support: {3.1.1: \"  \"}}}",
              Base::first},
    .check = check_text};

void check_version(Context& context) {
  for (const auto& set : answer_sets(context)) {
    if (set.table == nullptr || missing(set.answers->version) || *set.answers->version == set.table->version) continue;
    context
        .report(*set.member, set.answers->version.span,
                fmt::format("These answers were given to another version of the {} questionnaire", set.answers->name))
        .found(quoted(*set.answers->version))
        .expected(set.table->version)
        .help("Compare the questions, then change the version or remove the line.");
  }
}

constexpr Rule kVersion{.id = "QN007",
                        .slug = "questionnaire-version",
                        .severity = diag::Severity::warning,
                        .title = "Answers were given to the version of the questionnaire that is in use",
                        .why = "When questions change, an old answer may say something that nobody meant.",
                        .source = "modelled",
                        .passes = {"members:\n"
                                   "  - {label: A, questionnaires: {home-support: {version: 1}}}",
                                   Base::first},
                        .fails = {"members:\n"
                                  "  - {label: A, questionnaires: {home-support: {version: 0}}}",
                                  Base::first},
                        .check = check_version};

void check_finished(Context& context) {
  for (const auto& set : answer_sets(context)) {
    if (!set.answers->status) continue;
    const std::string word = to_lower(trim(*set.answers->status));
    if (word != "in-progress" && (set.required || word == "completed")) continue;  // else GN009
    context
        .report(*set.member, set.answers->status.span,
                fmt::format("The {} questionnaire of {} is still in progress", set.answers->name, name_of(*set.member)))
        .found(quoted(*set.answers->status))
        .expected("completed")
        .help("Answer what is open, then write status: completed, or leave the line out.");
  }
}

constexpr Rule kFinished{
    .id = "QN008",
    .slug = "questionnaire-finished",
    .severity = diag::Severity::error,
    .title = "A questionnaire is completed before it is sent",
    .why = "The portal shows the status beside each questionnaire and wants it marked as completed.",
    .source = "Kepro training, Questionnaire Page",
    .passes = {"members:\n"
               "  - {label: A, questionnaires: {home-support: {status: completed}}}",
               Base::first},
    .fails = {"members:\n"
              "  - {label: A, questionnaires: {home-support: {status: in-progress}}}",
              Base::first},
    .check = check_finished};

constexpr const Rule* kRules[] = {&kType, &kText, &kVersion, &kFinished};

}  // namespace

RuleList qn_value_rules() {
  return kRules;
}

}  // namespace atz::rules
