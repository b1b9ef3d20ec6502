#include "casefile/write.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "casefile/extent.hpp"

namespace atz::casefile {
namespace {

constexpr std::size_t kStep = 2;  // of indentation

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

// Characters that look like nothing, or like a line break to some readers.
bool has_invisible(std::string_view text) {
  constexpr std::string_view kMarks[] = {"\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"};
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

bool may_begin(std::string_view text) {
  constexpr std::string_view kIndicators = ",[]{}#&*!|>'\"%@`?:";
  if (kIndicators.find(text.front()) != std::string_view::npos) return false;
  return text.front() != '-' || (text.size() > 1 && text[1] >= '0' && text[1] <= '9');
}

bool fits_plain(std::string_view text, bool flow) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (std::any_of(text.begin(), text.end(), is_control) || has_invisible(text)) return false;
  if (!may_begin(text) || text == "<<" || text.substr(0, 3) == "...") return false;
  if (null_word(text, 0) == text.size()) return false;  // a text here, nothing to other readers
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  return !flow || text.find_first_of(",[]{}") == std::string_view::npos;
}

bool fits_single(std::string_view text) {
  return std::none_of(text.begin(), text.end(), is_control) && !has_invisible(text);
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (is_control(c)) {
          out += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + '\'';
}

bool holds_groups(const Node& list) {
  return std::any_of(list.items.begin(), list.items.end(), [](const Node& item) {
    return item.kind == Node::Kind::mapping || item.kind == Node::Kind::sequence;
  });
}

}  // namespace

std::string write_scalar(std::string_view text, bool flow, Style wanted) {
  if (wanted == Style::plain && fits_plain(text, flow)) return std::string(text);
  const bool escapes = text.find_first_of("\"\\") != std::string_view::npos;
  if (fits_single(text) && (wanted == Style::single_quoted || (wanted == Style::plain && escapes))) {
    return single_quoted(text);
  }
  return double_quoted(text);
}

std::string write_inline(const Node& value, bool flow) {
  std::string out;
  switch (value.kind) {
    case Node::Kind::null:
      break;
    case Node::Kind::scalar:
      return write_scalar(value.text, flow);
    case Node::Kind::sequence:
      for (const Node& item : value.items) {
        if (!out.empty()) out += ", ";
        out += write_inline(item, true);
      }
      return '[' + out + ']';
    case Node::Kind::mapping:
      for (const Node::Entry& entry : value.entries) {
        if (!out.empty()) out += ", ";
        out += write_scalar(entry.key, true) + ':';
        if (entry.value.kind != Node::Kind::null) out += ' ' + write_inline(entry.value, true);
      }
      return '{' + out + '}';
  }
  return out;
}

std::string write_entry(std::string_view key, const Node& value, std::size_t column, std::string_view line_break) {
  std::string out = write_scalar(key, false) + ':';
  const std::size_t below = column + kStep;
  const std::string indent = std::string(line_break) + std::string(below, ' ');
  if (value.kind == Node::Kind::null) return out;
  if (value.kind == Node::Kind::mapping && !value.entries.empty()) {
    return out + indent + write_block(value, below, line_break);
  }
  if (value.kind == Node::Kind::sequence && holds_groups(value)) {
    for (const Node& item : value.items) out += indent + "- " + write_inline(item, false);
    return out;
  }
  return out + ' ' + write_inline(value, false);
}

std::string write_block(const Node& mapping, std::size_t column, std::string_view line_break) {
  std::string out;
  for (const Node::Entry& entry : mapping.entries) {
    if (!out.empty()) out += std::string(line_break) + std::string(column, ' ');
    out += write_entry(entry.key, entry.value, column, line_break);
  }
  return out;
}

}  // namespace atz::casefile
