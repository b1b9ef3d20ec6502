// Text that knows UTF-8 and nothing of atz.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atz {

std::string_view trim(std::string_view text);  // ASCII white space at both ends
std::string to_lower(std::string_view text);   // ASCII letters only
std::string to_upper(std::string_view text);   // ASCII letters only
std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
bool all_digits(std::string_view text);  // false when empty

// Byte offset of the first invalid UTF-8 sequence (overlong forms and surrogates included).
std::optional<std::size_t> first_invalid_utf8(std::string_view text);
// Number of code points; the text must be valid UTF-8.
std::size_t count_characters(std::string_view text);
// Byte offset of the character after the one at `offset`; a byte that is not UTF-8 counts as one character.
// At or past the end: the size of the text.
std::size_t next_character(std::string_view text, std::size_t offset);
// Terminal cells: combining marks count 0, wide characters 2.
std::size_t display_width(std::string_view text);
// Control characters and bidirectional overrides as visible escapes ("\x1b"), so that foreign text
// printed to a terminal can't steer it. Newlines become "\n" in two characters; UTF-8 stays.
// Bytes that are not UTF-8 become "\x" and two digits too, so the result is always valid UTF-8.
std::string printable(std::string_view text);
// One word of a POSIX shell command line, quoted where needed: it's -> 'it'\''s'. For commands that a help text shows.
std::string shell_word(std::string_view text);

// Edit distance with swaps (optimal string alignment) over bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);
// The candidate nearest to `word` (ignoring case), when near enough to be a plausible typing error.
std::optional<std::string> did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace atz
