#include "cli/json.hpp"

namespace atz::cli {

Json date_or_null(const std::optional<model::Date>& date) {
  return date ? Json(model::format_date(*date)) : Json(nullptr);
}

// Quarter hours have at most two decimals, which a double holds exactly.
Json hours_or_null(const std::optional<model::Hours>& hours) {
  if (!hours) return nullptr;
  if (hours->quarters % 4 == 0) return hours->quarters / 4;
  return static_cast<double>(hours->quarters) / 4;
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json line_json(const ledger::LineIntent& line) {
  return {{"code", line.code},
          {"modifiers", line.modifiers},
          {"units", line.units},
          {"weekly_hours", hours_or_null(line.weekly_hours)},
          {"start", model::format_date(line.period.first)},
          {"end", model::format_date(line.period.last)}};
}

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace atz::cli
