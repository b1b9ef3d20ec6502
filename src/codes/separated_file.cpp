// A plain table with a code and a description column, separated by commas or tabs.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "atz/base/text.hpp"
#include "codes/formats.hpp"
#include "codes/lines.hpp"

namespace atz::codes {
namespace {

// One record; quotes protect separators, two quotes stand for one. nullopt: a quote is not closed.
std::optional<std::vector<std::string>> cells_of(std::string_view line, char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return cells;
}

char separator_of(std::string_view line) {
  return line.find('\t') != std::string_view::npos ? '\t' : ',';
}

struct Heads {
  std::optional<std::size_t> code, text;
};

Heads heads_of(std::string_view line) {
  Heads heads;
  const auto cells = cells_of(line, separator_of(line));
  if (!cells) return heads;
  for (std::size_t i = 0; i < cells->size(); ++i) {
    const std::string name = to_lower(trim((*cells)[i]));
    if (!heads.code && (name == "code" || name == "hcpc")) heads.code = i;
    if (!heads.text && (name == "description" || name == "long description")) heads.text = i;
  }
  return heads;
}

// A heading is a code that others go on from: the table does not say it.
void mark_headings(SourceRows& rows) {
  std::vector<std::string> keys;
  keys.reserve(rows.size());
  for (const auto& row : rows) keys.push_back(key_of(row.row.code));
  std::sort(keys.begin(), keys.end());
  for (auto& row : rows) {
    const std::string key = key_of(row.row.code);
    const auto after = std::upper_bound(keys.begin(), keys.end(), key);
    row.row.header = after != keys.end() && after->starts_with(key);
  }
}

}  // namespace

bool looks_like_separated_file(std::string_view line) {
  const Heads heads = heads_of(line);
  return heads.code && heads.text;
}

Result<Separated> read_separated_file(std::string_view text, const std::string& name) {
  Lines lines(text);
  if (!lines.next()) return Separated{};
  const char separator = separator_of(lines.line());
  const Heads heads = heads_of(lines.line());
  Separated result;
  bool all_procedures = true;
  while (lines.next()) {
    const auto cells = cells_of(lines.line(), separator);
    if (!cells) return fault(name, lines.number(), "a quotation mark is not closed on this line");
    const std::size_t needed = std::max(*heads.code, *heads.text) + 1;
    if (cells->size() < needed) {
      return fault(name, lines.number(), fmt::format("this line has {} cells, the first line has more", cells->size()),
                   "Expected: a code and a description on every line.");
    }
    const std::string written = to_upper(trim((*cells)[*heads.code]));
    const std::string key = key_of(written);
    if (!diagnosis_form(key) && !procedure_form(key) && !modifier_form(key)) {
      return fault(name, lines.number(), fmt::format("\"{}\" is not a code", printable(written)),
                   "Expected: a diagnosis such as F84.0, a procedure such as T2016, or a modifier such as SC.");
    }
    const std::string words = as_utf8(trim((*cells)[*heads.text]));
    if (words.empty()) return fault(name, lines.number(), fmt::format("the description of {} is missing", written));
    // E1065 may be either; a whole table never leaves it open.
    all_procedures = all_procedures && written == key && (procedure_form(key) || modifier_form(key));
    result.rows.push_back({{key, words, false, modifier_form(key), {}}, lines.number()});
  }
  result.kind = all_procedures ? Kind::procedure : Kind::diagnosis;
  if (result.kind == Kind::procedure) return result;
  for (auto& row : result.rows) {
    if (!diagnosis_form(row.row.code)) {
      return fault(name, row.line, fmt::format("{} is not a diagnosis code, as others in this file are", row.row.code),
                   "Put diagnoses and procedures into a file each.");
    }
    row.row.code = dotted(row.row.code);
  }
  mark_headings(result.rows);
  return result;
}

}  // namespace atz::codes
