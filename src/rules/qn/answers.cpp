// Which questions must be answered, and which answers go nowhere.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/questionnaires.hpp"

namespace atz::rules {
namespace {

std::string how_to_answer(const model::Question& question) {
  switch (question.type) {
    case model::AnswerType::choice:
      return "one of: " + join(question.choices, ", ");
    case model::AnswerType::multi:
      return "any of: " + join(question.choices, ", ");
    case model::AnswerType::boolean:
      return "Yes or No";
    case model::AnswerType::date:
      return "a date, YYYY-MM-DD";
    case model::AnswerType::decimal:
      return "a number";
    case model::AnswerType::integer:
      return "a whole number";
    case model::AnswerType::text:
      break;
  }
  return "a text";
}

// Several gaps in one questionnaire are one finding each, but all of them only when they are few.
constexpr std::size_t kMostGaps = 5;

void report_gaps(Context& context, bool conditional) {
  for (const auto& set : answer_sets(context)) {
    if (set.table == nullptr) continue;
    std::vector<const model::Question*> open;
    for (const auto* question : model::enabled_questions(*set.table, *set.answers)) {
      if (question->required && question->when.empty() != conditional &&
          unanswered(find_answer(*set.answers, question->link))) {
        open.push_back(question);
      }
    }
    const bool many = open.size() > kMostGaps;
    for (const auto* question : open) {
      const auto* answer = find_answer(*set.answers, question->link);
      const auto* trigger = conditional ? find_answer(*set.answers, question->when.front().link) : nullptr;
      auto report = context.report(
          *set.member, place(answer == nullptr ? diag::Span{} : answer->key_span, set.answers->span),
          many ? fmt::format("{} questions of {} are not answered for {}; the first is {}: {}", open.size(),
                             set.answers->name, name_of(*set.member), question->link, question->text)
               : fmt::format("Question {} is not answered for {}: {}", question->link, name_of(*set.member),
                             question->text));
      report.expected(how_to_answer(*question));
      if (trigger != nullptr)
        report.related(trigger->key_span,
                       fmt::format("it is asked because of the answer to question {}", trigger->link));
      if (many) break;
    }
  }
}

void check_required(Context& context) {
  report_gaps(context, false);
}

constexpr Rule kRequired{
    .id = "QN001",
    .slug = "required-answers",
    .severity = diag::Severity::error,
    .title = "Every required question has an answer",
    .why = "The portal does not let a questionnaire be marked as completed while a required question is open.",
    .source = "Kepro training, Questionnaire Page",
    .passes = {"members:\n"
               "  - {label: A, questionnaires: {home-support: {8: cueing}}}",
               Base::first},
    .fails = {"members:\n"
              "  - {label: A, questionnaires: {home-support: {8: }}}",
              Base::first},
    .check = check_required};

void check_cascade(Context& context) {
  report_gaps(context, true);
}

constexpr Rule kCascade{
    .id = "QN002",
    .slug = "follow-up-answers",
    .severity = diag::Severity::error,
    .title = "A follow-up question is answered when an earlier answer makes it necessary",
    .why =
        "Some questions are only asked after a certain answer. Question 3.1.1 follows the first choice of question 3.",
    .source = "Kepro training, Questionnaire Page",
    .passes = {"members:\n"
               "  - {label: A, questionnaires: {home-support: {3: awake staff, 3.1.1: Needs help at night.}}}",
               Base::first},
    .fails = {"members:\n"
              "  - {label: A, questionnaires: {home-support: {3: awake staff, 3.1.1: }}}",
              Base::first},
    .check = check_cascade};

void check_disabled(Context& context) {
  for (const auto& set : answer_sets(context)) {
    if (set.table == nullptr) continue;
    const auto enabled = model::enabled_questions(*set.table, *set.answers);
    for (const auto& answer : set.answers->answers) {
      const auto* question = set.table->find(answer.link);
      if (question == nullptr || unanswered(&answer)) continue;
      if (std::find(enabled.begin(), enabled.end(), question) != enabled.end()) continue;
      auto report =
          context.report(*set.member, answer.key_span,
                         fmt::format("Question {} is not asked here, so its answer is not sent", answer.link));
      report.help("Remove the answer, or correct the answer that it depends on.");
      if (question->when.empty()) continue;
      if (const auto* trigger = find_answer(*set.answers, question->when.front().link)) {
        report.related(trigger->key_span, fmt::format("it depends on question {}", trigger->link));
      }
    }
  }
}

constexpr Rule kDisabled{
    .id = "QN003",
    .slug = "answers-that-count",
    .severity = diag::Severity::warning,
    .title = "Only questions that are asked are answered",
    .why =
        "An answer to a question that does not apply is left out. Either it is a leftover, or the "
        "earlier answer is wrong.",
    .source = "modelled",
    .passes = {"members:\n"
               "  - {label: A, questionnaires: {home-support: {5: No}}}",
               Base::first},
    .fails = {"members:\n"
              "  - {label: A, questionnaires: {home-support: {5: No, 5.1.1: Seizure response plan of 2026-06-15.}}}",
              Base::first},
    .check = check_disabled};

void check_unknown(Context& context) {
  std::vector<std::string_view> names;
  for (const auto& table : context.tables().questionnaires) names.push_back(table.name);
  for (const auto& set : answer_sets(context)) {
    if (set.table == nullptr) {
      context
          .report(*set.member, set.answers->span,
                  fmt::format("There is no questionnaire {}", quoted(set.answers->name)))
          .found(quoted(set.answers->name))
          .help(suggest(set.answers->name, names));
      continue;
    }
    std::vector<std::string_view> links;
    for (const auto& question : set.table->questions) links.push_back(question.link);
    for (const auto& answer : set.answers->answers) {
      if (set.table->find(answer.link) != nullptr) continue;
      context
          .report(*set.member, answer.key_span,
                  fmt::format("{} has no question {}", set.answers->name, quoted(answer.link)))
          .found(quoted(answer.link))
          .expected(links.empty()
                        ? "no answer: this questionnaire has no questions"
                        : fmt::format("one of the {} questions, {} to {}", links.size(), links.front(), links.back()))
          .help("Remove it, or correct its number.");
    }
  }
}

constexpr Rule kUnknown{
    .id = "QN006",
    .slug = "known-questions",
    .severity = diag::Severity::error,
    .title = "Answers belong to questions that exist",
    .why = "An answer under a wrong number would be lost, or be read as the answer to something else.",
    .source = "modelled",
    .passes = {"members:\n"
               "  - {label: A, questionnaires: {home-support: {9: 2026-12-01}}}",
               Base::first},
    .fails = {"members:\n"
              "  - {label: A, questionnaires: {home-support: {9.9: 2026-12-01}}}",
              Base::first},
    .check = check_unknown};

constexpr const Rule* kRules[] = {&kRequired, &kCascade, &kDisabled, &kUnknown};

}  // namespace

RuleList qn_answer_rules() {
  return kRules;
}

}  // namespace atz::rules
