#include <fmt/format.h>

#include "atz/app/answers.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

Json summary_json(const model::Questionnaire& questionnaire) {
  Json required = Json::array();
  for (const auto& kind : questionnaire.requests) {
    required.push_back({{"request", kind}, {"code", questionnaire.code}, {"modifier", questionnaire.modifier}});
  }
  return {{"name", questionnaire.name},
          {"version", questionnaire.version},
          {"title", questionnaire.title},
          {"questions", questionnaire.questions.size()},
          {"required_for", required}};
}

ExitCode run_list(Invocation& invocation) {
  const auto workspace = app::workspace_here(invocation.services());
  if (!workspace) return invocation.fail(workspace.error());
  const auto& questionnaires = (*workspace)->tables.questionnaires;
  if (invocation.value_or("--format", "table") == "json") {
    Json all = Json::array();
    for (const auto& each : questionnaires) all.push_back(summary_json(each));
    invocation.terminal().out(dump({{"schema", "atz/questionnaires/1"}, {"questionnaires", all}}));
    return ExitCode::done;
  }
  Table table({{"NAME"}, {"VERSION"}, {"TITLE"}, {"QUESTIONS", true}, {"REQUIRED FOR"}});
  for (const auto& each : questionnaires) {
    auto required = app::required_for(each);
    if (required.empty()) required.emplace_back("nothing");
    for (std::size_t i = 0; i < required.size(); ++i) {
      const auto cell = [&](const std::string& text) { return Table::Cell{i == 0 ? printable(text) : ""}; };
      table.add({cell(each.name),
                 cell(each.version),
                 cell(each.title),
                 cell(std::to_string(each.questions.size())),
                 {required[i]}});
    }
  }
  invocation.terminal().out(table.render(invocation.terminal()));
  return ExitCode::done;
}

Json condition_json(const model::Condition& condition) {
  static constexpr std::string_view kWords[] = {"equals", "contains", "exists"};
  return {
      {"question", condition.link}, {"is", kWords[static_cast<std::size_t>(condition.op)]}, {"value", condition.value}};
}

Json question_json(const model::Question& question, std::size_t depth) {
  Json conditions = Json::array();
  for (const auto& condition : question.when) conditions.push_back(condition_json(condition));
  Json object = {{"link", question.link},
                 {"text", question.text},
                 {"type", model::to_string(question.type)},
                 {"required", question.required},
                 {"choices", question.choices},
                 {"depth", depth},
                 {"when", conditions},
                 {"when_any", question.when_any}};
  object["max_length"] = question.type == model::AnswerType::text ? Json(question.max_length) : Json(nullptr);
  return object;
}

std::string type_words(const model::Question& question) {
  switch (question.type) {
    case model::AnswerType::choice:
      return "one of: " + join(question.choices, ", ");
    case model::AnswerType::multi:
      return "any of: " + join(question.choices, ", ");
    case model::AnswerType::boolean:
      return "Yes or No";
    case model::AnswerType::date:
      return "a date";
    case model::AnswerType::decimal:
      return "a number";
    case model::AnswerType::integer:
      return "a whole number";
    case model::AnswerType::text:
      return question.max_length == model::Question{}.max_length
                 ? std::string("a text")
                 : fmt::format("a text of at most {} characters", question.max_length);
  }
  return {};
}

std::string cascade(const model::Questionnaire& questionnaire, const Terminal& terminal) {
  std::string out = terminal.styled(Style::bold, fmt::format("{}, version {} ({})", printable(questionnaire.title),
                                                             printable(questionnaire.version), questionnaire.name)) +
                    "\n";
  for (const auto& line : app::required_for(questionnaire)) out += "Required for " + line + "\n";
  const auto levels = app::depths(questionnaire);
  for (std::size_t i = 0; i < questionnaire.questions.size(); ++i) {
    const auto& question = questionnaire.questions[i];
    const std::string indent(4 * levels[i], ' ');
    const std::string hang(question.link.size() + 2, ' ');
    out += fmt::format("\n{}{}  {}\n", indent, terminal.styled(Style::cyan, printable(question.link)),
                       printable(question.text));
    const auto below = [&](std::string_view text) {
      out += indent + hang + terminal.styled(Style::dim, printable(text)) + "\n";
    };
    below(type_words(question) + (question.required ? "" : "; may stay open"));
    if (const auto condition = app::condition_words(question); !condition.empty()) below(condition);
  }
  return out;
}

ExitCode run_show(Invocation& invocation) {
  const auto workspace = app::workspace_here(invocation.services());
  if (!workspace) return invocation.fail(workspace.error());
  const auto found = app::find_questionnaire((*workspace)->tables, invocation.one("NAME"));
  if (!found) return invocation.fail(found.error());
  const model::Questionnaire& questionnaire = **found;
  if (invocation.value_or("--format", "text") == "json") {
    const auto levels = app::depths(questionnaire);
    Json questions = Json::array();
    for (std::size_t i = 0; i < questionnaire.questions.size(); ++i) {
      questions.push_back(question_json(questionnaire.questions[i], levels[i]));
    }
    Json whole = summary_json(questionnaire);
    whole["questions"] = questions;
    whole["schema"] = "atz/questionnaire/1";
    invocation.terminal().out(dump(whole));
    return ExitCode::done;
  }
  invocation.terminal().out(cascade(questionnaire, invocation.terminal()));
  return ExitCode::done;
}

}  // namespace

const Command& questionnaire_group() {
  static const Command kCommand{"questionnaire",
                                "The questions that requests come with, and their answers",
                                "",
                                {{"atz questionnaire show home-support", "the questions"},
                                 {"atz questionnaire fill maple-street.yaml --member A", "answer them"}},
                                {},
                                {},
                                nullptr};
  return kCommand;
}

const Command& questionnaire_list_command() {
  static const Command kCommand{
      "questionnaire list",
      "List the questionnaires, and what requires them",
      "They are data: a file atz.d/questionnaire-<name>.yaml beside atz.yaml replaces one of ours or adds another.",
      {{"atz questionnaire list", "all questionnaires that count in this folder"}},
      {},
      {options::format("table|json")},
      run_list};
  return kCommand;
}

const Command& questionnaire_show_command() {
  static const Command kCommand{
      "questionnaire show",
      "Show the questions of a questionnaire",
      "Follow-up questions stand indented below the question that they follow, with the answer that makes them "
      "necessary.",
      {{"atz questionnaire show home-support", "its questions"}},
      {{"NAME", "Name of the questionnaire", true, false, Hint::none, ""}},
      {options::format("text|json")},
      run_show};
  return kCommand;
}

}  // namespace atz::cli
