#include "fhir/primitives.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "atz/base/text.hpp"
#include "atz/model/calendar.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kPrimitives[] = {
    "base64Binary", "boolean", "canonical", "code",        "date",   "dateTime",    "decimal", "id",
    "instant",      "integer", "markdown",  "positiveInt", "string", "unsignedInt", "uri",     "url"};

bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || !all_digits(text.substr(at, 2))) return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

bool in_range(int value, int low, int high) {
  return value >= low && value <= high;
}

// "Thh:mm:ss[.fff](Z|+hh:mm)" after the date
bool is_time_with_zone(std::string_view text) {
  if (text.size() < 10 || text[0] != 'T' || text[3] != ':' || text[6] != ':') return false;
  if (!in_range(two_digits(text, 1), 0, 23) || !in_range(two_digits(text, 4), 0, 59) ||
      !in_range(two_digits(text, 7), 0, 60))
    return false;
  std::size_t at = 9;
  if (text[at] == '.') {
    const auto start = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == start) return false;
  }
  const auto zone = text.substr(at);
  if (zone == "Z") return true;
  return zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
         in_range(two_digits(zone, 1), 0, 14) && in_range(two_digits(zone, 4), 0, 59);
}

bool is_instant(std::string_view text) {
  return text.size() > 10 && model::parse_date(text.substr(0, 10)).has_value() && is_time_with_zone(text.substr(10));
}

bool is_code(std::string_view text) {
  if (text.empty() || is_blank(text.front()) || is_blank(text.back())) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (is_blank(text[i]) && (text[i] != ' ' || is_blank(text[i - 1]))) return false;
  }
  return true;
}

bool is_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return false;
  const auto padding = text.size() - text.find_last_not_of('=') - 1;
  return padding <= 2 && std::all_of(text.begin(), text.end() - static_cast<std::ptrdiff_t>(padding),
                                     [](char c) { return is_alphanumeric(c) || c == '+' || c == '/'; });
}

bool is_valid_string(std::string_view type, std::string_view text) {
  if (type == "date") return text.size() == 10 && model::parse_date(text).has_value();
  if (type == "dateTime") return is_instant(text) || (text.size() == 10 && model::parse_date(text).has_value());
  if (type == "instant") return is_instant(text);
  if (type == "code") return is_code(text);
  if (type == "base64Binary") return is_base64(text);
  if (type == "id") {
    return !text.empty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '-' || c == '.'; });
  }
  if (type == "uri" || type == "url" || type == "canonical")
    return !text.empty() && std::none_of(text.begin(), text.end(), is_blank);
  return !trim(text).empty();  // string, markdown
}

}  // namespace

bool is_primitive(std::string_view type) {
  return std::find(std::begin(kPrimitives), std::end(kPrimitives), type) != std::end(kPrimitives);
}

bool is_valid_primitive(std::string_view type, const Json& value) {
  if (type == "boolean") return value.is_boolean();
  if (type == "decimal") return is_number(value);
  if (type == "integer") return value.is_number_integer();
  if (type == "positiveInt")
    return value.is_number_unsigned() && value.get<std::uint64_t>() >= 1 && value.get<std::uint64_t>() <= 2147483647U;
  if (type == "unsignedInt") return value.is_number_unsigned() && value.get<std::uint64_t>() <= 2147483647U;
  return value.is_string() && is_valid_string(type, *value.get_ptr<const std::string*>());
}

bool is_npi(std::string_view text) {
  if (text.size() != 10 || !all_digits(text)) return false;
  int sum = 24;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int digit = text[i] - '0';
    if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

}  // namespace atz::fhir
