#include "codes/fold.hpp"

#include "atz/base/fold.hpp"

namespace atz::codes {

// 's after a word; a word in between quotation marks has no letter s alone behind it.
bool Folding::possessive() {
  return at_ + 1 < text_.size() && text_[at_] == '\'' && (text_[at_ + 1] == 's' || text_[at_ + 1] == 'S') &&
         (at_ + 2 == text_.size() || fold_tables::kPlain[static_cast<unsigned char>(text_[at_ + 2])] == '\0');
}

char Folding::to_word() {
  while (at_ < text_.size()) {
    if (const char letter = take_folded(text_, at_); letter != '\0') {
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
    const char letter = take_folded(text_, at_);
    if (letter == '\0') return;
    if (length_ < buffer_.size()) buffer_[length_++] = letter;
  }
  if (at_ < text_.size()) at_ += 2;
}

void Folding::skip_word() {
  while (at_ < text_.size() && !possessive()) {
    if (take_folded(text_, at_) == '\0') return;
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
