#pragma once

#include <optional>
#include <string_view>

namespace atz::model {

// One to nine ASCII digits and nothing else.
inline std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace atz::model
