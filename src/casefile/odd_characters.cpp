// Characters that word processors and web pages put where YAML wants plain spaces and quotes.
#include <fmt/format.h>

#include <algorithm>

#include "casefile/slips.hpp"

namespace atz::casefile {
namespace {

struct Character {
  std::string_view bytes;
  std::string_view name;
};

constexpr Character kInvisible[] = {
    {"\u00A0", "no-break space (U+00A0)"},
    {"\u202F", "narrow no-break space (U+202F)"},
    {"\u2007", "figure space (U+2007)"},
    {"\u3000", "ideographic space (U+3000)"},
    {"\u200B", "zero-width space (U+200B)"},
    {"\u2060", "word joiner (U+2060)"},
    {"\uFEFF", "zero-width no-break space (U+FEFF)"},
};

constexpr Character kQuotes[] = {
    {"\u201C", "\u201C (U+201C)"}, {"\u201D", "\u201D (U+201D)"}, {"\u201E", "\u201E (U+201E)"},
    {"\u2018", "\u2018 (U+2018)"}, {"\u2019", "\u2019 (U+2019)"}, {"\u201A", "\u201A (U+201A)"},
    {"\u00AB", "\u00AB (U+00AB)"}, {"\u00BB", "\u00BB (U+00BB)"},
};

template <std::size_t N>
const Character* at_begin(const Character (&characters)[N], std::string_view text) {
  const auto* found = std::find_if(std::begin(characters), std::end(characters),
                                   [&](const Character& each) { return text.starts_with(each.bytes); });
  return found == std::end(characters) ? nullptr : found;
}

template <std::size_t N>
const Character* at_end(const Character (&characters)[N], std::string_view text) {
  const auto* found = std::find_if(std::begin(characters), std::end(characters),
                                   [&](const Character& each) { return text.ends_with(each.bytes); });
  return found == std::end(characters) ? nullptr : found;
}

Problem odd(diag::Span span, std::string message, std::string help) {
  return {Problem::Kind::odd_character, span, {}, std::move(message), {}, {}, std::move(help), {}};
}

Problem invisible(Places& places, std::size_t at, const Character& character) {
  return odd(places.span(at, at + character.bytes.size()), fmt::format("an invisible {} stands here", character.name),
             "delete it and type a plain space; text that was copied from a letter or a web page often holds some");
}

}  // namespace

std::optional<Problem> find_odd_character(std::string_view text, Places& places, Stretch& words, bool key) {
  std::optional<Problem> problem;
  const auto rest = [&] { return text.substr(words.begin, words.end - words.begin); };
  const auto note = [&](Problem found) {
    if (!problem) problem = std::move(found);
  };
  for (bool trimmed = true; trimmed && words.begin < words.end;) {
    if (const auto* first = at_begin(kInvisible, rest())) {
      note(invisible(places, words.begin, *first));
      words.begin += first->bytes.size();
    } else if (const auto* last = at_end(kInvisible, rest())) {
      words.end -= last->bytes.size();
      note(invisible(places, words.end, *last));
    } else if (text[words.begin] == ' ') {
      ++words.begin;
    } else if (text[words.end - 1] == ' ') {
      --words.end;
    } else {
      trimmed = false;
    }
  }
  if (key && !problem) {
    for (std::size_t at = words.begin; at < words.end && !problem; ++at) {
      if (const auto* inside = at_begin(kInvisible, text.substr(at))) note(invisible(places, at, *inside));
    }
  }
  const auto* opening = at_begin(kQuotes, rest());
  const auto* closing = at_end(kQuotes, rest());
  // A text may quote somebody at its beginning or its end; quotes around the whole of it are meant for YAML.
  const bool around = opening != nullptr && closing != nullptr && rest().size() > opening->bytes.size();
  const bool half = key && (opening != nullptr || closing != nullptr);
  if (around || half) {
    const auto& shown = opening != nullptr ? *opening : *closing;
    note(odd(places.span(words.begin, words.end),
             fmt::format("{} is not a quote to YAML, but a part of the text", shown.name),
             "type straight quotes (\"...\"), or none"));
    if (opening != nullptr) words.begin += opening->bytes.size();
    if (closing != nullptr && words.end > words.begin) words.end -= closing->bytes.size();
  }
  return problem;
}

}  // namespace atz::casefile
