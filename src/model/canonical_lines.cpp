#include "canonical_lines.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/model/week.hpp"

namespace atz::model {

std::string Lines::escape(std::string_view value) {
  std::string result;
  for (const char c : value) {
    switch (c) {
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\r':
        result += "\\r";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string in_form(std::string_view value, Form form) {
  const std::string_view trimmed = trim(value);
  switch (form) {
    case Form::text:
      return std::string(trimmed);
    case Form::upper:
      return to_upper(trimmed);
    case Form::lower:
      return to_lower(trimmed);
    case Form::compact:
    case Form::digits: {
      std::string result;
      for (const char c : trimmed) {
        const bool is_digit = c >= '0' && c <= '9';
        if (form == Form::digits ? is_digit : c != ' ' && c != '\t') result += c;
      }
      return result;
    }
  }
  return std::string(trimmed);
}

Field<std::string> file_name(const Field<std::string>& file) {
  Field<std::string> result = file;
  if (file) result.value = file->substr(file->find_last_of('/') + 1);
  return result;
}

void Lines::line(std::string_view name, std::string_view value) {
  text_ += fmt::format("{}{} = {}\n", prefix_, name, escape(value));
}

void Lines::unreadable(std::string_view name, std::string_view text) {
  text_ += fmt::format("{}{} ? {}\n", prefix_, name, escape(text));
}

void Lines::put(std::string_view name, const Field<std::string>& field, Form form) {
  put_as(name, field, [form](const std::string& value) { return in_form(value, form); });
}

void Lines::put(std::string_view name, const std::vector<Field<std::string>>& fields, Form form) {
  for (std::size_t i = 0; i < fields.size(); ++i) put(fmt::format("{}[{}]", name, i), fields[i], form);
}

void Lines::put(std::string_view name, const Field<Date>& field) {
  put_as(name, field, format_date);
}

void Lines::put(std::string_view name, const Field<std::int64_t>& field) {
  put_as(name, field, [](std::int64_t value) { return fmt::format("{}", value); });
}

void Lines::put(std::string_view name, const Field<Rational>& field) {
  put_as(name, field, format_fraction);
}

void Lines::put(std::string_view name, const Field<bool>& field) {
  put_as(name, field, [](bool value) { return std::string(value ? "yes" : "no"); });
}

}  // namespace atz::model
