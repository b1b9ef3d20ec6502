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

// What a request is for: "first request", "extension", "change", "add-on", "termination".
std::string_view purpose_words(model::Purpose purpose);

StatusWord status_word(model::Delivery delivery, model::CaseStatus status);

}  // namespace atz::cli
