#include "cli/status_words.hpp"

#include <algorithm>

namespace atz::cli {

std::string_view purpose_words(model::Purpose purpose) {
  switch (purpose) {
    case model::Purpose::first:
      return "first request";
    case model::Purpose::continuation:
      return "extension";
    case model::Purpose::change:
      return "change";
    case model::Purpose::add_on:
      return "add-on";
    case model::Purpose::termination:
      return "termination";
  }
  return "first request";
}

StatusWord status_word(model::Delivery delivery, model::CaseStatus status) {
  using model::CaseStatus;
  switch (delivery) {
    case model::Delivery::sending:
    case model::Delivery::unknown:
      return {"sent, outcome unknown", Style::red};
    case model::Delivery::refused:
      return {"not accepted", Style::red};
    case model::Delivery::accepted:
      break;
  }
  std::string text(model::to_string(status));
  std::replace(text.begin(), text.end(), '_', ' ');
  switch (status) {
    case CaseStatus::approved:
      return {text, Style::green};
    case CaseStatus::partially_approved:
    case CaseStatus::info_requested:
    case CaseStatus::unknown:
      return {text, Style::yellow};
    case CaseStatus::denied:
    case CaseStatus::expired:
      return {text, Style::red};
    default:
      return {text, Style::plain};
  }
}

}  // namespace atz::cli
