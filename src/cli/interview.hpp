// Asks the questions of a questionnaire one after the other.
#pragma once

#include <optional>
#include <string>

#include "atz/app/answers.hpp"
#include "cli/line_input.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

class Interview {
 public:
  enum class Outcome { finished, stopped, interrupted };  // all questions, Ctrl-D, Ctrl-C

  Interview(Terminal& terminal, LineInput& input) : terminal_(terminal), input_(input) {}

  Outcome ask(app::AnswerSheet& sheet, const std::string& member);
  // Yes or no; nullopt when interrupted. Nobody there is a no.
  std::optional<bool> confirm(const std::string& question);

 private:
  enum class Step { next, back, again, stop, interrupt };
  Step ask_one(app::AnswerSheet& sheet, const model::Question& question);
  void pose(const app::AnswerSheet& sheet, const model::Question& question);
  void explain(const model::Question& question);
  Step take(app::AnswerSheet& sheet, const model::Question& question, const std::string& text);

  Terminal& terminal_;
  LineInput& input_;
  std::string indent_;
};

}  // namespace atz::cli
