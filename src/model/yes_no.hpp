#pragma once

#include <optional>
#include <string_view>

#include "atz/base/text.hpp"

namespace atz::model {

// The spellings of a boolean answer, in any case.
inline std::optional<bool> yes_or_no(std::string_view text) {
  const std::string word = to_lower(trim(text));
  if (word == "yes" || word == "true") return true;
  if (word == "no" || word == "false") return false;
  return std::nullopt;
}

}  // namespace atz::model
