// Naming places in a foreign message.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

namespace atz::fhir {

inline std::string at(const std::string& path, std::string_view name) {
  return path + "." + std::string(name);
}
inline std::string at(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

// A foreign name that may be repeated in our answer.
inline std::string shown_name(std::string_view name) {
  const bool plain = !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
  return plain ? std::string(name) : "(a name that can't be shown)";
}

}  // namespace atz::fhir
