// Values as YAML text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "atz/casefile/document.hpp"

namespace atz::casefile {

enum class Style { plain, single_quoted, double_quoted };

// The scalar in the wanted style, or in the plainest style that says the same. `flow`: inside brackets or braces.
std::string write_scalar(std::string_view text, bool flow, Style wanted = Style::plain);

// A value on one line; a collection in brackets or braces. Of nothing: an empty text.
std::string write_inline(const Node& value, bool flow);

// `key: value` for a block mapping whose keys stand `column` spaces in: the first line without its indentation and the
// last one without its line break. Groups and lists of groups get lines of their own.
std::string write_entry(std::string_view key, const Node& value, std::size_t column, std::string_view line_break);
// The entries of a mapping in the same way.
std::string write_block(const Node& mapping, std::size_t column, std::string_view line_break);

}  // namespace atz::casefile
