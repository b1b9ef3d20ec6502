#include "terminal_table.hpp"

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::report {

namespace {

std::string blanks(const std::string& text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ');
}

}  // namespace

std::string pad_right(const std::string& text, std::size_t width) {
  return text + blanks(text, width);
}

std::string pad_left(const std::string& text, std::size_t width) {
  return blanks(text, width) + text;
}

std::string shorten(const std::string& text, std::size_t width, bool unicode) {
  if (display_width(text) <= width) return text;
  std::string part = text;
  while (!part.empty() && display_width(part) + 1 > width) {
    while (!part.empty() && (static_cast<unsigned char>(part.back()) & 0xC0U) == 0x80U) part.pop_back();
    if (!part.empty()) part.pop_back();
  }
  return part + (unicode ? "…" : "~");
}

std::vector<std::string> align_columns(const std::vector<std::vector<std::string>>& rows, std::size_t left) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += "  ";
      line += i < left ? pad_right(row[i], widths[i]) : pad_left(row[i], widths[i]);
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> flow(const std::vector<std::string>& items, std::size_t width, std::size_t gap) {
  std::vector<std::string> lines;
  for (const std::string& item : items) {
    if (lines.empty() || display_width(lines.back()) + gap + display_width(item) > width) {
      lines.push_back(item);
    } else {
      lines.back() += std::string(gap, ' ') + item;
    }
  }
  return lines;
}

}  // namespace atz::report
