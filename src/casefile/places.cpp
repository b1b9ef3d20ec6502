#include "casefile/places.hpp"

#include <algorithm>
#include <cstring>

namespace atz::casefile {

Places::Places(std::string_view text, std::uint32_t source, bool ascii) : text_(text), source_(source), ascii_(ascii) {
  starts_.reserve(text.size() / 32 + 1);
  starts_.push_back(0);
  for (std::size_t offset = 0; offset < text.size();) {
    const void* hit = std::memchr(text.data() + offset, '\n', text.size() - offset);
    if (hit == nullptr) break;
    offset = static_cast<std::size_t>(static_cast<const char*>(hit) - text.data()) + 1;
    starts_.push_back(static_cast<std::uint32_t>(offset));
  }
}

void Places::seek(std::size_t offset) {
  const std::size_t before = line_;
  while (line_ + 1 < starts_.size() && starts_[line_ + 1] <= offset) ++line_;
  while (starts_[line_] > offset) --line_;
  if (line_ != before || counted_to_ > offset) {
    counted_to_ = starts_[line_];
    counted_ = 0;
  }
}

Places::Position Places::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  seek(offset);
  const auto line = static_cast<std::uint32_t>(line_ + 1);
  if (ascii_) return {line, static_cast<std::uint32_t>(offset - starts_[line_] + 1)};
  for (; counted_to_ < offset; ++counted_to_) {
    if ((static_cast<unsigned char>(text_[counted_to_]) & 0xC0U) != 0x80U) ++counted_;
  }
  return {line, counted_ + 1};
}

diag::Span Places::span(std::size_t begin, std::size_t end) {
  const Position first = at(begin);
  const Position last = at(end);
  return {source_, first.line, first.column, last.line, last.column};
}

void Places::set_end(diag::Span& span, std::size_t end) {
  const Position last = at(end);
  span.end_line = last.line;
  span.end_column = last.column;
}

std::size_t Places::line_start(std::size_t offset) {
  seek(std::min(offset, text_.size()));
  return starts_[line_];
}

}  // namespace atz::casefile
