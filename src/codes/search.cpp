#include "atz/codes/search.hpp"

#include <algorithm>

#include "atz/base/text.hpp"
#include "atz/codes/table.hpp"
#include "codes/fold.hpp"

namespace atz::codes {
namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// A letter and a digit, or digits: the beginning of a diagnosis or procedure.
bool may_begin_code(std::string_view word) {
  if (word.size() < 2 || !digit(word[1])) return false;
  return std::any_of(word.begin(), word.end(), digit);
}

// T2016SC, T2016-SC, T2016 SC: a whole procedure code with a modifier.
bool is_procedure(std::string_view key) {
  return key.size() == 5 && digit(key[1]) && digit(key[2]) && digit(key[3]) && digit(key[4]);
}

std::size_t tolerated(std::size_t length) {
  if (length <= 3) return 0;
  return length <= 7 ? 1 : 2;
}

}  // namespace

std::size_t prefix_distance(std::string_view word, std::string_view token, std::size_t limit) {
  // Only the beginning of the token can be near: a beginning that is longer by more than `limit` is too far away.
  token = token.substr(0, word.size() + limit);
  if (token.size() + limit < word.size()) return limit + 1;
  std::vector<std::size_t> before_last, last(token.size() + 1), row(token.size() + 1);
  for (std::size_t j = 0; j <= token.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= word.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= token.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (word[i - 1] == token[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && word[i - 1] == token[j - 2] && word[i - 2] == token[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    before_last = last;
    std::swap(last, row);
  }
  return std::min(*std::min_element(last.begin(), last.end()), limit + 1);
}

std::vector<std::string> fold_words(std::string_view text) {
  std::vector<std::string> words;
  Folding folding(text);
  while (folding.next()) words.emplace_back(folding.word());
  return words;
}

Query::Query(std::string_view text) {
  // The dot of a code is no end of a word.
  std::string key = key_of(text);
  std::erase_if(key, [](char c) { return c == ' ' || c == '-'; });
  const bool alphanumeric =
      std::all_of(key.begin(), key.end(), [](char c) { return digit(c) || (c >= 'A' && c <= 'Z'); });
  if (alphanumeric && may_begin_code(key) && key.size() == kLongestKey &&
      is_procedure(std::string_view(key).substr(0, 5)) && trim(text).find('.') == std::string_view::npos) {
    modifier_ = key.substr(5);
  }
  const bool one = trim(text).find_first_of(" \t") == std::string_view::npos;
  if (alphanumeric && may_begin_code(key) && (one || !modifier_.empty())) {
    by_code_ = true;
    words_ = {to_lower(key)};
    keys_ = {key};
  } else {
    for (const auto& part : split(text, ' ')) {
      const std::string part_key = key_of(part);
      if (may_begin_code(part_key) &&
          std::all_of(part_key.begin(), part_key.end(), [](char c) { return digit(c) || (c >= 'A' && c <= 'Z'); })) {
        words_.push_back(to_lower(part_key));
        continue;
      }
      for (auto& word : fold_words(part)) words_.push_back(std::move(word));
    }
    if (words_.size() > kMostWords) words_.resize(kMostWords);
    for (const auto& word : words_) keys_.push_back(may_begin_code(word) ? to_upper(word) : std::string());
  }
  for (const auto& word : words_) starts_[static_cast<unsigned char>(word.front())] = true;
  seen_.resize(words_.size());
}

bool Query::fits_code(std::size_t word, const Candidate& candidate) const {
  if (!keys_[word].empty() && candidate.key.starts_with(keys_[word])) return true;
  // A modifier has two characters that may be any word: all of it counts, or nothing.
  return candidate.key.size() == 2 && to_lower(candidate.key) == words_[word];
}

std::optional<Rank> Query::rank_code(const Candidate& candidate) const {
  if (modifier_.empty()) {
    if (!candidate.key.starts_with(keys_.front())) return std::nullopt;
    Rank rank;
    rank.by = candidate.key == keys_.front() ? Rank::By::code : Rank::By::code_start;
    return rank;
  }
  // A diagnosis may have seven characters as well.
  Rank rank;
  rank.by = Rank::By::code;
  if (candidate.key == keys_.front()) return rank;
  const std::string_view procedure = std::string_view(keys_.front()).substr(0, 5);
  if (candidate.key == procedure && candidate.modifiers == modifier_) return rank;
  rank.by = Rank::By::code_start;
  if ((candidate.key == procedure && candidate.modifiers.empty()) || candidate.key == modifier_) return rank;
  return std::nullopt;
}

const Query::Distances& Query::distances(std::string_view token) {
  const auto [known, fresh] = known_.try_emplace(std::string(token));
  if (fresh) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      known->second[i] = static_cast<std::uint8_t>(prefix_distance(words_[i], token, tolerated(words_[i].size())));
    }
  }
  return known->second;
}

std::optional<Rank> Query::rank(const Candidate& candidate, Tolerance tolerance) {
  if (words_.empty()) return std::nullopt;
  if (by_code_ && tolerance == Tolerance::none) {
    auto by_code = rank_code(candidate);
    if (by_code) seen_[0] = true;
    return by_code;
  }
  constexpr std::uint8_t kNone = 255;
  // Per word the best so far: edits times two, one more when the word is only the beginning of the token.
  Distances best;
  best.fill(kNone);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (fits_code(i, candidate)) best[i] = candidate.key.size() == words_[i].size() ? 0 : 1;
  }
  bool later = true;
  Folding folding(candidate.text);
  while (tolerance == Tolerance::typos ? folding.next() : folding.next_starting(starts_)) {
    const std::string_view token = folding.word();
    const Distances* near = tolerance == Tolerance::typos ? &distances(token) : nullptr;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      std::uint8_t found = kNone;
      if (token.starts_with(words_[i])) {
        found = token.size() == words_[i].size() ? 0 : 1;
      } else if (near != nullptr && (*near)[i] <= tolerated(words_[i].size())) {
        found = static_cast<std::uint8_t>(2 * (*near)[i] + 1);
      }
      if (found == kNone) continue;
      best[i] = std::min(best[i], found);
      later = later && !folding.first_word();
    }
  }
  Rank rank;
  bool all = true;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    all = all && best[i] != kNone;
    if (best[i] == kNone) continue;
    seen_[i] = true;
    rank.typos = static_cast<std::uint8_t>(rank.typos + best[i] / 2);
    rank.partial = static_cast<std::uint8_t>(rank.partial + best[i] % 2);
  }
  if (!all) return std::nullopt;
  rank.later = later;
  return rank;
}

std::vector<std::string> Query::unseen() const {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (!seen_[i]) words.push_back(words_[i]);
  }
  return words;
}

}  // namespace atz::codes
