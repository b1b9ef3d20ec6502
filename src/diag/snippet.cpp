#include "diag/snippet.hpp"

#include <algorithm>

#include "atz/base/text.hpp"

namespace atz::diag {
namespace {

constexpr std::size_t kTabStop = 4;
constexpr std::size_t kLeastWidth = 20;

struct Glyph {
  std::string text;
  std::size_t position = 0;  // in cells
  std::size_t width = 0;
};

// The characters near the marked stretch: a line of megabytes is not worth looking at whole.
struct Stretch {
  std::vector<Glyph> glyphs;
  std::size_t start = 0;  // cells
  std::size_t end = 0;
  std::size_t total = 0;
  bool cut_left = false;
  bool cut_right = false;
};

Stretch measure(std::string_view line, std::size_t first, std::size_t last, std::size_t reach) {
  Stretch stretch;
  const std::size_t skip = first > reach ? first - reach : 0;
  std::optional<std::size_t> start;
  std::optional<std::size_t> end;
  std::size_t index = 0;
  for (std::size_t offset = 0; offset < line.size(); ++index) {
    const std::size_t next = next_character(line, offset);
    if (index > first + reach) {
      stretch.cut_right = true;
      break;
    }
    if (index == first) {
      start = stretch.total;
    }
    if (index == last) {
      end = stretch.total;
    }
    if (index >= skip) {
      const std::string_view character = line.substr(offset, next - offset);
      Glyph glyph;
      glyph.text = character == "\t" ? std::string(kTabStop - stretch.total % kTabStop, ' ') : printable(character);
      glyph.position = stretch.total;
      glyph.width = display_width(glyph.text);
      stretch.total += glyph.width;
      stretch.glyphs.push_back(std::move(glyph));
    }
    offset = next;
  }
  stretch.cut_left = skip > 0 && index > skip;
  stretch.start = start.value_or(stretch.total);
  stretch.end = std::max(end.value_or(stretch.total), stretch.start + 1);
  return stretch;
}

}  // namespace

Lines::Lines(std::string_view text) : text_(text) {
  starts_.push_back(0);
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    starts_.push_back(end + 1);
  }
}

std::optional<std::string_view> Lines::at(std::uint32_t line) const {
  if (line == 0 || line > starts_.size()) {
    return std::nullopt;
  }
  const std::size_t start = starts_[line - 1];
  const std::size_t end = line < starts_.size() ? starts_[line] - 1 : text_.size();
  std::string_view found = text_.substr(start, end - start);
  if (found.ends_with('\r')) {
    found.remove_suffix(1);
  }
  return found;
}

Snippet cut_line(std::string_view line, std::uint32_t column, std::uint32_t end_column, std::size_t width,
                 std::string_view ellipsis) {
  width = std::max(width, kLeastWidth);
  const std::size_t first = column == 0 ? 0 : column - 1;
  if (end_column == kToLineEnd) {
    line = line.substr(0, line.find_last_not_of(" \t") + 1);
  }
  const std::size_t last =
      end_column == kToLineEnd ? std::string_view::npos : std::max<std::size_t>(end_column - 1, first);
  const Stretch stretch = measure(line, first, last, 2 * width);
  const std::size_t dots = display_width(ellipsis);
  const std::size_t total = std::max(stretch.total, stretch.end);  // a mark may stand after the last character

  std::size_t begin = 0;
  const bool whole = !stretch.cut_left && !stretch.cut_right && total <= width;
  if (!whole && (stretch.cut_left || stretch.end > width - dots)) {
    const std::size_t room = width - 2 * dots;
    const std::size_t marked = std::min(stretch.end - stretch.start, room);
    const std::size_t before = (room - marked) / 2;
    begin = stretch.start > before ? stretch.start - before : 0;
    if (!stretch.cut_right) {
      // Near the end nothing is cut on the right, so its dots become room.
      begin = std::min({begin, total > room + dots ? total - room - dots : 0, stretch.start});
    }
  }
  const bool left = begin > 0 || stretch.cut_left;
  std::size_t room = width - (left ? dots : 0);
  const bool right = stretch.cut_right || total - begin > room;
  room -= right ? dots : 0;

  Snippet snippet;
  snippet.text = left ? ellipsis : "";
  std::size_t shown_from = begin;
  bool shown = false;
  for (const Glyph& glyph : stretch.glyphs) {
    if (glyph.position < begin || glyph.position + glyph.width > begin + room) {
      continue;
    }
    if (!shown) {
      shown_from = glyph.position;
      shown = true;
    }
    snippet.text += glyph.text;
  }
  snippet.text += right ? ellipsis : "";
  const std::size_t ahead = stretch.start - std::min(shown_from, stretch.start);
  snippet.offset = (left ? dots : 0) + ahead;
  snippet.length = std::clamp<std::size_t>(stretch.end - stretch.start, 1, std::max<std::size_t>(room - ahead, 1));
  return snippet;
}

}  // namespace atz::diag
