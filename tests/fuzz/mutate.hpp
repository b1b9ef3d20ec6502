// Changes that keep the shape of an input: bytes turned at random hardly ever give JSON, or YAML with the same columns.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "target.hpp"

namespace atz::fuzz {

using ByteMutator = std::function<std::string(std::string text, std::size_t max_size)>;

// nullopt: bytes are to be changed this time.
std::optional<std::string> mutate(Grammar grammar, std::string_view input, std::size_t max_size, unsigned seed,
                                  const ByteMutator& bytes);

}  // namespace atz::fuzz
