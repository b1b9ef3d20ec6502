// The central directory of a ZIP, read for names and the mark of encryption only: nothing is unpacked.
#include "attach/content.hpp"
#include "attach/little_endian.hpp"

namespace atz::attach {
namespace {

constexpr std::size_t kEndSize = 22;  // of the end record without its comment
constexpr std::size_t kLongestComment = 65535;
constexpr std::size_t kEntrySize = 46;  // of a directory entry without its name
constexpr std::size_t kMostNames = 2000;

std::optional<std::size_t> end_record(std::string_view bytes) {
  if (bytes.size() < kEndSize) return std::nullopt;
  const std::size_t lowest = bytes.size() > kEndSize + kLongestComment ? bytes.size() - kEndSize - kLongestComment : 0;
  const std::size_t at = bytes.rfind("PK\x05\x06", bytes.size() - kEndSize);
  if (at == std::string_view::npos || at < lowest) return std::nullopt;
  return at;
}

}  // namespace

std::optional<ZipContent> look_into_zip(std::string_view bytes) {
  const auto end = end_record(bytes);
  if (!end) return std::nullopt;
  std::uint64_t at = *u32(bytes, *end + 16);
  ZipContent content;
  auto& names = content.names;
  while (names.size() < kMostNames && at < *end && bytes.substr(static_cast<std::size_t>(at), 4) == "PK\x01\x02") {
    const auto flags = u16(bytes, at + 8);
    const auto name = u16(bytes, at + 28);
    const auto extra = u16(bytes, at + 30);
    const auto comment = u16(bytes, at + 32);
    if (!name || !extra || !comment || at + kEntrySize + *name > bytes.size()) break;
    names.emplace_back(bytes.substr(static_cast<std::size_t>(at) + kEntrySize, *name));
    content.encrypted = content.encrypted || (flags && (*flags & 1U) != 0);
    at += kEntrySize + std::uint64_t{*name} + *extra + *comment;
  }
  if (names.empty()) return std::nullopt;
  return content;
}

}  // namespace atz::attach
