// Walks over the words of a text as searching sees them: small letters, no accents, cut at everything else.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace atz::codes {

class Folding {
 public:
  explicit Folding(std::string_view text) : text_(text) {}
  bool next();  // false at the end
  // The next word that begins with one of these letters; the others are passed over without a closer look.
  bool next_starting(const std::array<bool, 256>& letters);
  [[nodiscard]] std::string_view word() const { return {buffer_.data(), length_}; }  // cut after 64 letters
  [[nodiscard]] bool first_word() const { return words_ == 1; }

 private:
  char to_word();  // moves behind the first letter of the next word; 0 at the end
  bool possessive();
  void read_word(char first);
  void skip_word();

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t words_ = 0;
  std::size_t length_ = 0;
  std::array<char, 64> buffer_{};
};

}  // namespace atz::codes
