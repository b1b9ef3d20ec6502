#include "casefile/syntax.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "casefile/extent.hpp"

namespace atz::casefile {
namespace {

// Keeps only as much text as a place needs: the rest may be no text at all.
diag::Span place_in_prefix(std::string_view text, std::uint32_t source, std::size_t offset) {
  Places places(text.substr(0, offset), source, false);
  const Places::Position at = places.at(offset);
  return {source, at.line, at.column, at.line, at.column + 1};
}

Problem make(Problem::Kind kind, diag::Span span, std::string message, std::string help) {
  Problem problem{kind, span, {}, std::move(message), {}, {}, std::move(help), {}};
  return problem;
}

struct Words {
  std::string_view yaml;  // how yaml-cpp's message begins
  std::string_view message;
  std::string_view help;
};

constexpr std::string_view kUnclosed = "this quote is never closed";

constexpr Words kWords[] = {
    {"end of map not found", "this does not line up with the lines above it",
     "indent every key of one group by the same number of spaces, and put a space after each colon"},
    {"end of sequence not found", "this does not line up with the list above it",
     "begin every entry of one list with `- ` in the same column"},
    {"end of map flow not found", "a `{` is not closed before this place",
     "separate entries with commas and end them with `}`"},
    {"end of sequence flow not found", "a `[` is not closed before this place",
     "separate entries with commas and end them with `]`"},
    {"illegal map value", "a colon is not expected here",
     "indent keys of one group alike; put quotes around a text that holds a colon and a space"},
    {"illegal map key", "a key is not expected here", "begin each key on a line of its own"},
    {"illegal block entry", "a list entry is not expected here", "put the list on the lines after its key"},
    {"illegal flow end", "this bracket closes nothing", "remove it, or add the bracket that opens"},
    {"illegal EOF in scalar", kUnclosed, "end the text with the same quote that it begins with"},
    {"illegal document indicator in scalar", kUnclosed, "end the text with the same quote that it begins with"},
    {"illegal tab", "a tab stands where only spaces may", "indent with spaces"},
    {"unknown escape character", "an unknown escape follows the backslash",
     "write the text in single quotes, or double the backslash"},
    {"bad character found while scanning hex", "the escape needs hexadecimal digits",
     "write the text in single quotes, or double the backslash"},
    {"invalid unicode", "the escape is no character", "write the character itself"},
    {"unknown token", "a text cannot begin with this character", "put quotes around the text"},
    {"unexpected character in block scalar", "only an indentation digit, + or - may follow here",
     "begin the text on the next line"},
    {"cannot set zero indentation", "the indentation of a text block cannot be zero", "leave the digit out"},
    {"alias not found", "a text cannot begin with an asterisk", "put quotes around the text"},
    {"anchor not found", "a text cannot begin with an ampersand", "put quotes around the text"},
};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool tab_in_indentation(std::string_view text, std::size_t line_start, std::size_t& tab) {
  for (tab = line_start; tab < text.size() && (text[tab] == ' ' || text[tab] == '\t'); ++tab) {
    if (text[tab] == '\t') return true;
  }
  return false;
}

// The colon of `key:value` on the line before `line_start`, which YAML takes for a text that goes on.
std::size_t colon_without_space(std::string_view text, std::size_t line_start) {
  while (line_start > 0) {
    const std::size_t end = line_start - 1;
    const std::size_t newline = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
    line_start = newline == std::string_view::npos ? 0 : newline + 1;
    const std::string_view line = text.substr(line_start, end - line_start);
    const std::size_t key = line.find_first_not_of(" -\r");
    if (key == std::string_view::npos || line[key] == '#') continue;
    std::size_t at = key;
    while (at < line.size() && (is_name(line[at]))) ++at;
    if (at == key || at + 1 >= line.size() || line[at] != ':') return std::string_view::npos;
    return line[at + 1] == ' ' || line[at + 1] == '\r' || line[at + 1] == '\t' ? std::string_view::npos
                                                                               : line_start + at;
  }
  return std::string_view::npos;
}

}  // namespace

TextFacts look_at(std::string_view text) {
  TextFacts facts;
  unsigned char any = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    any |= byte;
    if (byte >= 0x20 && byte != 0x7F) continue;
    if (byte == '\t') {
      facts.tabs = true;
    } else if (byte != '\n' && !(byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
      if (!facts.control) facts.control = i;
    }
  }
  facts.ascii = any < 0x80;
  return facts;
}

std::optional<Problem> refuse_text(std::string_view text, std::uint32_t source, const TextFacts& facts) {
  using Kind = Problem::Kind;
  if (text.size() > kMaxFileBytes) {
    Problem problem = make(Kind::too_large, {source, 1, 1, 1, 1}, "the file is too large",
                           "keep one home in a file; documents belong into files of their own");
    problem.found = fmt::format("{} bytes", text.size());
    problem.expected = fmt::format("at most {} bytes", kMaxFileBytes);
    return problem;
  }
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    return make(Kind::invalid_utf8, {source, 1, 1, 1, 2}, "the file is in UTF-16, not in UTF-8",
                "save it again with the encoding UTF-8");
  }
  if (!facts.ascii) {
    if (const auto bad = first_invalid_utf8(text); bad && (!facts.control || *bad < *facts.control)) {
      Problem problem = make(Kind::invalid_utf8, place_in_prefix(text, source, *bad), "the file is not in UTF-8 here",
                             "save it again with the encoding UTF-8");
      problem.found = fmt::format("byte 0x{:02X}", static_cast<unsigned char>(text[*bad]));
      return problem;
    }
  }
  if (facts.control) {
    const auto byte = static_cast<unsigned char>(text[*facts.control]);
    const diag::Span span = place_in_prefix(text, source, *facts.control);
    if (byte == 0)
      return make(Kind::nul_byte, span, "the file holds a zero byte", "remove it: a case file is plain text");
    Problem problem =
        make(Kind::syntax, span,
             byte == '\r' ? "a carriage return stands here without a line feed" : "the file holds a control character",
             byte == '\r' ? "save the file with Unix or Windows line ends" : "remove it");
    problem.found = fmt::format("byte 0x{:02X}", byte);
    return problem;
  }
  return std::nullopt;
}

Problem syntax_problem(std::string_view text, Places& places, std::size_t offset, std::size_t from,
                       const std::string& message) {
  offset = std::min(offset, text.size());
  std::size_t tab = 0;
  if (tab_in_indentation(text, places.line_start(offset), tab)) {
    return make(Problem::Kind::syntax, places.span(tab, tab + 1), "a tab stands where only spaces may",
                "indent with spaces");
  }
  const auto* words = std::find_if(std::begin(kWords), std::end(kWords), [&](const Words& candidate) {
    return std::string_view(message).substr(0, candidate.yaml.size()) == candidate.yaml;
  });
  if (words == std::end(kWords)) {
    Problem problem = make(Problem::Kind::syntax, places.span(offset, std::min(offset + 1, text.size())),
                           "this is not valid YAML", "compare it with the lines around it");
    problem.found = message;
    return problem;
  }
  if (words->message == kUnclosed) {
    const std::size_t quote = text.find_first_of("\"'", std::min(from, text.size()));
    if (quote < offset) offset = quote;
  }
  if (words->yaml == "end of map not found" || words->yaml == "illegal map value") {
    if (const std::size_t colon = colon_without_space(text, places.line_start(offset));
        colon != std::string_view::npos) {
      return make(Problem::Kind::syntax, places.span(colon, colon + 1), "a space is missing after this colon",
                  "write `key: value`");
    }
  }
  const std::size_t end = offset < text.size() && text[offset] != '\n' && text[offset] != '\r' ? offset + 1 : offset;
  return make(Problem::Kind::syntax, places.span(offset, end), std::string(words->message), std::string(words->help));
}

}  // namespace atz::casefile
