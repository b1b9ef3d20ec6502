#include <fmt/format.h>

#include <algorithm>

#include "atz/app/answers.hpp"
#include "atz/base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/interview.hpp"

namespace atz::cli {
namespace {

using Given = std::vector<std::pair<std::string, app::AnswerSheet::Values>>;

// "3.1.1=Needs help at night." A value that holds commas is taken apart only where a question takes several.
Result<Given> given_answers(const Invocation& invocation) {
  Given given;
  if (const auto path = invocation.value("--answers")) {
    auto read = app::read_answers(invocation.services().files, *path);
    if (!read) return tl::make_unexpected(read.error());
    given = std::move(*read);
  }
  for (const auto& pair : invocation.all("--set")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(Failure::usage, "--set takes the number of a question and an answer", "For example: --set 4=No");
    }
    given.emplace_back(trim(pair.substr(0, equals)), app::AnswerSheet::Values{pair.substr(equals + 1)});
  }
  return given;
}

Result<void> put(app::AnswerSheet& sheet, const std::string& link, const app::AnswerSheet::Values& values) {
  const auto* question = sheet.questionnaire().find(link);
  if (question == nullptr) {
    std::vector<std::string_view> links;
    for (const auto& each : sheet.questionnaire().questions) links.push_back(each.link);
    const auto near = did_you_mean(link, links);
    return fail(Failure::usage, fmt::format("{} has no question {}", sheet.questionnaire().name, printable(link)),
                near ? fmt::format("Did you mean {}?", *near) : std::string());
  }
  if (values.empty() || (values.size() == 1 && trim(values.front()).empty())) {
    sheet.clear(*question);
    return {};
  }
  return values.size() == 1 ? sheet.set(*question, values.front()) : sheet.set(*question, values);
}

Result<void> put_all(app::AnswerSheet& sheet, const Given& given) {
  for (const auto& [link, values] : given) {
    if (auto done = put(sheet, link, values); !done) return done;
  }
  for (const auto& [link, values] : given) {
    const auto* question = sheet.questionnaire().find(link);
    if (sheet.answer(link) == nullptr || sheet.is_asked(*question)) continue;
    return fail(Failure::usage, fmt::format("Question {} is not asked with these answers", link),
                fmt::format("It is {}.", app::condition_words(*question)));
  }
  return {};
}

// Says what stands, without the answers themselves: they are about a person.
ExitCode report(Terminal& terminal, const app::AnswerBook& book, bool changed) {
  terminal.talk(changed ? fmt::format("The answers are in {}.", book.path)
                        : fmt::format("Nothing has changed in {}.", book.path));
  bool open = false;
  for (const auto& sheet : book.sheets) {
    std::vector<std::string> links;
    for (const auto* question : sheet.open_questions()) links.push_back(question->link);
    if (links.empty()) continue;
    open = true;
    terminal.talk(fmt::format("Still open in {}: {}.", sheet.questionnaire().name, join(links, ", ")));
  }
  return open ? ExitCode::findings : ExitCode::done;
}

bool has_changes(const app::AnswerBook& book) {
  return std::any_of(book.sheets.begin(), book.sheets.end(), [](const auto& sheet) { return sheet.has_changes(); });
}

ExitCode fill_from(const Invocation& invocation, app::AnswerBook& book) {
  const auto given = given_answers(invocation);
  if (!given) return invocation.fail(given.error());
  if (book.sheets.size() > 1) {
    std::vector<std::string> names;
    for (const auto& sheet : book.sheets) names.push_back(sheet.questionnaire().name);
    return invocation.fail({Failure::usage,
                            fmt::format("This member has several questionnaires: {}", join(names, ", ")),
                            "Say which one with --questionnaire."});
  }
  if (auto done = put_all(book.sheets.front(), *given); !done) return invocation.fail(done.error());
  const bool changed = has_changes(book);
  if (auto saved = app::save_answers(invocation.services(), book, false); !saved) return invocation.fail(saved.error());
  return report(invocation.terminal(), book, changed);
}

ExitCode fill_by_asking(const Invocation& invocation, app::AnswerBook& book, const std::string& member) {
  Terminal& terminal = invocation.terminal();
  LineInput input;
  Interview interview(terminal, input);
  bool complete = true;
  for (auto& sheet : book.sheets) {
    const auto outcome = interview.ask(sheet, member);
    if (outcome == Interview::Outcome::interrupted) {
      terminal.error("Nothing was written.");
      return ExitCode::interrupted;
    }
    complete = outcome == Interview::Outcome::finished;
    if (!complete) break;
  }
  terminal.error("");
  if (!has_changes(book)) return report(terminal, book, false);
  for (const auto& sheet : book.sheets) {
    if (const auto links = sheet.superfluous(); !links.empty()) {
      terminal.error(fmt::format("Not asked any more, so removed: {}.", join(links, ", ")));
    }
  }
  const auto save = interview.confirm(fmt::format("Write the answers into {}?", book.path));
  if (!save || !*save) {
    terminal.error("Nothing was written.");
    return save ? ExitCode::done : ExitCode::interrupted;
  }
  if (auto saved = app::save_answers(invocation.services(), book, complete); !saved)
    return invocation.fail(saved.error());
  return report(terminal, book, true);
}

ExitCode run(Invocation& invocation) {
  const bool given = invocation.flag("--set") || invocation.flag("--answers");
  const auto member = invocation.value("--member");
  if (!member) {
    return invocation.fail({Failure::usage, "Whose answers? Name the member by label", "For example: --member A"});
  }
  if (!given && !LineInput::is_terminal()) {
    return invocation.fail({Failure::usage, "Questions are asked at a terminal only, and standard input is none",
                            "Give the answers with --set QUESTION=ANSWER or --answers FILE."});
  }
  auto book =
      app::open_answers(invocation.services(), invocation.one("FILE"), *member, invocation.value("--questionnaire"));
  if (!book) return invocation.fail(book.error());
  return given ? fill_from(invocation, *book) : fill_by_asking(invocation, *book, *member);
}

}  // namespace

const Command& questionnaire_fill_command() {
  static const Command kCommand{
      "questionnaire fill",
      "Answer a member's questions and write the answers into the case file",
      "Asks one question after the other, and follow-up questions only where an answer makes them necessary. What "
      "stands\n"
      "in the file is shown in brackets; Enter keeps it. Nothing is written before the end, and then only after a "
      "yes.\n"
      "Comments and layout of the file stay; answers to questions that are not asked any more are removed.\n"
      "Without a terminal, give the answers with --set or --answers; an empty answer takes one back.\n"
      "Exit code: 0 all required questions are answered, 1 some are open, 2 wrong usage or a wrong answer.",
      {{"atz questionnaire fill maple-street.yaml --member A", "asks"},
       {"atz questionnaire fill maple-street.yaml --member A --set 7=Yes --set '7.1.1=An hour, says the plan.'",
        "sets two answers"},
       {"atz questionnaire fill maple-street.yaml --member C --questionnaire medical-add-on --answers c.json",
        "takes them from a file: {\"1\": \"Dysphagia\", ...}"}},
      {{"FILE", "Case file", true, false, Hint::file, ""}},
      {{"--member", "", "LABEL", "Whose answers", "", Hint::none},
       {"--questionnaire", "", "NAME", "Which questions (default: all that the request requires)", "", Hint::none},
       {"--set", "", "Q=A", "An answer to a question; may be repeated", "", Hint::none, true},
       {"--answers", "", "FILE", "A JSON or YAML file of questions and answers", "", Hint::file}},
      run};
  return kCommand;
}

}  // namespace atz::cli
