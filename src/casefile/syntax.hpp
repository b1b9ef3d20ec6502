// Checks on the raw text before YAML sees it, and plain words for what yaml-cpp says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "atz/casefile/document.hpp"
#include "casefile/places.hpp"
#include "casefile/slips.hpp"

namespace atz::casefile {

// One look at every byte.
struct TextFacts {
  bool ascii = true;
  bool tabs = false;
  std::optional<std::size_t> control;  // first character that YAML forbids, NUL included
};
TextFacts look_at(std::string_view text);

// What keeps YAML from being tried at all: size, encoding, control characters. Nothing when the text is fine.
std::optional<Problem> refuse_text(std::string_view text, std::uint32_t source, const TextFacts& facts);

// A syntax error, which yaml-cpp puts into the words of `message`.
Problem syntax_problem(std::string_view text, Places& places, const Trouble& trouble, const std::string& message);

}  // namespace atz::casefile
