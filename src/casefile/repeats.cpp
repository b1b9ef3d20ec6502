#include "casefile/repeats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace atz::casefile {
namespace {

// Up to this many keys a mapping is searched for repeats without sorting.
constexpr std::size_t kFewKeys = 24;

struct Repeat {
  std::size_t later, first;
};

std::vector<Repeat> among_few(const std::vector<Node::Entry>& entries) {
  std::vector<Repeat> repeats;
  for (std::size_t later = 1; later < entries.size(); ++later) {
    for (std::size_t first = 0; first < later; ++first) {
      if (entries[first].key != entries[later].key) continue;
      repeats.push_back({later, first});
      break;
    }
  }
  return repeats;
}

std::vector<Repeat> among_many(const std::vector<Node::Entry>& entries) {
  std::vector<std::size_t> order(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return entries[a].key < entries[b].key; });
  std::vector<Repeat> repeats;
  std::size_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (entries[order[i]].key == entries[order[first]].key) {
      repeats.push_back({order[i], order[first]});
    } else {
      first = i;
    }
  }
  std::sort(repeats.begin(), repeats.end(), [](const Repeat& a, const Repeat& b) { return a.later < b.later; });
  return repeats;
}

}  // namespace

bool drop_repeats(std::vector<Node::Entry>& entries, std::size_t most, std::vector<Problem>& problems) {
  const std::vector<Repeat> repeats = entries.size() <= kFewKeys ? among_few(entries) : among_many(entries);
  if (repeats.empty()) return false;
  for (const Repeat& repeat : repeats) {
    if (problems.size() >= most) break;
    problems.push_back({Problem::Kind::duplicate_key,
                        entries[repeat.later].key_span,
                        {},
                        fmt::format("the key `{}` stands here a second time", entries[repeat.later].key),
                        {},
                        {},
                        "keep one of the two",
                        {{entries[repeat.first].key_span, "first here"}}});
  }
  auto next = repeats.begin();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (next != repeats.end() && next->later == i) {
      ++next;
      continue;
    }
    if (kept != i) entries[kept] = std::move(entries[i]);
    ++kept;
  }
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(kept), entries.end());
  return true;
}

}  // namespace atz::casefile
