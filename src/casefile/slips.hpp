// What people mistype, recognised around the place where YAML gave up: it often does so lines later.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "atz/casefile/document.hpp"
#include "casefile/places.hpp"

namespace atz::casefile {

// A stretch of bytes.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A block collection whose entries begin in that column (bytes before them).
struct Block {
  int column = 0;
  bool mapping = false;
};

// What the reader knew when it gave up.
struct Trouble {
  std::size_t offset = 0;                   // where
  std::size_t from = 0;                     // end of the last thing that was understood
  std::optional<std::size_t> open_bracket;  // of the innermost bracket that is open
  std::optional<Stretch> quoted;            // the text in quotes that ends at `from`
  Stretch last;                             // the last key or value, of one line or several
  std::vector<Block> blocks;                // open ones, outermost first, then those that ended last
};

// Nothing when none of the known slips explains it.
std::optional<Problem> find_slip(std::string_view text, Places& places, const Trouble& trouble);

// The words that begin at `begin` should have been `key: value`: a colon, or the space after it, is missing.
std::optional<Problem> find_key_slip(std::string_view text, Places& places, Stretch words);

// An invisible character or a typographic quote in a key, or at an end of a value, that has no quotes around it.
// `words` loses these characters at its ends.
std::optional<Problem> find_odd_character(std::string_view text, Places& places, Stretch& words, bool key);

}  // namespace atz::casefile
