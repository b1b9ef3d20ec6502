#include "atz/base/file_time.hpp"

#include <sys/stat.h>

namespace atz {

std::optional<Instant> last_written(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Instant(std::chrono::seconds(status.st_mtim.tv_sec));
}

}  // namespace atz
