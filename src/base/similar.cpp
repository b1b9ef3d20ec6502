// Guessing what a mistyped word was meant to be.
#include <algorithm>
#include <limits>

#include "atz/base/text.hpp"

namespace atz {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the matrix are enough: a swap looks back two.
  std::vector<std::size_t> before_last;
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last = last;
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string> did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string wanted = to_lower(word);
  const std::size_t threshold = std::clamp<std::size_t>((wanted.size() + 1) / 3, 1, 3);
  std::optional<std::string> nearest;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  std::optional<std::string> completion;
  std::size_t completions = 0;
  for (const std::string_view candidate : candidates) {
    const std::string lower = to_lower(candidate);
    if (lower == wanted) {
      return std::string(candidate);
    }
    if (wanted.size() >= 2 && lower.starts_with(wanted)) {
      completion = candidate;
      ++completions;
    }
    const std::size_t difference =
        lower.size() > wanted.size() ? lower.size() - wanted.size() : wanted.size() - lower.size();
    if (difference > threshold) {
      continue;
    }
    const std::size_t distance = edit_distance(wanted, lower);
    // A distance as long as the word means that nothing of it is left.
    if (distance <= threshold && distance < wanted.size() && distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return completions == 1 ? completion : nearest;
}

}  // namespace atz
