// The lines of a canonical text and the normal forms of values in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/field.hpp"
#include "atz/model/staffing.hpp"

namespace atz::model {

enum class Form {
  text,   // without blanks at the ends
  upper,  // and in upper case
  lower,
  compact,  // without any blanks
  digits,   // digits only: phones, NPI+3
};

class Lines {
 public:
  explicit Lines(std::string_view first_line) : text_(std::string(first_line) + "\n") {}

  // Absent values have no line. A value that is there but could not be read gets one of its own form.
  void put(std::string_view name, const Field<std::string>& field, Form form = Form::text);
  void put(std::string_view name, const std::vector<Field<std::string>>& fields, Form form = Form::text);
  void put(std::string_view name, const Field<Date>& field);
  void put(std::string_view name, const Field<std::int64_t>& field);
  void put(std::string_view name, const Field<Rational>& field);
  void put(std::string_view name, const Field<bool>& field);
  void put(std::string_view name, const std::string& value) { line(name, value); }

  template <class Body>
  void within(std::string_view name, Body body) {
    const std::size_t length = prefix_.size();
    prefix_ += name;
    prefix_ += '.';
    body();
    prefix_.resize(length);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

  // So that no value can look like another line.
  static std::string escape(std::string_view value);

 private:
  template <class T, class Format>
  void put_as(std::string_view name, const Field<T>& field, Format format) {
    if (field) {
      line(name, format(*field));
    } else if (field.present && !field.text.empty()) {
      unreadable(name, field.text);
    }
  }
  void line(std::string_view name, std::string_view value);
  void unreadable(std::string_view name, std::string_view text);

  std::string prefix_;
  std::string text_;
};

std::string in_form(std::string_view value, Form form);
// The name without its folders: where a document lies is not sent.
Field<std::string> file_name(const Field<std::string>& file);

void put_spans(Lines& lines, std::string_view name, const std::vector<WeekSpan>& spans);
void put_pattern(Lines& lines, const StaffingPattern& pattern);

}  // namespace atz::model
