#include "cli/wrap.hpp"

#include "atz/base/text.hpp"

namespace atz::cli {

std::string wrap(std::string_view text, std::size_t width, std::size_t indent, bool first) {
  const std::string blanks(indent, ' ');
  std::string out = first ? blanks : std::string();
  std::size_t used = indent;
  for (const auto& word : split(text, ' ')) {
    if (word.empty()) continue;
    const std::size_t cells = display_width(word);
    if (used > indent && used + 1 + cells > width) {
      out += "\n" + blanks;
      used = indent;
    }
    if (used > indent) {
      out += ' ';
      ++used;
    }
    out += word;
    used += cells;
  }
  return out;
}

}  // namespace atz::cli
