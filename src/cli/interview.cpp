#include "cli/interview.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::cli {
namespace {

constexpr std::size_t kWidestDefault = 40;  // a longer answer stands on a line of its own

std::string how_to_answer(const model::Question& question) {
  switch (question.type) {
    case model::AnswerType::choice:
      return "Type the number or the words of one choice.";
    case model::AnswerType::multi:
      return "Type the numbers or words of all that apply, with commas between: 1, 3.";
    case model::AnswerType::boolean:
      return "Type yes or no.";
    case model::AnswerType::date:
      return "Type a date with the year first: 2027-01-04.";
    case model::AnswerType::decimal:
      return "Type a number, with a point for parts: 67.75.";
    case model::AnswerType::integer:
      return "Type a whole number.";
    case model::AnswerType::text:
      return fmt::format("Type a text of at most {} characters, on one line.", question.max_length);
  }
  return {};
}

std::string shown(const app::AnswerSheet::Values& values) {
  return printable(join(values, ", "));
}

}  // namespace

Interview::Outcome Interview::ask(app::AnswerSheet& sheet, const std::string& member) {
  const auto& questionnaire = sheet.questionnaire();
  terminal_.error(terminal_.styled_error(
      Style::bold, fmt::format("{} for member {}", printable(questionnaire.title), printable(member))));
  terminal_.error(
      "Enter keeps the answer in brackets, ? explains, < goes back, Ctrl-D stops, Ctrl-C drops everything.");
  const auto levels = app::depths(questionnaire);
  std::vector<std::size_t> way;  // questions asked so far, for going back
  std::size_t at = 0;
  while (at < questionnaire.questions.size()) {
    const auto& question = questionnaire.questions[at];
    if (!sheet.is_asked(question)) {
      ++at;
      continue;
    }
    indent_ = std::string(4 * levels[at], ' ');
    switch (ask_one(sheet, question)) {
      case Step::next:
        way.push_back(at++);
        break;
      case Step::back:
        if (way.empty()) {
          terminal_.error(indent_ + "     This is the first question.");
        } else {
          at = way.back();
          way.pop_back();
        }
        break;
      case Step::again:
        break;
      case Step::stop:
        return Outcome::stopped;
      case Step::interrupt:
        return Outcome::interrupted;
    }
  }
  return Outcome::finished;
}

void Interview::pose(const app::AnswerSheet& sheet, const model::Question& question) {
  terminal_.error("");
  terminal_.error(fmt::format("{}{} {}{}", indent_,
                              terminal_.styled_error(Style::cyan, fmt::format("{:>4}", printable(question.link))),
                              printable(question.text), question.required ? "" : " (may stay open)"));
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    terminal_.error(fmt::format("{}     {:>2} {}", indent_, i + 1, printable(question.choices[i])));
  }
  const auto* present = sheet.answer(question.link);
  if (present == nullptr) {
    terminal_.ask(indent_ + "     > ");
  } else if (const auto text = shown(*present); display_width(text) > kWidestDefault) {
    terminal_.error(fmt::format("{}     [{}]", indent_, text));
    terminal_.ask(indent_ + "     > ");
  } else {
    terminal_.ask(fmt::format("{}     [{}] > ", indent_, text));
  }
}

void Interview::explain(const model::Question& question) {
  terminal_.error(fmt::format("{}     {}", indent_, how_to_answer(question)));
  if (const auto condition = app::condition_words(question); !condition.empty()) {
    terminal_.error(fmt::format("{}     This is {}.", indent_, printable(condition)));
  }
  terminal_.error(indent_ + (question.required
                                 ? "     It must be answered before the request is sent; Enter leaves it for later."
                                 : "     It may stay open: press Enter."));
}

Interview::Step Interview::ask_one(app::AnswerSheet& sheet, const model::Question& question) {
  pose(sheet, question);
  const TypedLine line = input_.read();
  switch (line.end) {
    case LineEnd::interrupted:
      terminal_.error("");
      return Step::interrupt;
    case LineEnd::end:
      terminal_.error("");
      return Step::stop;
    case LineEnd::line:
      break;
  }
  if (line.text.empty() || line.text == "-") return Step::next;
  if (line.text == "<") return Step::back;
  if (line.text == "?") {
    explain(question);
    return Step::again;
  }
  return take(sheet, question, line.text);
}

Interview::Step Interview::take(app::AnswerSheet& sheet, const model::Question& question, const std::string& text) {
  if (first_invalid_utf8(text)) {
    terminal_.error(indent_ + "     This terminal does not send UTF-8, so the answer can't be read.");
    return Step::again;
  }
  const auto taken = sheet.set(question, text);
  if (taken) return Step::next;
  terminal_.error(fmt::format("{}     {} {}", indent_, terminal_.styled_error(Style::red, taken.error().message + "."),
                              taken.error().help));
  return Step::again;
}

std::optional<bool> Interview::confirm(const std::string& question) {
  for (;;) {
    terminal_.ask(question + " [yes/no] ");
    const TypedLine line = input_.read();
    if (line.end == LineEnd::interrupted) return std::nullopt;
    if (line.end == LineEnd::end) return false;
    const std::string word = to_lower(line.text);
    if (word == "y" || word == "yes") return true;
    if (word == "n" || word == "no") return false;
  }
}

}  // namespace atz::cli
