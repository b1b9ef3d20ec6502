// Byte offsets of a text to lines and columns that count characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "atz/diag/finding.hpp"

namespace atz::casefile {

// Constant time per call as long as offsets rise or stay close, which is how a parser asks.
class Places {
 public:
  // The text must be valid UTF-8 up to any offset that is asked for. `ascii` saves the counting.
  Places(std::string_view text, std::uint32_t source, bool ascii);

  struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
  };
  Position at(std::size_t offset);
  diag::Span span(std::size_t begin, std::size_t end);  // end is exclusive
  void set_end(diag::Span& span, std::size_t end);
  std::size_t line_start(std::size_t offset);  // offset of the first byte of that line

 private:
  void seek(std::size_t offset);

  std::string_view text_;
  std::uint32_t source_;
  bool ascii_;
  std::vector<std::uint32_t> starts_;
  std::size_t line_ = 0;        // where the last call was
  std::size_t counted_to_ = 0;  // in that line: offset and characters before it
  std::uint32_t counted_ = 0;
};

}  // namespace atz::casefile
