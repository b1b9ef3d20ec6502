// Tables as text (CSV): RFC 4180 with commas, semicolons or tabs, whichever the first line has.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/result.hpp"

namespace atz {

struct SeparatedRow {
  std::size_t line = 0;  // where it starts, from 1
  std::vector<std::string> cells;
  std::vector<std::size_t> columns;  // where each cell starts, in characters from 1
};

// Without blank lines. A byte order mark is skipped. Failure::input with name:line:column for a quote that is not
// closed, text after a closing quote, and bytes that are not UTF-8.
Result<std::vector<SeparatedRow>> read_separated(std::string_view text, const std::string& name);

// One cell as it is written, in quotes where needed. What a spreadsheet would take for a formula gets an apostrophe in
// front, and so is text.
std::string separated_cell(std::string text);

}  // namespace atz
