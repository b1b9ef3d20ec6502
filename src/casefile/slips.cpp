#include "casefile/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "casefile/extent.hpp"
#include "casefile/schema_tree.hpp"

namespace atz::casefile {
namespace {

Problem make(diag::Span span, std::string message, std::string help) {
  return {Problem::Kind::syntax, span, {}, std::move(message), {}, {}, std::move(help), {}};
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void collect(const Schema& schema, std::set<std::string_view>& names) {
  for (const Schema& child : schema.children) {
    names.insert(child.key);
    collect(child, names);
    if (child.item) collect(*child.item, names);
  }
}

// Keys of any place in a case file; numbers of questions count as such.
bool is_key(std::string_view word) {
  static const std::set<std::string_view> kNames = [] {
    std::set<std::string_view> names;
    collect(home_tree(), names);
    collect(staffing_file_tree(), names);
    return names;
  }();
  const bool number = !word.empty() && is_digit(word.front()) && word.find_first_not_of("0123456789.") == word.npos;
  return number || kNames.count(word) != 0;
}

std::size_t end_of_line(std::string_view text, std::size_t offset) {
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  return end > offset && text[end - 1] == '\r' ? end - 1 : end;
}

std::size_t first_of_line(std::string_view text, std::size_t line) {
  return std::min(text.find_first_not_of(' ', line), text.size());
}

int spaces(std::string_view text, std::size_t line) {
  return static_cast<int>(first_of_line(text, line) - line);
}

std::string count_spaces(int count) {
  return fmt::format("{} space{} before it", count, count == 1 ? "" : "s");
}

// Past `- `, where the key of a line begins.
std::size_t key_of_line(std::string_view text, std::size_t line) {
  std::size_t at = first_of_line(text, line);
  while (text.substr(at, 2) == "- ") at = std::min(text.find_first_not_of(' ', at + 1), text.size());
  return at;
}

std::optional<Problem> quote_slip(std::string_view text, Places& places, const Trouble& trouble) {
  if (!trouble.quoted) return std::nullopt;
  const auto quote = places.at(trouble.quoted->begin);
  const auto end = places.at(trouble.quoted->end);
  const auto here = places.at(trouble.offset);
  constexpr const char* kHelp =
      "write an apostrophe inside single quotes twice ('St. John''s'), or put the text in double quotes";
  if (quote.line != end.line) {
    Problem problem = make(places.span(trouble.quoted->begin, trouble.quoted->begin + 1),
                           fmt::format("this quote is closed only in line {}", end.line),
                           "end the text with the same quote that it begins with");
    problem.related.push_back({places.span(trouble.quoted->end - 1, trouble.quoted->end), "closed here"});
    return problem;
  }
  if (end.line != here.line || trouble.offset >= text.size()) return std::nullopt;
  return make(places.span(trouble.offset, trouble.offset + 1), "text follows after the closing quote", kHelp);
}

std::optional<Problem> bracket_slip(std::string_view text, Places& places, const Trouble& trouble) {
  if (!trouble.open_bracket) return std::nullopt;
  const std::size_t open = *trouble.open_bracket;
  if (text[open] != '[' && text[open] != '{') return std::nullopt;
  const char closing = text[open] == '[' ? ']' : '}';
  const std::size_t line = places.line_start(open);
  const std::size_t here = places.line_start(trouble.offset);
  const std::size_t end = end_of_line(text, trouble.offset);
  if (line == here && text.substr(trouble.offset, end - trouble.offset).find(closing) != std::string_view::npos) {
    std::size_t word = trouble.offset;
    while (word > open + 1 && (is_letter(text[word - 1]) || is_digit(text[word - 1]))) --word;
    if (word == trouble.offset) return std::nullopt;
    return make(places.span(word, trouble.offset), "a comma is missing before this", "separate entries with commas");
  }
  if (line != here && trouble.offset < text.size() && spaces(text, here) > spaces(text, line)) return std::nullopt;
  Problem problem = make(places.span(open, open + 1), "this bracket is never closed",
                         fmt::format("add the bracket that closes: {}", closing));
  if (line != here && trouble.offset < text.size()) {
    problem.related.push_back({places.span(trouble.offset, trouble.offset + 1), "this can't belong to it"});
  }
  return problem;
}

std::optional<Problem> after_bracket(std::string_view text, Places& places, const Trouble& trouble) {
  if (trouble.from == 0 || trouble.offset >= text.size() ||
      (text[trouble.from - 1] != '}' && text[trouble.from - 1] != ']'))
    return std::nullopt;
  if (places.line_start(trouble.from - 1) != places.line_start(trouble.offset)) return std::nullopt;
  if (text[trouble.offset] == ']' || text[trouble.offset] == '}') return std::nullopt;
  return make(places.span(trouble.offset, trouble.offset + 1), "nothing may follow after the closing bracket",
              "begin a comment with `#`; put a key on a line of its own");
}

// `note: She said: no`
std::optional<Problem> second_colon(std::string_view text, Places& places, const Trouble& trouble) {
  const std::size_t line = places.line_start(trouble.offset);
  if (trouble.open_bracket || trouble.offset >= text.size() || text[trouble.offset] != ':') return std::nullopt;
  const std::size_t key = key_of_line(text, line);
  if (text.substr(key, trouble.offset - key).find(": ") == std::string_view::npos) return std::nullopt;
  return make(places.span(trouble.offset, trouble.offset + 1), "a second colon stands in this line",
              "put quotes around a text that holds a colon and a space");
}

// The nearest column in which a neighbour of this line begins; -1 when there is none.
int nearest_column(const Trouble& trouble, bool entry, int column) {
  int best = -1;
  for (const Block& block : trouble.blocks) {
    if (block.mapping == entry || block.column == column) continue;
    if (best < 0 || std::abs(block.column - column) <= std::abs(best - column)) best = block.column;
  }
  return best;
}

std::optional<Problem> indentation_slip(std::string_view text, Places& places, const Trouble& trouble,
                                        std::size_t before) {
  const std::size_t line = places.line_start(trouble.offset);
  const std::size_t first = first_of_line(text, line);
  if (first >= text.size() || trouble.open_bracket) return std::nullopt;
  const int column = static_cast<int>(first - line);
  const bool entry = text.substr(first, 2) == "- ";
  if (before != line && trouble.offset != first) {
    // YAML read this line as the rest of the text above, and met a colon there.
    const int above = static_cast<int>(key_of_line(text, before) - before);
    if (column <= above) return std::nullopt;
    Problem problem = make(places.span(first, trouble.offset), "this line is indented further than the one above it",
                           "begin the keys of one group in the same column");
    problem.found = count_spaces(column);
    problem.expected = count_spaces(above);
    return problem;
  }
  if (trouble.offset != first) return std::nullopt;
  const int expected = nearest_column(trouble, entry, column);
  if (expected < 0) return std::nullopt;
  Problem problem = make(
      places.span(first, first + 1),
      entry ? "this entry does not line up with the list above it" : "this does not line up with the lines above it",
      entry ? "begin every entry of one list with `- ` in the same column"
            : "begin the keys of one group in the same column");
  problem.found = count_spaces(column);
  problem.expected = count_spaces(expected);
  return problem;
}

std::optional<Problem> odd_in_line(std::string_view text, Places& places, std::size_t line) {
  std::size_t at = key_of_line(text, line);
  const std::size_t end = end_of_line(text, line);
  Stretch key{at, at};
  while (key.end < end && text[key.end] != ':' && text[key.end] != '#') ++key.end;
  if (auto found = find_odd_character(text, places, key, true)) return found;
  if (key.end >= end || text[key.end] != ':') return std::nullopt;
  at = key.end + 1;
  Stretch value{at, end};
  return find_odd_character(text, places, value, true);
}

}  // namespace

std::optional<Problem> find_key_slip(std::string_view text, Places& places, Stretch words) {
  words.end = std::min(words.end, text.size());
  std::size_t at = words.begin;
  while (at < words.end &&
         (is_letter(text[at]) || is_digit(text[at]) || (is_digit(text[words.begin]) && text[at] == '.')))
    ++at;
  const std::string_view word = text.substr(words.begin, at - words.begin);
  if (word.empty()) return std::nullopt;
  if (word.front() == '-' && is_key(word.substr(1))) {
    return make(places.span(words.begin, words.begin + 1), "a space is missing after this hyphen",
                fmt::format("write `- {}`", word.substr(1)));
  }
  if (at + 1 < words.end && text[at] == ':' && text[at + 1] != ' ' && text[at + 1] != '\t' && text[at + 1] != '/') {
    return make(places.span(at, at + 1), "a space is missing after this colon", "write `key: value`");
  }
  if (!is_key(word)) return std::nullopt;
  const std::size_t next = std::min(text.find_first_not_of(" \t", at), words.end);
  const bool alone = next == words.end || text[next] == '#';
  if (alone && is_digit(word.front())) return std::nullopt;  // a number without a key
  if (next < words.end && text[next] == ':') return std::nullopt;
  if (next < words.end && text[next] == '=') {
    return make(places.span(next, next + 1), "an equals sign stands where a colon belongs",
                fmt::format("write `{}: value`", word));
  }
  if (next == at && next < words.end) return std::nullopt;
  return make(places.span(words.begin, at), fmt::format("a colon is missing after `{}`", word),
              alone ? fmt::format("write `{}:`", word) : fmt::format("write `{}: value`", word));
}

std::optional<Problem> find_slip(std::string_view text, Places& places, const Trouble& trouble) {
  const std::size_t here = places.line_start(trouble.offset);
  const bool value_next = trouble.from < text.size() && text[trouble.from] == ':';
  const std::size_t next = skip_blank(text, trouble.from + (value_next ? 1 : 0));
  std::size_t pending = places.line_start(std::min(next, trouble.offset));
  // A text that goes on from line to line swallows what was meant as keys.
  if (trouble.last.end == trouble.from && pending == here) pending = places.line_start(trouble.last.begin);
  for (const std::size_t line : {pending, here}) {
    if (auto found = odd_in_line(text, places, line)) return found;
  }
  if (auto found = quote_slip(text, places, trouble)) return found;
  if (auto found = bracket_slip(text, places, trouble)) return found;
  if (!trouble.open_bracket) {
    for (const std::size_t line : {pending, here}) {
      const std::size_t key = key_of_line(text, line);
      if (auto found = find_key_slip(text, places, {key, end_of_line(text, line)})) return found;
    }
  }
  if (auto found = after_bracket(text, places, trouble)) return found;
  if (auto found = second_colon(text, places, trouble)) return found;
  return indentation_slip(text, places, trouble, pending);
}

}  // namespace atz::casefile
