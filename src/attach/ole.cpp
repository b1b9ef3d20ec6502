// OLE2 compound files, as far as the questions go: which streams are there, and does the Word or Excel header say that
// it is encrypted. What can't be read counts as not encrypted.
#include <algorithm>

#include "attach/content.hpp"
#include "attach/little_endian.hpp"

namespace atz::attach {
namespace {

constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::size_t kHeaderSectors = 109;  // sectors of the allocation table that the header itself lists
constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kMostSectors = 200'000;  // of one chain: beyond any file that may be attached
constexpr std::uint32_t kSmallStream = 4096;   // streams below that lie in small sectors
constexpr std::size_t kSmallSector = 64;
constexpr std::size_t kMostSmallBytes = 1 << 22;  // of the stream that holds them all

class Compound {
 public:
  explicit Compound(std::string_view bytes) : bytes_(bytes) {
    const auto shift = u16(bytes, 30);
    if (!shift || (*shift != 9 && *shift != 12)) return;
    sector_size_ = std::size_t{1} << *shift;
    read_table();
  }

  // The stream's bytes, at most `most`; empty when it can't be read.
  [[nodiscard]] std::string chain(std::uint32_t sector, std::size_t most) const {
    std::string content;
    for (std::size_t steps = 0; sector < table_.size() && content.size() < most && steps < kMostSectors; ++steps) {
      content += sector_bytes(sector);
      sector = table_[sector];
    }
    content.resize(std::min(content.size(), most));
    return content;
  }

  // The same for a small stream; `container` is where the root entry's own stream begins, which is cut into small
  // sectors.
  [[nodiscard]] std::string small_chain(std::uint32_t sector, std::uint32_t container, std::size_t most) const {
    const auto table = u32(bytes_, 60);
    if (!table) return {};
    const std::string numbers = chain(*table, kMostSmallBytes / kSmallSector * 4);
    const std::string sectors = chain(container, kMostSmallBytes);
    std::string content;
    for (std::size_t steps = 0; content.size() < most && steps < kMostSectors; ++steps) {
      const std::size_t at = std::size_t{sector} * kSmallSector;
      const auto next = u32(numbers, std::uint64_t{sector} * 4);
      if (at >= sectors.size() || !next) break;
      content += sectors.substr(at, kSmallSector);
      sector = *next;
    }
    content.resize(std::min(content.size(), most));
    return content;
  }

  [[nodiscard]] std::string directory() const {
    const auto first = u32(bytes_, 48);
    return first ? chain(*first, 1024 * kEntrySize) : std::string();
  }

 private:
  [[nodiscard]] std::string_view sector_bytes(std::uint32_t sector) const {
    const std::uint64_t at = (std::uint64_t{sector} + 1) * sector_size_;
    return at >= bytes_.size() ? std::string_view() : bytes_.substr(static_cast<std::size_t>(at), sector_size_);
  }

  void add_table_sector(std::uint32_t sector) {
    const auto content = sector_bytes(sector);
    for (std::size_t at = 0; at + 4 <= content.size() && table_.size() < kMostSectors; at += 4)
      table_.push_back(*u32(content, at));
  }

  void read_table() {
    for (std::size_t i = 0; i < kHeaderSectors; ++i) {
      const auto sector = u32(bytes_, 76 + 4 * i);
      if (!sector || *sector >= kEndOfChain) return;
      add_table_sector(*sector);
    }
    // Larger files list the rest of the table in sectors of their own; the last number of each names the next.
    auto next = u32(bytes_, 68);
    for (std::size_t steps = 0; next && *next < kEndOfChain && steps < 1000; ++steps) {
      const auto list = sector_bytes(*next);
      for (std::size_t at = 0; at + 8 <= list.size(); at += 4) {
        const auto sector = u32(list, at);
        if (*sector < kEndOfChain) add_table_sector(*sector);
      }
      next = list.size() < 4 ? std::nullopt : u32(list, list.size() - 4);
    }
  }

  std::string_view bytes_;
  std::size_t sector_size_ = 512;
  std::vector<std::uint32_t> table_;  // per sector, the one that follows
};

// Names are UTF-16; those that matter are plain letters.
std::string entry_name(std::string_view entry) {
  std::string name;
  const std::size_t bytes = std::min<std::size_t>(*u16(entry, 64), 64);
  for (std::size_t at = 0; at + 2 < bytes; at += 2) {
    if (entry[at + 1] != '\0') return {};
    name += entry[at];
  }
  return name;
}

// The header of a Word file: bit 8 of the flags at byte 10.
bool word_encrypted(std::string_view stream) {
  const auto flags = u16(stream, 10);
  return flags && (*flags & 0x0100U) != 0;
}

// A FILEPASS record (0x2F) among the first records of an Excel workbook.
bool excel_encrypted(std::string_view stream) {
  std::uint64_t at = 0;
  for (int records = 0; records < 64; ++records) {
    const auto type = u16(stream, at);
    const auto length = u16(stream, at + 2);
    if (!type || !length) return false;
    if (*type == 0x002F) return true;
    at += 4 + std::uint64_t{*length};
  }
  return false;
}

}  // namespace

OleContent look_into_ole(std::string_view bytes) {
  OleContent content;
  const Compound compound(bytes);
  const std::string directory = compound.directory();
  for (std::size_t at = 0; at + kEntrySize <= directory.size(); at += kEntrySize) {
    const std::string_view entry = std::string_view(directory).substr(at, kEntrySize);
    const std::string name = entry_name(entry);
    if (name == "Root Entry" || name == "R") content.readable = true;
    if (name == "EncryptedPackage" || name == "EncryptionInfo") content.encrypted_package = true;
    const bool word = name == "WordDocument";
    const bool excel = name == "Workbook" || name == "Book";
    if (!word && !excel) continue;
    (word ? content.word : content.excel) = true;
    const auto first = *u32(entry, 116);
    const auto size = *u32(entry, 120);
    const std::string stream = size < kSmallStream
                                   ? compound.small_chain(first, *u32(directory, 116), size)  // the root comes first
                                   : compound.chain(first, kSmallStream);
    if (word ? word_encrypted(stream) : excel_encrypted(stream)) content.encrypted_stream = true;
  }
  return content;
}

}  // namespace atz::attach
