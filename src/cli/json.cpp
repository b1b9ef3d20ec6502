#include "cli/json.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::cli {

namespace {

// All characters that steer a terminal have at most 16 bits.
std::string by_number(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  unsigned number = byte(0);
  if (character.size() == 2) number = (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU);
  if (character.size() == 3) number = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  return fmt::format("\\u{:04x}", number);
}

}  // namespace

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

// Programs read it, but it may well run over a terminal: what steers one stands there by its number. In JSON only
// strings can hold such characters.
std::string dump(const Json& json) {
  const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = next_character(text, at);
    const auto character = std::string_view(text).substr(at, next - at);
    const bool harmless = character[0] == '\n' || (character.size() == 1 && character[0] != '\x7f');
    out += harmless || printable(character) == character ? std::string(character) : by_number(character);
    at = next;
  }
  return out;
}

}  // namespace atz::cli
