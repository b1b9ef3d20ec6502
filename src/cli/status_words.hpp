// How delivery and status read on a screen.
#pragma once

#include <string>

#include "atz/model/case.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

struct StatusWord {
  std::string text;  // "in review", "sent, outcome unknown"
  Style style = Style::plain;
};

StatusWord status_word(model::Delivery delivery, model::CaseStatus status);

}  // namespace atz::cli
