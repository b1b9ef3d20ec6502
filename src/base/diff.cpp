#include "atz/base/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace atz {
namespace {

constexpr std::size_t kContext = 3;
constexpr int kMostSteps = 2000;  // removed and added lines that are searched for; memory grows with the square

using Lines = std::vector<std::string_view>;  // with their line breaks

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t stop = text.find('\n');
    const std::size_t length = stop == std::string_view::npos ? text.size() : stop + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

// Which lines are common to both, as pairs of indices (E. Myers, An O(ND) Difference Algorithm, 1986).
class Search {
 public:
  Search(const Lines& a, const Lines& b) : a_(a), b_(b) {}

  std::vector<std::pair<std::size_t, std::size_t>> common() {
    const int n = static_cast<int>(a_.size());
    const int m = static_cast<int>(b_.size());
    std::vector<std::vector<int>> reached;  // furthest x on each diagonal, per number of steps
    for (int steps = 0; steps <= std::min(n + m, kMostSteps); ++steps) {
      std::vector<int> now(2 * static_cast<std::size_t>(steps) + 1);
      for (int k = -steps; k <= steps; k += 2) {
        int x = steps == 0                       ? 0
                : down(reached.back(), steps, k) ? at(reached.back(), steps - 1, k + 1)
                                                 : at(reached.back(), steps - 1, k - 1) + 1;
        while (x < n && x - k < m && a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(x - k)]) ++x;
        now[static_cast<std::size_t>(k + steps)] = x;
        if (x >= n && x - k >= m) {
          reached.push_back(std::move(now));
          return walk_back(reached, n, m);
        }
      }
      reached.push_back(std::move(now));
    }
    return {};
  }

 private:
  static int at(const std::vector<int>& row, int steps, int k) { return row[static_cast<std::size_t>(k + steps)]; }

  // Whether the furthest way to diagonal k comes from above (a line added) rather than from the left (one removed).
  static bool down(const std::vector<int>& row, int steps, int k) {
    return k == -steps || (k != steps && at(row, steps - 1, k - 1) < at(row, steps - 1, k + 1));
  }

  static std::vector<std::pair<std::size_t, std::size_t>> walk_back(const std::vector<std::vector<int>>& reached, int x,
                                                                    int y) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (int steps = static_cast<int>(reached.size()) - 1; steps >= 0; --steps) {
      const int k = x - y;
      int from_x = 0;
      int from_y = 0;
      if (steps > 0) {
        const auto& row = reached[static_cast<std::size_t>(steps - 1)];
        const int from_k = down(row, steps, k) ? k + 1 : k - 1;
        from_x = at(row, steps - 1, from_k);
        from_y = from_x - from_k;
      }
      while (x > from_x && y > from_y) {
        --x;
        --y;
        pairs.emplace_back(static_cast<std::size_t>(x), static_cast<std::size_t>(y));
      }
      x = from_x;
      y = from_y;
    }
    std::reverse(pairs.begin(), pairs.end());
    return pairs;
  }

  const Lines& a_;
  const Lines& b_;
};

struct Row {
  char mark;  // ' ', '-', '+'
  std::string_view line;
};

std::vector<Row> rows_of(const Lines& a, const Lines& b) {
  std::vector<Row> rows;
  std::size_t i = 0;
  std::size_t j = 0;
  auto pairs = Search(a, b).common();
  pairs.emplace_back(a.size(), b.size());
  for (const auto& [x, y] : pairs) {
    for (; i < x; ++i) rows.push_back({'-', a[i]});
    for (; j < y; ++j) rows.push_back({'+', b[j]});
    if (x < a.size() && y < b.size()) rows.push_back({' ', a[x]});
    ++i;
    ++j;
  }
  return rows;
}

std::string range(std::size_t before, std::size_t count) {
  if (count == 1) return std::to_string(before + 1);
  return fmt::format("{},{}", count == 0 ? before : before + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const auto rows = rows_of(lines_of(before), lines_of(after));
  std::string out = fmt::format("--- {}\n+++ {}\n", name, name);
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  std::size_t next = 0;
  const auto pass = [&](std::size_t to) {
    for (; next < to; ++next) {
      if (rows[next].mark != '+') ++old_line;
      if (rows[next].mark != '-') ++new_line;
    }
  };
  while (next < rows.size()) {
    std::size_t first = next;
    while (first < rows.size() && rows[first].mark == ' ') ++first;
    if (first == rows.size()) break;
    pass(first - std::min(first - next, kContext));
    std::size_t last = first;  // of the changes that belong together
    for (std::size_t at = first; at < rows.size() && at <= last + 2 * kContext; ++at) {
      if (rows[at].mark != ' ') last = at;
    }
    const std::size_t stop = std::min(last + 1 + kContext, rows.size());
    const std::size_t old_first = old_line;
    const std::size_t new_first = new_line;
    const std::size_t begin = next;
    pass(stop);
    out +=
        fmt::format("@@ -{} +{} @@\n", range(old_first, old_line - old_first), range(new_first, new_line - new_first));
    for (std::size_t at = begin; at < stop; ++at) {
      out += rows[at].mark;
      out += rows[at].line;
      if (rows[at].line.back() != '\n') out += "\n\\ No newline at end of file\n";
    }
  }
  return out;
}

}  // namespace atz
