#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "atz/base/file.hpp"
#include "atz/base/text.hpp"
#include "base/atomic_file.hpp"
#include "base/path.hpp"
#include "base/posix.hpp"

namespace atz {

namespace {

// What a user can do about it; empty where the reason alone says it.
const char* help_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "Make room on the disk, then run the command again.";
    case EROFS:
      return "Use a folder that can be written to; for what atz keeps, ATZ_STATE_DIR says where.";
    case EIO:
      return "Check that the disk is healthy, then run the command again.";
    case EMFILE:
    case ENFILE:
      return "Too many files are open: close programs, or raise the limit (ulimit -n), then run the command again.";
    default:
      return "";
  }
}

}  // namespace

tl::unexpected<Error> system_failure(Failure failure, std::string_view verb, std::string_view path, int error) {
  return fail(failure, fmt::format("cannot {} {}: {}", verb, printable(path), std::generic_category().message(error)),
              help_for(error));
}

namespace {

FileInfo::Kind kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode)) {
    return FileInfo::Kind::regular;
  }
  return S_ISDIR(status.st_mode) ? FileInfo::Kind::directory : FileInfo::Kind::special;
}

std::optional<Error> not_readable(const struct stat& status, const std::string& path) {
  switch (kind_of(status)) {
    case FileInfo::Kind::directory:
      return Error{Failure::input, fmt::format("{} is a folder, not a file", printable(path)), ""};
    case FileInfo::Kind::special:
      return Error{Failure::input, fmt::format("{} is a device, pipe or socket, not a file", printable(path)), ""};
    default:
      return std::nullopt;
  }
}

Failure reading_failure(int error) {
  return error == EIO || error == ENOMEM ? Failure::io : Failure::input;
}

struct Opened {
  Descriptor descriptor;
  std::uint64_t size;  // bytes
};

Result<Opened> open_regular(const std::string& path) {
  struct stat status {};
  if (has_nul(path)) {
    return system_failure(Failure::input, "read", path, ENOENT);
  }
  // Looked at before opening, because opening some devices does something; and again after, for what was opened.
  if (::stat(path.c_str(), &status) != 0) {
    return system_failure(reading_failure(errno), "read", path, errno);
  }
  if (auto refused = not_readable(status, path)) {
    return tl::make_unexpected(std::move(*refused));
  }
  Descriptor descriptor(
      retry_interrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); }));
  if (descriptor.get() < 0 || ::fstat(descriptor.get(), &status) != 0) {
    return system_failure(reading_failure(errno), "read", path, errno);
  }
  if (auto refused = not_readable(status, path)) {
    return tl::make_unexpected(std::move(*refused));
  }
  return Opened{std::move(descriptor), static_cast<std::uint64_t>(status.st_size)};
}

class RealOpenFile final : public OpenFile {
 public:
  RealOpenFile(Opened file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  [[nodiscard]] std::uint64_t size() const override { return file_.size; }

  [[nodiscard]] Result<std::string> read_at(std::uint64_t offset, std::size_t length) const override {
    if (offset > file_.size || length > file_.size - offset) {
      return fail(Failure::input, fmt::format("{} ends before byte {}", printable(path_), offset + length));
    }
    std::string bytes(length, '\0');
    std::size_t done = 0;
    while (done < length) {
      const ssize_t got = retry_interrupted([&] {
        return ::pread(file_.descriptor.get(), bytes.data() + done, length - done, static_cast<off_t>(offset + done));
      });
      if (got < 0) {
        return system_failure(reading_failure(errno), "read", path_, errno);
      }
      if (got == 0) {
        return fail(Failure::input, fmt::format("{} was cut while it was being read", printable(path_)));
      }
      done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  Opened file_;
  std::string path_;
};

class RealFiles final : public Files {
 public:
  [[nodiscard]] FileInfo info(const std::string& path) const override {
    FileInfo info;
    struct stat status {};
    if (has_nul(path)) {
      return info;
    }
    info.is_symlink = ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
    if (::stat(path.c_str(), &status) != 0) {
      info.denied = errno == EACCES;
      return info;
    }
    info.kind = kind_of(status);
    info.size = info.kind == FileInfo::Kind::regular ? static_cast<std::uint64_t>(status.st_size) : 0;
    info.mode = status.st_mode & 07777U;
    return info;
  }

  [[nodiscard]] Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    auto file = open_regular(path);
    if (!file) {
      return tl::make_unexpected(file.error());
    }
    return read_all(file->descriptor.get(), path, file->size, max_bytes);
  }

  [[nodiscard]] Result<std::unique_ptr<OpenFile>> open(const std::string& path) const override {
    auto file = open_regular(path);
    if (!file) {
      return tl::make_unexpected(file.error());
    }
    return std::make_unique<RealOpenFile>(std::move(*file), path);
  }

  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& directory) const override {
    DIR* const handle = has_nul(directory) ? nullptr : ::opendir(directory.c_str());
    if (handle == nullptr) {
      return system_failure(reading_failure(errno), "list", directory, errno);
    }
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(handle)) {
      const std::string_view name = static_cast<const char*>(entry->d_name);
      if (name != "." && name != "..") {
        names.emplace_back(name);
      }
      errno = 0;
    }
    const int error = errno;
    ::closedir(handle);
    if (error != 0) {
      return system_failure(Failure::io, "list", directory, error);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<void> write_atomic(const std::string& path, std::string_view bytes, unsigned mode) override {
    auto file = AtomicFile::create(path, mode);
    if (!file) {
      return tl::make_unexpected(file.error());
    }
    return file->write(bytes).and_then([&] { return file->commit(); });
  }

  Result<bool> write_new(const std::string& path, std::string_view bytes, unsigned mode) override {
    auto file = AtomicFile::create(path, mode);
    if (!file) {
      return tl::make_unexpected(file.error());
    }
    return file->write(bytes).and_then([&] { return file->commit_new(); });
  }

  Result<void> rewrite(const std::string& path, std::string_view bytes) override {
    struct stat status {};
    if (has_nul(path) || ::stat(path.c_str(), &status) != 0) {
      return system_failure(Failure::io, "write", path, has_nul(path) ? EINVAL : errno);
    }
    if (auto refused = not_readable(status, path)) {
      return tl::make_unexpected(std::move(*refused));
    }
    // A new file takes the old one's place, which needs no right to write the old one: ask for it all the same.
    if (::access(path.c_str(), W_OK) != 0) {
      return system_failure(Failure::io, "write", path, errno);
    }
    std::error_code error;
    const std::filesystem::path target = std::filesystem::canonical(path, error);
    if (error) {
      return system_failure(Failure::io, "write", path, error.value());
    }
    return write_atomic(target.string(), bytes, status.st_mode & 07777U);
  }

  Result<void> make_private_directory(const std::string& path) override {
    if (has_nul(path)) {
      return system_failure(Failure::io, "create", path, EINVAL);
    }
    if (info(path).kind == FileInfo::Kind::directory) {
      return {};
    }
    const std::string above = path::parent(path);
    if (above != path && above != ".") {
      if (auto made = make_private_directory(above); !made) {
        return made;
      }
    }
    if (::mkdir(path.c_str(), 0700) != 0) {
      // Another process may have made it meanwhile.
      const int error = errno;
      if (error == EEXIST && info(path).kind == FileInfo::Kind::directory) {
        return {};
      }
      return system_failure(Failure::io, "create", path, error);
    }
    return sync_directory(above);
  }

  Result<void> remove(const std::string& path) override {
    if (has_nul(path) || (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)) {
      return system_failure(Failure::io, "remove", path, has_nul(path) ? EINVAL : errno);
    }
    return {};
  }

  [[nodiscard]] std::string absolute(const std::string& path) const override {
    std::error_code error;
    const std::filesystem::path working_directory = std::filesystem::current_path(error);
    return normal_path(error ? "/" : working_directory.string(), path);
  }

  [[nodiscard]] std::string resolved(const std::string& path) const override {
    std::error_code error;
    const auto found = has_nul(path) ? std::filesystem::path() : std::filesystem::canonical(path, error);
    return error ? std::string() : found.string();
  }

 private:
  static Result<std::string> read_all(int descriptor, const std::string& path, std::uint64_t expected,
                                      std::uint64_t max_bytes) {
    const auto too_large = [&] {
      return fail(Failure::input, fmt::format("{} is larger than {} bytes", printable(path), max_bytes));
    };
    if (expected > max_bytes) {
      return too_large();
    }
    std::string bytes;
    bytes.reserve(expected);
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read(2) fills it
    for (;;) {
      const ssize_t got = retry_interrupted([&] { return ::read(descriptor, buffer.data(), buffer.size()); });
      if (got < 0) {
        return system_failure(reading_failure(errno), "read", path, errno);
      }
      if (got == 0) {
        return bytes;
      }
      bytes.append(buffer.data(), static_cast<std::size_t>(got));
      if (bytes.size() > max_bytes) {  // it grew since, or has no size, as in /proc
        return too_large();
      }
    }
  }
};

}  // namespace

std::unique_ptr<Files> real_files() {
  return std::make_unique<RealFiles>();
}

}  // namespace atz
