// What writer and reader of an index file agree on; the layout is in index.hpp.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace atz::codes {

inline constexpr std::string_view kMagic = "ATZCODES";
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kHeaderBytes = 44;
inline constexpr std::size_t kHeaderSummed = 40;  // bytes under the header's own checksum
inline constexpr std::size_t kEntryBytes = 24;    // of a directory entry
inline constexpr std::size_t kKeyBytes = 8;
inline constexpr std::size_t kRowBytes = 15;  // of a row without its text
inline constexpr std::size_t kBlockBytes = 16384;
inline constexpr std::size_t kMostBlocks = 65536;
inline constexpr std::size_t kMostBlockBytes =
    kBlockBytes + kRowBytes + 65536;  // the last row may be as long as it gets

inline constexpr std::uint8_t kHeaderFlag = 1;
inline constexpr std::uint8_t kModifierFlag = 2;
inline constexpr std::uint32_t kPartialFlag = 1;

inline std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

inline std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size = 4) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}

}  // namespace atz::codes
