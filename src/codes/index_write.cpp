#include <algorithm>
#include <charconv>

#include "atz/base/text.hpp"
#include "atz/codes/index.hpp"
#include "codes/index_format.hpp"

namespace atz::codes {
namespace {

void put(std::string& bytes, std::uint32_t value, std::size_t size = 4) {
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

void put_key(std::string& bytes, std::string_view key) {
  bytes += key;
  bytes.append(kKeyBytes - key.size(), '\0');
}

// "2026-12-31" -> 20261231; 0 for none.
std::uint32_t packed_date(std::string_view date) {
  std::uint32_t value = 0;
  for (const char c : date) {
    if (c >= '0' && c <= '9') value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

// Texts in the official files are a few hundred bytes; a longer one ends where a character ends.
std::string_view cut(std::string_view text) {
  constexpr std::size_t kMost = 65535;
  if (text.size() <= kMost) return text;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

struct Blocks {
  std::string directory, data;
  std::string block, first;
  std::uint32_t count = 0, rows = 0;

  void add(const Row& row) {
    const std::string key = key_of(row.code);
    if (rows == 0) first = key;
    put_key(block, key);
    block += static_cast<char>((row.header ? kHeaderFlag : 0) | (row.modifier ? kModifierFlag : 0));
    put(block, packed_date(row.ends));
    const auto text = cut(row.text);
    put(block, static_cast<std::uint32_t>(text.size()), 2);
    block += text;
    ++rows;
    if (block.size() >= kBlockBytes) close();
  }

  void close() {
    if (rows == 0) return;
    put_key(directory, first);
    put(directory, static_cast<std::uint32_t>(data.size()));  // from the first block on, until the size is known
    put(directory, static_cast<std::uint32_t>(block.size()));
    put(directory, rows);
    put(directory, checksum(block));
    data += block;
    block.clear();
    rows = 0;
    ++count;
  }

  void shift_offsets(std::size_t start) {
    for (std::size_t at = kKeyBytes; at < directory.size(); at += kEntryBytes) {
      std::string offset;
      put(offset, static_cast<std::uint32_t>(number_at(directory, at) + start));
      directory.replace(at, offset.size(), offset);
    }
  }
};

}  // namespace

std::string index_bytes(const Table& table) {
  Blocks blocks;
  for (const Row& row : table.rows) blocks.add(row);
  blocks.close();
  blocks.shift_offsets(kHeaderBytes + blocks.directory.size());
  const auto headers = std::count_if(table.rows.begin(), table.rows.end(), [](const Row& row) { return row.header; });

  std::string bytes(kMagic);
  put(bytes, kVersion);
  put(bytes, table.edition.kind == Kind::diagnosis ? 0 : 1);
  put(bytes, static_cast<std::uint32_t>(table.edition.year));
  put(bytes, table.edition.partial ? kPartialFlag : 0);
  put(bytes, static_cast<std::uint32_t>(table.rows.size()));
  put(bytes, static_cast<std::uint32_t>(headers));
  put(bytes, blocks.count);
  put(bytes, checksum(blocks.directory));
  put(bytes, checksum(bytes));
  return bytes + blocks.directory + blocks.data;
}

}  // namespace atz::codes
