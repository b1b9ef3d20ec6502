// Letters without case and accents, for comparing what people type.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace atz {

namespace fold_tables {
constexpr std::array<char, 256> make_plain() {
  std::array<char, 256> plain{};
  for (char c = '0'; c <= '9'; ++c) plain[static_cast<unsigned char>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) plain[static_cast<unsigned char>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c) plain[static_cast<unsigned char>(c)] = static_cast<char>(c - 'A' + 'a');
  return plain;
}
inline constexpr std::array<char, 256> kPlain = make_plain();
// U+00C0 to U+00FF without their accents; a blank is no letter.
inline constexpr std::string_view kLatin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
static_assert(kLatin.size() == 64);
}  // namespace fold_tables

// The letter (a to z) or digit at `at`, which moves behind the character; 0 for anything else. Accents of Latin-1 in
// UTF-8 are dropped, other characters beyond ASCII are no letters. In the header, because searching calls it for every
// byte of large tables.
inline char take_folded(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == 0xC3 && at + 1 < text.size()) {
    const auto next = static_cast<unsigned char>(text[at + 1]);
    if (next >= 0x80 && next < 0xC0) {
      at += 2;
      const char letter = fold_tables::kLatin[next - 0x80U];
      return letter == ' ' ? '\0' : letter;
    }
  }
  ++at;
  return fold_tables::kPlain[byte];
}

}  // namespace atz
