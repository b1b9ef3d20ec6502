// Numbers in file headers; whatever lies outside the bytes reads as nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace atz::attach {

template <class T>
std::optional<T> little_endian(std::string_view bytes, std::uint64_t at) {
  if (bytes.size() < sizeof(T) || at > bytes.size() - sizeof(T)) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = sizeof(T); i > 0; --i) {
    value = (value << 8U) | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i - 1]);
  }
  return static_cast<T>(value);
}

inline std::optional<std::uint16_t> u16(std::string_view bytes, std::uint64_t at) {
  return little_endian<std::uint16_t>(bytes, at);
}
inline std::optional<std::uint32_t> u32(std::string_view bytes, std::uint64_t at) {
  return little_endian<std::uint32_t>(bytes, at);
}

}  // namespace atz::attach
