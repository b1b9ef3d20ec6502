// A code table as a file that is looked into without reading it whole: sorted rows in blocks of some 16 KiB, each with
// a checksum that is verified before anything in it is used. Numbers are little-endian.
//
//   0  "ATZCODES"    8  version (4)   12  kind (4)      16  year (4)      20  flags (4)  24  rows (4)
//   28 headers (4)  32  blocks (4)    36  CRC-32 of the directory (4)     40  CRC-32 of bytes 0 to 39 (4)
//   44 directory, 24 bytes a block: first key (8, padded with zeros), offset in the file (4), bytes (4), rows (4),
//   CRC-32
//      then the blocks. A row: key (8), flags (1), last day as YYYYMMDD (4), bytes of text (2), text.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/file.hpp"
#include "atz/base/result.hpp"
#include "atz/codes/table.hpp"

namespace atz::codes {

// The file's bytes. The rows must be sorted by key, each key once, at most kLongestKey characters.
std::string index_bytes(const Table& table);

// A row while it is being looked at; good until the visitor returns.
struct RowView {
  std::string_view key;  // "F840"
  std::string_view text;
  bool header = false;
  bool modifier = false;
  std::uint32_t ends = 0;  // YYYYMMDD, 0 = none
};

// Every fault of the file is Failure::state and names it. Safe for several threads.
class Index {
 public:
  static Result<Index> open(const Files& files, const std::string& path);

  [[nodiscard]] const Edition& edition() const { return edition_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  // With or without the dot, in any case.
  [[nodiscard]] Result<std::optional<Row>> find(std::string_view code) const;

  struct Below {
    std::vector<std::string> first;  // the first `most` codes
    std::size_t count = 0;           // of all of them
  };
  // The codes that can be used and begin with this one, itself left out.
  [[nodiscard]] Result<Below> below(std::string_view code, std::size_t most) const;

  // Every row from the first whose key is not less than `from`, until the visitor returns false.
  Result<void> scan(std::string_view from, const std::function<bool(const RowView&)>& visit) const;
  [[nodiscard]] Result<Table> read_all() const;
  [[nodiscard]] Row row(const RowView& view) const;

 private:
  struct Block {
    std::string first;
    std::uint32_t offset, length, rows, crc;
  };
  Index(std::string path, std::unique_ptr<OpenFile> file) : path_(std::move(path)), file_(std::move(file)) {}
  Result<void> read_header();
  Result<void> read_directory(std::uint32_t blocks, std::uint32_t crc);
  Result<bool> scan_block(const Block& block, std::string_view from,
                          const std::function<bool(const RowView&)>& visit) const;
  [[nodiscard]] tl::unexpected<Error> damaged(std::string_view what) const;

  std::string path_;
  std::unique_ptr<OpenFile> file_;
  Edition edition_;
  std::vector<Block> blocks_;
};

// What is different in `now`.
Result<Changes> changes(const Index& before, const Table& now);

}  // namespace atz::codes
