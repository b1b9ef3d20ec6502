#include "codes/lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::codes {

tl::unexpected<Error> fault(const std::string& name, std::size_t line, const std::string& what,
                            const std::string& help) {
  return fail(Failure::input, fmt::format("{}:{}: {}", printable(name), line, what), help);
}

Lines::Lines(std::string_view text) : rest_(text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (rest_.starts_with(kMark)) rest_.remove_prefix(kMark.size());
}

bool Lines::next() {
  while (!rest_.empty()) {
    const auto end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++number_;
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    // Ctrl-Z ends some files that went through old programs.
    if (!trim(line_).empty() && !(rest_.empty() && line_ == "\x1A")) return true;
  }
  return false;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string as_utf8(std::string_view text) {
  if (!first_invalid_utf8(text)) return std::string(text);
  std::string converted;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      converted += c;
    } else {
      converted += static_cast<char>(0xC0U | (byte >> 6U));
      converted += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return converted;
}

Columns::Columns(std::string_view line) : line_(line), ascii_(is_ascii(line)) {
  if (ascii_) return;
  own_ = as_utf8(line);
  line_ = own_;
}

std::size_t Columns::offset(std::size_t column) const {
  if (ascii_) return std::min(column - 1, line_.size());
  std::size_t at = 0;
  for (std::size_t i = 1; i < column && at < line_.size(); ++i) at = next_character(line_, at);
  return at;
}

std::string_view Columns::exact(std::size_t first, std::size_t last) const {
  const std::size_t start = offset(first);
  return line_.substr(start, offset(last + 1) - start);
}

std::string_view Columns::trimmed(std::size_t first, std::size_t last) const {
  return trim(exact(first, last));
}

}  // namespace atz::codes
