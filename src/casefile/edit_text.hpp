// A text with its lines, for those who change it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "atz/diag/finding.hpp"

namespace atz::casefile {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Puts `text` in the place of the bytes from `begin` to `end`.
struct TextChange {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// Valid UTF-8. Offsets are bytes and count a byte order mark; spans don't.
class EditText {
 public:
  explicit EditText(std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  [[nodiscard]] std::string_view line_break() const { return crlf_ ? "\r\n" : "\n"; }

  [[nodiscard]] std::size_t begin(const diag::Span& span) const { return offset(span.line, span.column); }
  [[nodiscard]] std::size_t end(const diag::Span& span) const { return offset(span.end_line, span.end_column); }
  [[nodiscard]] diag::Span span(std::size_t begin, std::size_t end, std::uint32_t source) const;

  [[nodiscard]] std::size_t line_start(std::size_t offset) const;
  [[nodiscard]] std::size_t line_end(std::size_t offset) const;   // before the line break
  [[nodiscard]] std::size_t next_line(std::size_t offset) const;  // after the line break; the end of the text
  [[nodiscard]] std::size_t column(std::size_t offset) const { return offset - line_start(offset); }  // bytes, from 0
  [[nodiscard]] bool first_on_line(std::size_t offset) const;       // nothing but blanks before it
  [[nodiscard]] std::size_t skip_blanks(std::size_t offset) const;  // in its line

 private:
  [[nodiscard]] std::size_t offset(std::uint32_t line, std::uint32_t column) const;
  [[nodiscard]] std::size_t line_of(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::size_t> starts_;
  bool crlf_ = false;
};

// Changes must lie apart from each other; their order does not matter, except for insertions at one place.
std::string apply_changes(std::string_view text, std::vector<TextChange> changes);

}  // namespace atz::casefile
