// Where a piece of YAML ends: yaml-cpp says only where it begins.
#pragma once

#include <cstddef>
#include <string_view>

namespace atz::casefile {

// Exclusive end of the scalar that begins at `begin` and has the value `value`. For block scalars, `indent` is the
// column (bytes before it on its line) of the mapping or sequence that holds it, -1 for the document itself. npos when
// a quote is never closed, which yaml-cpp lets pass at the end of the file.
std::size_t scalar_end(std::string_view text, std::size_t begin, std::string_view value, int indent);

// First byte at or after `offset` that is neither blank, line break nor comment.
std::size_t skip_blank(std::string_view text, std::size_t offset);

// The same, past everything that may stand between the last entry of a flow collection and its closing bracket.
std::size_t find_close(std::string_view text, std::size_t offset);

// Past tags and anchors and what separates them from their node. `end` becomes the end of the last of them.
std::size_t skip_properties(std::string_view text, std::size_t offset, std::size_t& end);

// Whether the bracket at `offset` lacks its counterpart; roughly, without regard to quotes.
bool never_closed(std::string_view text, std::size_t offset);

// Length of an unquoted null word (~, null, Null, NULL) at `offset`; 0 when there is none.
std::size_t null_word(std::string_view text, std::size_t offset);

}  // namespace atz::casefile
