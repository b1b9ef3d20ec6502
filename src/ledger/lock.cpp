#include "ledger/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "atz/base/file.hpp"
#include "atz/base/text.hpp"

namespace atz::ledger {

namespace {

class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : value_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

// 0, or the errno.
int try_lock(int descriptor) {
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

std::string describe(int code) {
  return std::error_code(code, std::generic_category()).message();
}

tl::unexpected<Error> unusable(const std::string& path, const std::string& reason) {
  return fail(Failure::io, fmt::format("The lock file {} can't be used: {}.", path, reason),
              "Keep the state folder on a local disk that you may write to; ATZ_STATE_DIR says where it is.");
}

tl::unexpected<Error> busy(const std::string& path, int descriptor) {
  std::array<char, 32> bytes{};
  const ssize_t size = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  const std::string_view pid = size > 0 ? trim({bytes.data(), static_cast<std::size_t>(size)}) : std::string_view();
  const std::string who = all_digits(pid) ? fmt::format(" (process {})", pid) : "";
  return fail(Failure::busy, fmt::format("Another atz{} is at work on the ledger in {}.", who, path::parent(path)),
              "Run the command again when it has finished. A process that was killed leaves nothing to unlock.");
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::string& path) {
  Descriptor lock(path);
  if (lock.get() < 0) return unusable(path, describe(errno));
  struct stat status {};
  if (::fstat(lock.get(), &status) != 0) return unusable(path, describe(errno));
  if (!S_ISREG(status.st_mode)) return unusable(path, "it is not a regular file");
  if (const int code = try_lock(lock.get()); code != 0) {
    return code == EWOULDBLOCK ? busy(path, lock.get()) : unusable(path, describe(code));
  }
  // Some network and user-space file systems say yes to everyone: a second lock must be impossible now.
  const Descriptor second(path);
  if (second.get() < 0) return unusable(path, describe(errno));
  if (const int code = try_lock(second.get()); code != EWOULDBLOCK) {
    return unusable(path, code == 0 ? "locks in this folder do not exclude each other" : describe(code));
  }
  // Always the same width, so that an older, longer number can't shine through.
  const std::string pid = fmt::format("{:<10}\n", ::getpid());
  const ssize_t written = ::pwrite(lock.get(), pid.data(), pid.size(), 0);
  if (written != static_cast<ssize_t>(pid.size())) return unusable(path, describe(written < 0 ? errno : ENOSPC));
  return WriterLock(lock.release());
}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace atz::ledger
