#include "casefile/edit_text.hpp"

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::casefile {

EditText::EditText(std::string_view text) : text_(text) {
  starts_.push_back(text.substr(0, kByteOrderMark.size()) == kByteOrderMark ? kByteOrderMark.size() : 0);
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
  crlf_ = starts_.size() > 1 && starts_[1] >= 2 && text[starts_[1] - 2] == '\r';
}

std::size_t EditText::offset(std::uint32_t line, std::uint32_t column) const {
  if (line == 0 || line > starts_.size()) return text_.size();
  std::size_t at = starts_[line - 1];
  for (std::uint32_t i = 1; i < column; ++i) at = next_character(text_, at);
  return at;
}

std::size_t EditText::line_of(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return after == starts_.begin() ? 0 : static_cast<std::size_t>(after - starts_.begin()) - 1;
}

diag::Span EditText::span(std::size_t begin, std::size_t end, std::uint32_t source) const {
  const auto column = [&](std::size_t line, std::size_t offset) {
    return static_cast<std::uint32_t>(count_characters(text_.substr(starts_[line], offset - starts_[line])) + 1);
  };
  const std::size_t first = line_of(begin);
  const std::size_t last = line_of(end);
  return {source, static_cast<std::uint32_t>(first + 1), column(first, begin), static_cast<std::uint32_t>(last + 1),
          column(last, end)};
}

std::size_t EditText::line_start(std::size_t offset) const {
  return starts_[line_of(offset)];
}

std::size_t EditText::line_end(std::size_t offset) const {
  const std::size_t start = line_start(offset);
  const std::size_t stop = std::min(text_.find('\n', start), text_.size());
  return stop > start && stop < text_.size() && text_[stop - 1] == '\r' ? stop - 1 : stop;
}

std::size_t EditText::next_line(std::size_t offset) const {
  const std::size_t stop = text_.find('\n', line_start(offset));
  return stop == std::string_view::npos ? text_.size() : stop + 1;
}

std::size_t EditText::skip_blanks(std::size_t offset) const {
  while (at(offset) == ' ' || at(offset) == '\t') ++offset;
  return offset;
}

bool EditText::first_on_line(std::size_t offset) const {
  return skip_blanks(line_start(offset)) >= offset;
}

std::string apply_changes(std::string_view text, std::vector<TextChange> changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::string result;
  std::size_t done = 0;
  for (const TextChange& change : changes) {
    result += text.substr(done, change.begin - done);
    result += change.text;
    done = change.end;
  }
  result += text.substr(done);
  return result;
}

}  // namespace atz::casefile
