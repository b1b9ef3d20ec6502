// Plain text in columns, measured in terminal cells.
#pragma once

#include <string>
#include <vector>

namespace atz::report {

std::string pad_right(const std::string& text, std::size_t width);  // text first
std::string pad_left(const std::string& text, std::size_t width);   // text last
// At most that many cells, the last one an ellipsis ("~" without unicode) when something was cut.
std::string shorten(const std::string& text, std::size_t width, bool unicode);

// Rows of equal length; the first `left` columns are left aligned, the others right aligned, two blanks between.
std::vector<std::string> align_columns(const std::vector<std::vector<std::string>>& rows, std::size_t left = 1);
// Items in lines of at most `width` cells, `gap` blanks between them.
std::vector<std::string> flow(const std::vector<std::string>& items, std::size_t width, std::size_t gap = 3);

}  // namespace atz::report
