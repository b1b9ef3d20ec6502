// Finding codes by what a person types: the beginning of a code, or words in any order, with small typing errors.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace atz::codes {

// Less is better.
struct Rank {
  enum class By : std::uint8_t { code, code_start, words } by = By::words;
  std::uint8_t typos = 0;    // edits over all words
  std::uint8_t partial = 0;  // words that are only the beginning of one
  bool later = false;        // the text begins with another word
  auto operator<=>(const Rank&) const = default;
};

struct Candidate {
  std::string_view key;        // "F840", "T2016"
  std::string_view modifiers;  // "SC", "U9 TT"
  std::string_view text;
};

class Query {
 public:
  explicit Query(std::string_view text);

  // With `typos`, small errors are forgiven, and what looks like a code may be a word of a text as well (B12).
  enum class Tolerance { none, typos };
  // nullopt: not what is looked for. Several words must all fit, each the text or the code.
  [[nodiscard]] std::optional<Rank> rank(const Candidate& candidate, Tolerance tolerance);

  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] bool by_code() const { return by_code_; }  // one word that looks like (the beginning of) a code
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  // Words that began no word and no code of what was ranked so far.
  [[nodiscard]] std::vector<std::string> unseen() const;

 private:
  static constexpr std::size_t kMostWords = 8;
  using Distances = std::array<std::uint8_t, kMostWords>;
  [[nodiscard]] std::optional<Rank> rank_code(const Candidate& candidate) const;
  [[nodiscard]] bool fits_code(std::size_t word, const Candidate& candidate) const;
  const Distances& distances(std::string_view token);

  std::vector<std::string> words_;  // folded: small letters, no accents
  std::vector<std::string> keys_;   // per word: its key when it may be the beginning of a code, else empty
  std::array<bool, 256> starts_{};  // first letters of the words
  std::vector<bool> seen_;
  bool by_code_ = false;
  std::string modifier_;                              // of T2016SC
  std::unordered_map<std::string, Distances> known_;  // tokens that were compared with every word already
};

// Small letters without accents, cut into words at everything else; a possessive 's is dropped.
std::vector<std::string> fold_words(std::string_view text);

// Edits that turn `word` into `token` or the beginning of it; more than `limit`: limit + 1.
std::size_t prefix_distance(std::string_view word, std::string_view token, std::size_t limit);

}  // namespace atz::codes
