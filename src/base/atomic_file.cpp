#include "base/atomic_file.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <utility>

#include "atz/base/file.hpp"
#include "base/posix.hpp"

namespace atz {

Result<AtomicFile> AtomicFile::create(const std::string& path, unsigned mode) {
  if (has_nul(path)) {
    return system_failure(Failure::io, "write", path, EINVAL);
  }
  std::string temporary = path::join(path::parent(path), ".atz-XXXXXX");
  const int descriptor = retry_interrupted([&] { return ::mkostemp(temporary.data(), O_CLOEXEC); });
  if (descriptor < 0) {
    return system_failure(Failure::io, "write", path, errno);
  }
  AtomicFile file(path, std::move(temporary), descriptor);
  if (::fchmod(descriptor, static_cast<mode_t>(mode)) != 0) {
    return file.failed(errno);
  }
  return file;
}

AtomicFile::AtomicFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
  if (!temporary_.empty()) {
    ::unlink(temporary_.c_str());
  }
}

tl::unexpected<Error> AtomicFile::failed(int error) const {
  return system_failure(Failure::io, "write", path_, error);
}

Result<void> AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = retry_interrupted([&] { return ::write(descriptor_, bytes.data(), bytes.size()); });
    if (written < 0) {
      return failed(errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> AtomicFile::finish_writing() {
  if (retry_interrupted([&] { return ::fsync(descriptor_); }) != 0) {
    return failed(errno);
  }
  // close(2) is never retried: the descriptor is gone whatever it returns.
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) {
    return failed(errno);
  }
  return {};
}

Result<void> AtomicFile::commit() {
  if (auto finished = finish_writing(); !finished) {
    return finished;
  }
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
    return failed(errno);
  }
  temporary_.clear();
  return sync_directory(path::parent(path_));
}

Result<bool> AtomicFile::commit_new() {
  if (auto finished = finish_writing(); !finished) {
    return tl::make_unexpected(finished.error());
  }
  // rename(2) would replace a file that came into being meanwhile; a hard link does not.
  if (::link(temporary_.c_str(), path_.c_str()) != 0) {
    if (errno == EEXIST) {
      return false;
    }
    return failed(errno);
  }
  ::unlink(temporary_.c_str());
  temporary_.clear();
  if (auto synced = sync_directory(path::parent(path_)); !synced) {
    return tl::make_unexpected(synced.error());
  }
  return true;
}

Result<void> sync_directory(const std::string& directory) {
  const Descriptor descriptor(
      retry_interrupted([&] { return ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (descriptor.get() < 0) {
    return system_failure(Failure::io, "open", directory, errno);
  }
  // Some file systems cannot sync a directory and say EINVAL; they offer nothing better.
  if (retry_interrupted([&] { return ::fsync(descriptor.get()); }) != 0 && errno != EINVAL) {
    return system_failure(Failure::io, "write", directory, errno);
  }
  return {};
}

}  // namespace atz
