// Source lines as a terminal can show them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atz::diag {

// Where the lines of a text begin, found once.
class Lines {
 public:
  explicit Lines(std::string_view text);
  // Without its line break; nullopt when the text has no such line (one-based).
  [[nodiscard]] std::optional<std::string_view> at(std::uint32_t line) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

struct Snippet {
  std::string text;        // safe to print, tabs expanded
  std::size_t offset = 0;  // cells before the marked stretch
  std::size_t length = 1;  // cells of the marked stretch, at least 1
};

constexpr std::uint32_t kToLineEnd = 0;

// The part of `line` around the columns from `column` to `end_column` (one-based characters, exclusive) that fits into
// `width` cells, with `ellipsis` where something was left out.
Snippet cut_line(std::string_view line, std::uint32_t column, std::uint32_t end_column, std::size_t width,
                 std::string_view ellipsis);

}  // namespace atz::diag
