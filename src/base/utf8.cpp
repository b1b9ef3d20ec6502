// Decoding UTF-8, and what characters do on a terminal.
#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz {
namespace {

struct Decoded {
  char32_t character = 0;
  std::size_t length = 0;  // bytes; 0 when the bytes are not UTF-8
};

Decoded decode(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[offset + i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) {
    return {first, 1};
  }
  std::size_t length = 0;
  char32_t character = 0;
  char32_t least = 0;  // smaller values have a shorter form
  if ((first & 0xE0U) == 0xC0) {
    length = 2, character = first & 0x1FU, least = 0x80;
  } else if ((first & 0xF0U) == 0xE0) {
    length = 3, character = first & 0x0FU, least = 0x800;
  } else if ((first & 0xF8U) == 0xF0) {
    length = 4, character = first & 0x07U, least = 0x10000;
  } else {
    return {};
  }
  if (text.size() - offset < length) {
    return {};
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) {
      return {};
    }
    character = (character << 6U) | (byte(i) & 0x3FU);
  }
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < least || surrogate || character > 0x10FFFF) {
    return {};
  }
  return {character, length};
}

struct Range {
  char32_t first;
  char32_t last;  // inclusive
};

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, char32_t character) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), character,
                                      [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && character <= std::prev(after)->last;
}

// Marks of the scripts that names in this field are written in, and format characters without a glyph.
constexpr std::array<Range, 24> kZeroWidth{{
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x206F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
}};

// East Asian wide and full-width characters and emoji (Unicode Standard Annex 11).
constexpr std::array<Range, 32> kWide{{
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26BD, 0x26BE},   {0x26D4, 0x26D4},   {0x2705, 0x2705},
    {0x270A, 0x270B},   {0x274C, 0x274C},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x17000, 0x18CFF}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
}};

// What can move the cursor, start an escape sequence, reorder text or hide a break.
constexpr std::array<Range, 8> kSteering{{
    {0x0000, 0x001F},
    {0x007F, 0x009F},
    {0x061C, 0x061C},
    {0x200E, 0x200F},
    {0x2028, 0x202E},
    {0x2066, 0x2069},
    {0xFEFF, 0xFEFF},
    {0xFFF9, 0xFFFB},
}};

std::size_t cells(char32_t character) {
  if (character < 0x20 || (character >= 0x7F && character < 0xA0) || contains(kZeroWidth, character)) {
    return 0;
  }
  return contains(kWide, character) ? 2 : 1;
}

std::string escape(char32_t character) {
  switch (character) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return character < 0x80 ? fmt::format("\\x{:02x}", static_cast<std::uint32_t>(character))
                              : fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(character));
  }
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = decode(text, offset).length;
    if (length == 0) {
      return offset;
    }
    offset += length;
  }
  return std::nullopt;
}

std::size_t next_character(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) {
    return text.size();
  }
  return offset + std::max<std::size_t>(1, decode(text, offset).length);
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size(); offset = next_character(text, offset)) {
    ++count;
  }
  return count;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t offset = 0; offset < text.size(); offset = next_character(text, offset)) {
    const Decoded decoded = decode(text, offset);
    width += decoded.length == 0 ? 1 : cells(decoded.character);
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const Decoded decoded = decode(text, offset);
    if (decoded.length == 0) {
      result += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(text[offset]));
      ++offset;
      continue;
    }
    if (contains(kSteering, decoded.character)) {
      result += escape(decoded.character);
    } else {
      result += text.substr(offset, decoded.length);
    }
    offset += decoded.length;
  }
  return result;
}

}  // namespace atz
