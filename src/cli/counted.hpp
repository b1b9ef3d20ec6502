// Numbers of things in a sentence.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace atz::cli {

// "1 message", "2 messages", "1 entry", "2 entries"
inline std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace atz::cli
