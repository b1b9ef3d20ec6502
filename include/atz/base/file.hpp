// All disk access goes through this small interface, so that tests run on a virtual disk.
// Paths are UTF-8 strings as the user typed them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/result.hpp"

namespace atz {

struct FileInfo {
  enum class Kind { missing, regular, directory, special };  // symlinks are followed; special = device, pipe, socket
  Kind kind = Kind::missing;
  std::uint64_t size = 0;   // bytes, of a regular file
  unsigned mode = 0;        // permission bits, 0 to 07777
  bool is_symlink = false;  // the last path component is a symbolic link (dangling ones too)
  bool denied = false;      // missing as far as we can see: a folder on the way does not let us look
};

// A file that is open for reading at any place. It stays the same file when its name is given to another one meanwhile.
class OpenFile {
 public:
  virtual ~OpenFile() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;  // bytes, when it was opened
  // Exactly `length` bytes from `offset` on; Failure::input when fewer are there. Safe for several threads.
  [[nodiscard]] virtual Result<std::string> read_at(std::uint64_t offset, std::size_t length) const = 0;
};

class Files {
 public:
  virtual ~Files() = default;
  [[nodiscard]] virtual FileInfo info(const std::string& path) const = 0;
  // The whole file. More than max_bytes, a directory or a special file is a Failure::input.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;
  // For files of which only parts are needed. A directory or a special file is a Failure::input.
  [[nodiscard]] virtual Result<std::unique_ptr<OpenFile>> open(const std::string& path) const = 0;
  // Names (not paths) in a directory, sorted by bytes, without "." and "..".
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& directory) const = 0;
  // Readers see the old file or the new one, never a part: temporary file, fsync, rename, fsync of the directory.
  // The file has exactly `mode`, whatever the umask. A symbolic link is replaced, not followed.
  virtual Result<void> write_atomic(const std::string& path, std::string_view bytes, unsigned mode) = 0;
  // The same, but only when nothing has that name yet: false when something has, and that stays untouched.
  // Of several processes that try at once, one gets true.
  virtual Result<bool> write_new(const std::string& path, std::string_view bytes, unsigned mode) = 0;
  // Gives a file that exists new bytes in the same way. It keeps its mode, and a symbolic link stays one: the file
  // behind it is rewritten. A file that may not be written is a Failure::io.
  virtual Result<void> rewrite(const std::string& path, std::string_view bytes) = 0;
  // Creates missing parents too; new directories get mode 0700.
  virtual Result<void> make_private_directory(const std::string& path) = 0;
  virtual Result<void> remove(const std::string& path) = 0;                       // a missing file is not an error
  [[nodiscard]] virtual std::string absolute(const std::string& path) const = 0;  // lexically normal
  // The same with every symbolic link followed; empty when it leads nowhere.
  [[nodiscard]] virtual std::string resolved(const std::string& path) const = 0;
};

std::unique_ptr<Files> real_files();

// For tests: a map of absolute paths to contents. Parents exist when a file lies below them.
class MemoryFiles final : public Files {
 public:
  MemoryFiles();
  MemoryFiles(MemoryFiles&& other) noexcept;
  ~MemoryFiles() override;
  void put(const std::string& path, std::string bytes, unsigned mode = 0600);
  void put_special(const std::string& path);
  void refuse_writes(bool refuse);  // from now on every change fails with Failure::io, as on a full disk

  [[nodiscard]] FileInfo info(const std::string& path) const override;
  [[nodiscard]] Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  [[nodiscard]] Result<std::unique_ptr<OpenFile>> open(const std::string& path) const override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& directory) const override;
  Result<void> write_atomic(const std::string& path, std::string_view bytes, unsigned mode) override;
  Result<bool> write_new(const std::string& path, std::string_view bytes, unsigned mode) override;
  Result<void> rewrite(const std::string& path, std::string_view bytes) override;
  Result<void> make_private_directory(const std::string& path) override;
  Result<void> remove(const std::string& path) override;
  [[nodiscard]] std::string absolute(const std::string& path) const override;  // "/" is the working directory
  [[nodiscard]] std::string resolved(const std::string& path) const override;
  void put_link(const std::string& path, const std::string& target);  // absolute target; it may be missing

 private:
  struct State;
  std::unique_ptr<State> state_;
};

namespace path {
std::string join(std::string_view directory, std::string_view name);  // an absolute name replaces the directory
std::string parent(std::string_view path);                            // "a/b" -> "a", "a" -> ".", "/a" -> "/"
std::string name(std::string_view path);                              // last component; "/" -> ""
std::string extension(std::string_view path);                         // lower case, without the dot; "" when none
}  // namespace path

}  // namespace atz
