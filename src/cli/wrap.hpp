// Paragraphs for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace atz::cli {

// Words in lines of at most `width` cells, each line after `indent` blanks; the first only when `first` says so. A word
// that is longer than a line stays whole. Ends without a newline.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent, bool first = true);

}  // namespace atz::cli
