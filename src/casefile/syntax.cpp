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

bool tab_in_indentation(std::string_view text, std::size_t line_start, std::size_t& tab) {
  for (tab = line_start; tab < text.size() && (text[tab] == ' ' || text[tab] == '\t'); ++tab) {
    if (text[tab] == '\t') return true;
  }
  return false;
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

Problem syntax_problem(std::string_view text, Places& places, const Trouble& trouble, const std::string& message) {
  std::size_t offset = trouble.offset;
  std::size_t tab = 0;
  if (tab_in_indentation(text, places.line_start(offset), tab)) {
    return make(Problem::Kind::syntax, places.span(tab, tab + 1), "a tab stands where only spaces may",
                "indent with spaces");
  }
  const auto* words = std::find_if(std::begin(kWords), std::end(kWords), [&](const Words& candidate) {
    return std::string_view(message).substr(0, candidate.yaml.size()) == candidate.yaml;
  });
  if (words != std::end(kWords) && words->message == kUnclosed) {
    const std::size_t quote = text.find_first_of("\"'", std::min(trouble.from, text.size()));
    if (quote < offset) offset = quote;
  } else if (auto slip = find_slip(text, places, trouble)) {
    return std::move(*slip);
  }
  const std::size_t end = offset < text.size() && text[offset] != '\n' && text[offset] != '\r' ? offset + 1 : offset;
  const bool known = words != std::end(kWords);
  Problem problem = make(Problem::Kind::syntax, places.span(offset, end),
                         known ? std::string(words->message) : "this is not valid YAML",
                         known ? std::string(words->help) : "compare it with the lines around it");
  if (!known) problem.found = message;
  if (trouble.open_bracket) {
    problem.related.push_back({places.span(*trouble.open_bracket, *trouble.open_bracket + 1), "opened here"});
  }
  return problem;
}

}  // namespace atz::casefile
