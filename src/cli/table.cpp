#include "cli/table.hpp"

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::cli {
namespace {

constexpr std::string_view kGap = "  ";

std::string pad(const std::string& text, std::size_t width, bool right) {
  const std::size_t used = display_width(text);
  const std::string blanks(width > used ? width - used : 0, ' ');
  return right ? blanks + text : text + blanks;
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

void Table::add(std::vector<Cell> cells) {
  for (auto& cell : cells) cell.text = printable(cell.text);
  rows_.push_back({std::move(cells), {}});
}

void Table::add_note(std::string note) {
  rows_.back().notes.push_back(printable(note));
}

std::string Table::render(const Terminal& terminal) const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row.cells[i].text));
  }
  std::string head;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (widths[i] == 0) continue;
    widths[i] = std::max(widths[i], display_width(columns_[i].title));
    head += (head.empty() ? "" : std::string(kGap)) + pad(columns_[i].title, widths[i], columns_[i].right);
  }
  const std::string titles = trimmed(head);
  std::string text = titles.empty() ? titles : terminal.styled(Style::bold, titles) + "\n";
  for (const auto& row : rows_) {
    std::string line;
    std::string blanks;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (widths[i] == 0) continue;
      const auto& cell = row.cells[i];
      const std::string padded = pad(cell.text, widths[i], columns_[i].right);
      // Blanks that end the line are held back until something follows them.
      const auto end = padded.find_last_not_of(' ') + 1;
      if (!line.empty() || i > 0) blanks += line.empty() && blanks.empty() ? "" : std::string(kGap);
      if (end == 0) {
        blanks += padded;
        continue;
      }
      const auto start = padded.find_first_not_of(' ');
      line += blanks + padded.substr(0, start) + terminal.styled(cell.style, padded.substr(start, end - start));
      blanks = padded.substr(end);
    }
    text += line + "\n";
    for (const auto& note : row.notes) text += "    " + terminal.styled(Style::dim, note) + "\n";
  }
  return text;
}

}  // namespace atz::cli
