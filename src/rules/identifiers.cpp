#include "rules/identifiers.hpp"

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::rules {
namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool upper(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string without(std::string_view text, std::string_view separators) {
  std::string kept;
  for (const char c : trim(text)) {
    if (separators.find(c) == std::string_view::npos) kept += c;
  }
  return kept;
}

}  // namespace

std::string npi_digits(std::string_view text) {
  return without(text, " -");
}

bool valid_npi(std::string_view digits) {
  if (digits.size() != 10 || !all_digits(digits) || (digits[0] != '1' && digits[0] != '2')) return false;
  int sum = 24;  // what the prefix 80840 adds
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = digits[i] - '0';
    if (i % 2 == 0) {
      value *= 2;
      if (value > 9) value -= 9;
    }
    sum += value;
  }
  return sum % 10 == 0;
}

bool id_kind_is_npi(const model::Provider& provider) {
  return !provider.id_kind || *provider.id_kind == "npi";
}

std::string location_digits(std::string_view text) {
  text = trim(text);
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool separator = text[i] == '-' || text[i] == '+' || text[i] == ' ';
    if (separator && i == 10 && text.size() == 14) continue;
    if (!digit(text[i])) return {};
    digits += text[i];
  }
  return digits.size() == 13 ? digits : std::string();
}

bool valid_procedure(std::string_view code) {
  if (code.size() != 5 || !all_digits(code.substr(1))) return false;
  return digit(code[0]) || (code[0] >= 'A' && code[0] <= 'V');
}

bool valid_modifier(std::string_view modifier) {
  return modifier.size() == 2 &&
         std::all_of(modifier.begin(), modifier.end(), [](char c) { return upper(c) || digit(c); });
}

bool valid_diagnosis(std::string_view text) {
  if (text.size() < 3 || !upper(text[0]) || !digit(text[1])) return false;
  if (!digit(text[2]) && text[2] != 'A' && text[2] != 'B') return false;
  std::string_view rest = text.substr(3);
  if (rest.empty()) return true;
  if (rest[0] == '.') rest.remove_prefix(1);
  return !rest.empty() && rest.size() <= 4 &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return upper(c) || digit(c); });
}

std::string with_dot(std::string_view text) {
  std::string code = to_upper(trim(text));
  if (code.size() > 3 && code[3] != '.') code.insert(3, ".");
  return code;
}

bool temporary_member_id(std::string_view id) {
  return id.size() == 12 && id.substr(0, 4) == "TEMP" && all_digits(id.substr(4));
}

bool valid_phone(std::string_view text) {
  const std::string digits = without(text, " -.()");
  return digits.size() == 10 && all_digits(digits) && digits[0] >= '2' && digits[3] >= '2';
}

}  // namespace atz::rules
