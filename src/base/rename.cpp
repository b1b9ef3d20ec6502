#include "atz/base/rename.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>

#include "base/posix.hpp"

namespace atz {

Result<bool> rename_new(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == EEXIST) return false;
  if (errno != EINVAL && errno != ENOSYS) return system_failure(Failure::io, "rename", from, errno);
  // A file system that can't promise this by itself: two names for a moment, then one.
  if (::link(from.c_str(), to.c_str()) != 0) {
    if (errno == EEXIST) return false;
    return system_failure(Failure::io, "rename", from, errno);
  }
  if (::unlink(from.c_str()) != 0) return system_failure(Failure::io, "rename", from, errno);
  return true;
}

}  // namespace atz
