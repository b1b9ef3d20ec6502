#include "codes/fold.hpp"

namespace atz::codes {
namespace {

constexpr std::array<char, 256> make_plain() {
  std::array<char, 256> plain{};
  for (char c = '0'; c <= '9'; ++c) plain[static_cast<unsigned char>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) plain[static_cast<unsigned char>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c) plain[static_cast<unsigned char>(c)] = static_cast<char>(c - 'A' + 'a');
  return plain;
}
constexpr std::array<char, 256> kPlain = make_plain();

// U+00C0 to U+00FF without their accents; a blank is no letter.
constexpr std::string_view kLatin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
static_assert(kLatin.size() == 64);

}  // namespace

char Folding::take() {
  const auto byte = static_cast<unsigned char>(text_[at_]);
  if (byte == 0xC3 && at_ + 1 < text_.size()) {
    const auto next = static_cast<unsigned char>(text_[at_ + 1]);
    if (next >= 0x80 && next < 0xC0) {
      at_ += 2;
      const char letter = kLatin[next - 0x80U];
      return letter == ' ' ? '\0' : letter;
    }
  }
  ++at_;
  return kPlain[byte];
}

// 's after a word; a word in between quotation marks has no letter s alone behind it.
bool Folding::possessive() {
  return at_ + 1 < text_.size() && text_[at_] == '\'' && (text_[at_ + 1] == 's' || text_[at_ + 1] == 'S') &&
         (at_ + 2 == text_.size() || kPlain[static_cast<unsigned char>(text_[at_ + 2])] == '\0');
}

char Folding::to_word() {
  while (at_ < text_.size()) {
    if (const char letter = take(); letter != '\0') {
      ++words_;
      return letter;
    }
  }
  return '\0';
}

void Folding::read_word(char first) {
  buffer_[0] = first;
  length_ = 1;
  while (at_ < text_.size() && !possessive()) {
    const char letter = take();
    if (letter == '\0') return;
    if (length_ < buffer_.size()) buffer_[length_++] = letter;
  }
  if (at_ < text_.size()) at_ += 2;
}

void Folding::skip_word() {
  while (at_ < text_.size() && !possessive()) {
    if (take() == '\0') return;
  }
  if (at_ < text_.size()) at_ += 2;
}

bool Folding::next() {
  const char first = to_word();
  if (first == '\0') return false;
  read_word(first);
  return true;
}

bool Folding::next_starting(const std::array<bool, 256>& letters) {
  for (char first = to_word(); first != '\0'; first = to_word()) {
    if (letters[static_cast<unsigned char>(first)]) {
      read_word(first);
      return true;
    }
    skip_word();
  }
  return false;
}

}  // namespace atz::codes
