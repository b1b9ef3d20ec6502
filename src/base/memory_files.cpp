#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "atz/base/file.hpp"
#include "base/path.hpp"
#include "base/posix.hpp"

namespace atz {
namespace {

struct Entry {
  std::string bytes;
  unsigned mode = 0;
  bool special = false;
};

std::string prefix_of(const std::string& directory) {
  return directory == "/" ? directory : directory + "/";
}

template <class Map>
bool has_below(const Map& paths, const std::string& directory) {
  const std::string prefix = prefix_of(directory);
  const auto found = paths.lower_bound(prefix);
  if (found == paths.end()) {
    return false;
  }
  if constexpr (requires { found->first; }) {
    return found->first.starts_with(prefix);
  } else {
    return found->starts_with(prefix);
  }
}

class MemoryOpenFile final : public OpenFile {
 public:
  explicit MemoryOpenFile(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  [[nodiscard]] Result<std::string> read_at(std::uint64_t offset, std::size_t length) const override {
    if (offset > bytes_.size() || length > bytes_.size() - offset) {
      return fail(Failure::input, fmt::format("the file ends before byte {}", offset + length));
    }
    return bytes_.substr(offset, length);
  }

 private:
  std::string bytes_;
};

}  // namespace

struct MemoryFiles::State {
  std::map<std::string, Entry> entries;
  std::set<std::string> directories{"/"};
  std::map<std::string, std::string> links;  // of files only
  bool refusing = false;

  [[nodiscard]] bool is_directory(const std::string& path) const {
    return directories.contains(path) || has_below(entries, path) || has_below(directories, path);
  }

  // Why nothing can be written under this absolute path; 0 when it can.
  [[nodiscard]] int obstacle(const std::string& path) const {
    if (refusing) {
      return ENOSPC;
    }
    if (is_directory(path)) {
      return EISDIR;
    }
    return is_directory(path::parent(path)) ? 0 : ENOENT;
  }
};

MemoryFiles::MemoryFiles() : state_(std::make_unique<State>()) {}
MemoryFiles::MemoryFiles(MemoryFiles&& other) noexcept = default;
MemoryFiles::~MemoryFiles() = default;

void MemoryFiles::put(const std::string& path, std::string bytes, unsigned mode) {
  state_->entries[absolute(path)] = Entry{std::move(bytes), mode, false};
}

void MemoryFiles::put_special(const std::string& path) {
  state_->entries[absolute(path)] = Entry{"", 0600, true};
}

void MemoryFiles::put_link(const std::string& path, const std::string& target) {
  state_->links[absolute(path)] = absolute(target);
}

void MemoryFiles::refuse_writes(bool refuse) {
  state_->refusing = refuse;
}

FileInfo MemoryFiles::info(const std::string& path) const {
  FileInfo info;
  info.is_symlink = state_->links.contains(absolute(path));
  const std::string full = resolved(path);
  if (full.empty()) {
    return info;
  }
  if (const auto found = state_->entries.find(full); found != state_->entries.end()) {
    const Entry& entry = found->second;
    info.kind = entry.special ? FileInfo::Kind::special : FileInfo::Kind::regular;
    info.size = entry.bytes.size();
    info.mode = entry.mode;
  } else if (state_->is_directory(full)) {
    info.kind = FileInfo::Kind::directory;
    info.mode = 0700;
  }
  return info;
}

Result<std::string> MemoryFiles::read(const std::string& path, std::uint64_t max_bytes) const {
  switch (info(path).kind) {
    case FileInfo::Kind::missing:
      return system_failure(Failure::input, "read", path, ENOENT);
    case FileInfo::Kind::directory:
      return fail(Failure::input, fmt::format("{} is a folder, not a file", path));
    case FileInfo::Kind::special:
      return fail(Failure::input, fmt::format("{} is a device, pipe or socket, not a file", path));
    case FileInfo::Kind::regular:
      break;
  }
  const std::string& bytes = state_->entries.at(resolved(path)).bytes;
  if (bytes.size() > max_bytes) {
    return fail(Failure::input, fmt::format("{} is larger than {} bytes", path, max_bytes));
  }
  return bytes;
}

Result<std::unique_ptr<OpenFile>> MemoryFiles::open(const std::string& path) const {
  auto bytes = read(path, std::numeric_limits<std::uint64_t>::max());
  if (!bytes) {
    return tl::make_unexpected(bytes.error());
  }
  return std::make_unique<MemoryOpenFile>(std::move(*bytes));
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& directory) const {
  const std::string full = absolute(directory);
  if (!state_->is_directory(full)) {
    return system_failure(Failure::input, "list", directory, state_->entries.contains(full) ? ENOTDIR : ENOENT);
  }
  const std::string prefix = prefix_of(full);
  std::set<std::string> names;
  const auto add = [&](const std::string& path) {
    if (path.size() > prefix.size() && path.starts_with(prefix)) {
      names.insert(path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size()));
    }
  };
  for (const auto& [path, entry] : state_->entries) {
    add(path);
  }
  for (const std::string& path : state_->directories) {
    add(path);
  }
  return std::vector<std::string>(names.begin(), names.end());
}

Result<void> MemoryFiles::write_atomic(const std::string& path, std::string_view bytes, unsigned mode) {
  const std::string full = absolute(path);
  if (const int error = state_->obstacle(full); error != 0) {
    return system_failure(Failure::io, "write", path, error);
  }
  state_->links.erase(full);
  state_->entries[full] = Entry{std::string(bytes), mode, false};
  return {};
}

Result<bool> MemoryFiles::write_new(const std::string& path, std::string_view bytes, unsigned mode) {
  if (!state_->refusing && info(path).kind != FileInfo::Kind::missing) {
    return false;
  }
  if (auto written = write_atomic(path, bytes, mode); !written) {
    return tl::make_unexpected(written.error());
  }
  return true;
}

Result<void> MemoryFiles::rewrite(const std::string& path, std::string_view bytes) {
  const FileInfo known = info(path);
  if (known.kind != FileInfo::Kind::regular) {
    return system_failure(Failure::io, "write", path, known.kind == FileInfo::Kind::missing ? ENOENT : EISDIR);
  }
  if ((known.mode & 0200U) == 0) {
    return system_failure(Failure::io, "write", path, EACCES);
  }
  return write_atomic(path, bytes, known.mode);
}

Result<void> MemoryFiles::make_private_directory(const std::string& path) {
  const std::string full = absolute(path);
  if (state_->is_directory(full)) {
    return {};
  }
  if (state_->refusing) {
    return system_failure(Failure::io, "create", path, ENOSPC);
  }
  for (std::string above = full; above != "/"; above = path::parent(above)) {
    if (state_->entries.contains(above)) {
      return system_failure(Failure::io, "create", path, above == full ? EEXIST : ENOTDIR);
    }
  }
  for (std::string above = full; above != "/"; above = path::parent(above)) {
    state_->directories.insert(above);
  }
  return {};
}

Result<void> MemoryFiles::remove(const std::string& path) {
  const std::string full = absolute(path);
  if (state_->refusing || state_->is_directory(full)) {
    return system_failure(Failure::io, "remove", path, state_->refusing ? EROFS : EISDIR);
  }
  if (const auto found = state_->entries.find(full); found != state_->entries.end()) {
    // The folder stays when its last file goes.
    for (std::string above = path::parent(full); above != "/"; above = path::parent(above)) {
      state_->directories.insert(above);
    }
    state_->entries.erase(found);
  }
  return {};
}

std::string MemoryFiles::absolute(const std::string& path) const {
  return normal_path("/", path);
}

std::string MemoryFiles::resolved(const std::string& path) const {
  std::string full = absolute(path);
  // As many steps as there are links lead to the end of every chain that has one.
  for (std::size_t steps = 0; state_->links.contains(full); ++steps) {
    if (steps > state_->links.size()) {
      return {};
    }
    full = state_->links.at(full);
  }
  return state_->entries.contains(full) || state_->is_directory(full) ? full : std::string();
}

}  // namespace atz
