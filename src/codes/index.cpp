#include "atz/codes/index.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "codes/index_format.hpp"

namespace atz::codes {
namespace {

std::string_view key_at(std::string_view bytes, std::size_t at) {
  const std::string_view padded = bytes.substr(at, kKeyBytes);
  return padded.substr(0, std::min(padded.find('\0'), padded.size()));
}

std::string written_date(std::uint32_t packed) {
  return packed == 0 ? std::string()
                     : fmt::format("{:04}-{:02}-{:02}", packed / 10000, packed / 100 % 100, packed % 100);
}

}  // namespace

Result<Index> Index::open(const Files& files, const std::string& path) {
  auto file = files.open(path);
  if (!file) return fail(Failure::state, file.error().message, file.error().help);
  Index index(path, std::move(*file));
  if (auto read = index.read_header(); !read) return tl::make_unexpected(read.error());
  return index;
}

tl::unexpected<Error> Index::damaged(std::string_view what) const {
  return fail(Failure::state, fmt::format("The code table {} is damaged: {}", printable(path_), what),
              "Run `atz codes import` again with the official file, or remove the table.");
}

Result<void> Index::read_header() {
  if (file_->size() < kHeaderBytes) return damaged("it is cut off");
  const auto header = file_->read_at(0, kHeaderBytes);
  if (!header) return damaged(header.error().message);
  if (header->compare(0, kMagic.size(), kMagic) != 0) return damaged("it is not one that atz wrote");
  if (const auto version = number_at(*header, 8); version != kVersion) {
    return fail(Failure::state,
                fmt::format("The code table {} was written by another version of atz", printable(path_)),
                "Run `atz codes import` again with the official file.");
  }
  if (checksum(std::string_view(*header).substr(0, kHeaderSummed)) != number_at(*header, kHeaderSummed)) {
    return damaged("its first bytes are not those that were written");
  }
  edition_.kind = number_at(*header, 12) == 0 ? Kind::diagnosis : Kind::procedure;
  edition_.year = static_cast<int>(number_at(*header, 16));
  edition_.partial = (number_at(*header, 20) & kPartialFlag) != 0;
  edition_.rows = number_at(*header, 24);
  edition_.headers = number_at(*header, 28);
  return read_directory(number_at(*header, 32), number_at(*header, 36));
}

// The blocks must follow each other without a gap to the end of the file: nothing is missing, nothing was added.
Result<void> Index::read_directory(std::uint32_t blocks, std::uint32_t crc) {
  if (blocks > kMostBlocks || file_->size() < kHeaderBytes + blocks * kEntryBytes) return damaged("it is cut off");
  const auto directory = file_->read_at(kHeaderBytes, blocks * kEntryBytes);
  if (!directory) return damaged(directory.error().message);
  if (checksum(*directory) != crc) return damaged("its list of blocks is not what was written");
  std::uint64_t next = kHeaderBytes + directory->size();
  std::uint64_t rows = 0;
  blocks_.reserve(blocks);
  for (std::size_t at = 0; at < directory->size(); at += kEntryBytes) {
    Block block{std::string(key_at(*directory, at)), number_at(*directory, at + 8), number_at(*directory, at + 12),
                number_at(*directory, at + 16), number_at(*directory, at + 20)};
    const bool in_order = blocks_.empty() || blocks_.back().first < block.first;
    if (block.offset != next || block.length > kMostBlockBytes || !in_order) {
      return damaged("its list of blocks makes no sense");
    }
    next += block.length;
    rows += block.rows;
    blocks_.push_back(std::move(block));
  }
  if (next > file_->size()) return damaged("it is cut off");
  if (next < file_->size() || rows != edition_.rows) return damaged("it does not hold what its first bytes say");
  return {};
}

Result<bool> Index::scan_block(const Block& block, std::string_view from,
                               const std::function<bool(const RowView&)>& visit) const {
  const auto bytes = file_->read_at(block.offset, block.length);
  if (!bytes) return damaged(bytes.error().message);
  if (checksum(*bytes) != block.crc)
    return damaged(fmt::format("the rows from {} on are not what was written", block.first));
  const std::string_view all(*bytes);
  std::size_t at = 0;
  while (at < all.size()) {
    if (all.size() - at < kRowBytes) return damaged("a row is cut off");
    const std::size_t length = number_at(all, at + 13, 2);
    if (all.size() - at - kRowBytes < length) return damaged("a row is cut off");
    const auto flags = static_cast<unsigned char>(all[at + kKeyBytes]);
    const RowView row{key_at(all, at), all.substr(at + kRowBytes, length), (flags & kHeaderFlag) != 0,
                      (flags & kModifierFlag) != 0, number_at(all, at + kKeyBytes + 1)};
    at += kRowBytes + length;
    if (row.key >= from && !visit(row)) return false;
  }
  return true;
}

Result<void> Index::scan(std::string_view from, const std::function<bool(const RowView&)>& visit) const {
  auto block = std::upper_bound(blocks_.begin(), blocks_.end(), from,
                                [](std::string_view key, const Block& each) { return key < each.first; });
  if (block != blocks_.begin()) --block;  // the one that begins at or before it
  for (; block != blocks_.end(); ++block) {
    const auto more = scan_block(*block, from, visit);
    if (!more) return tl::make_unexpected(more.error());
    if (!*more) break;
  }
  return {};
}

Row Index::row(const RowView& view) const {
  const bool diagnosis = edition_.kind == Kind::diagnosis;
  return {diagnosis ? dotted(view.key) : std::string(view.key), std::string(view.text), view.header, view.modifier,
          written_date(view.ends)};
}

Result<std::optional<Row>> Index::find(std::string_view code) const {
  const std::string key = key_of(code);
  std::optional<Row> found;
  const auto scanned = scan(key, [&](const RowView& view) {
    if (view.key == key) found = row(view);
    return false;
  });
  if (!scanned) return tl::make_unexpected(scanned.error());
  return found;
}

Result<Index::Below> Index::below(std::string_view code, std::size_t most) const {
  const std::string key = key_of(code);
  Below below;
  const auto scanned = scan(key, [&](const RowView& view) {
    if (!view.key.starts_with(key)) return false;
    if (view.header || view.modifier || view.key == key) return true;
    if (below.count < most) below.first.push_back(row(view).code);
    ++below.count;
    return true;
  });
  if (!scanned) return tl::make_unexpected(scanned.error());
  return below;
}

Result<Table> Index::read_all() const {
  Table table{edition_, {}};
  table.rows.reserve(edition_.rows);
  const auto scanned = scan("", [&](const RowView& view) {
    table.rows.push_back(row(view));
    return true;
  });
  if (!scanned) return tl::make_unexpected(scanned.error());
  return table;
}

Result<Changes> changes(const Index& before, const Table& now) {
  Changes changes;
  auto next = now.rows.begin();
  const auto scanned = before.scan("", [&](const RowView& view) {
    const Row old = before.row(view);
    while (next != now.rows.end() && key_of(next->code) < view.key) {
      ++changes.added;
      ++next;
    }
    if (next == now.rows.end() || key_of(next->code) != view.key) {
      ++changes.removed;
    } else {
      changes.reworded += *next == old ? 0 : 1;
      ++next;
    }
    return true;
  });
  if (!scanned) return tl::make_unexpected(scanned.error());
  changes.added += static_cast<std::size_t>(now.rows.end() - next);
  return changes;
}

}  // namespace atz::codes
