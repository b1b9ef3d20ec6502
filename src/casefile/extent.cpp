#include "casefile/extent.hpp"

#include <algorithm>

namespace atz::casefile {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_break(char c) {
  return c == '\n' || c == '\r';
}
bool is_space(char c) {
  return is_blank(c) || is_break(c);
}

std::size_t double_quoted_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t single_quoted_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] != '\'') continue;
    if (at + 1 >= text.size() || text[at + 1] != '\'') return at + 1;
    ++at;
  }
  return std::string_view::npos;
}

// A plain scalar over several lines is folded: each run of white space in the text is one run in the value.
std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value) {
  if (text.substr(begin, value.size()) == value && value.find('\n') == std::string_view::npos) {
    return begin + value.size();
  }
  std::size_t at = begin;
  for (std::size_t i = 0; i < value.size() && at < text.size();) {
    if (!is_space(value[i])) {
      ++i;
      ++at;
      continue;
    }
    while (i < value.size() && is_space(value[i])) ++i;
    while (at < text.size() && is_space(text[at])) ++at;
  }
  return at;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::size_t without_carriage_return(std::string_view text, std::size_t begin, std::size_t end) {
  return end > begin && text[end - 1] == '\r' ? end - 1 : end;
}

std::size_t block_end(std::string_view text, std::size_t begin, int indent) {
  const std::size_t header_end = line_end(text, begin);
  int content = -1;  // columns; -1 until the first line with content shows it
  for (std::size_t at = begin + 1; at < header_end && !is_space(text[at]); ++at) {
    if (text[at] >= '1' && text[at] <= '9') content = std::max(indent, 0) + (text[at] - '0');
  }
  std::size_t end = begin + 1;
  while (end < header_end && !is_space(text[end])) ++end;
  for (std::size_t start = header_end; start < text.size();) {
    ++start;  // past the line break
    const std::size_t stop = line_end(text, start);
    const std::size_t last = without_carriage_return(text, start, stop);
    std::size_t at = start;
    while (at < last && text[at] == ' ') ++at;
    if (at < last) {
      const int column = static_cast<int>(at - start);
      if (column <= indent || (content >= 0 && column < content)) break;
      if (indent < 0 && column == 0 && (text.substr(at, 3) == "---" || text.substr(at, 3) == "...")) break;
      if (content < 0) content = column;
      end = last;
    }
    start = stop;
  }
  return end;
}

}  // namespace

std::size_t scalar_end(std::string_view text, std::size_t begin, std::string_view value, int indent) {
  if (begin >= text.size()) return text.size();
  switch (text[begin]) {
    case '"':
      return double_quoted_end(text, begin);
    case '\'':
      return single_quoted_end(text, begin);
    case '|':
    case '>':
      return block_end(text, begin, indent);
    default:
      return plain_end(text, begin, value);
  }
}

std::size_t skip_blank(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    if (is_space(text[offset])) {
      ++offset;
    } else if (text[offset] == '#') {
      offset = line_end(text, offset);
    } else {
      break;
    }
  }
  return offset;
}

std::size_t find_close(std::string_view text, std::size_t offset) {
  for (;;) {
    offset = skip_blank(text, offset);
    if (offset >= text.size() || (text[offset] != ',' && text[offset] != ':' && text[offset] != '?')) return offset;
    ++offset;
  }
}

std::size_t skip_properties(std::string_view text, std::size_t offset, std::size_t& end) {
  while (offset < text.size() && (text[offset] == '!' || text[offset] == '&')) {
    while (offset < text.size() && !is_space(text[offset]) && text[offset] != ',' && text[offset] != ']' &&
           text[offset] != '}') {
      ++offset;
    }
    end = offset;
    offset = skip_blank(text, offset);
  }
  return offset;
}

bool never_closed(std::string_view text, std::size_t offset) {
  int open = 0;
  for (std::size_t at = offset; at < text.size(); ++at) {
    if (text[at] == '[' || text[at] == '{') ++open;
    if ((text[at] == ']' || text[at] == '}') && --open == 0) return false;
  }
  return true;
}

std::size_t null_word(std::string_view text, std::size_t offset) {
  constexpr std::string_view kWords[] = {"~", "null", "Null", "NULL"};
  for (const std::string_view word : kWords) {
    if (text.substr(offset, word.size()) == word) return word.size();
  }
  return 0;
}

}  // namespace atz::casefile
