#include "app/rewrite.hpp"

#include <fmt/format.h>

#include "atz/casefile/document.hpp"

namespace atz::app {

Result<void> rewrite_unchanged(Files& files, const std::string& path, const std::string& before,
                               const std::string& after) {
  const auto now = files.read(path, casefile::kMaxFileBytes);
  if (!now) return tl::make_unexpected(now.error());
  if (*now != before) {
    return fail(Failure::io, fmt::format("{} has changed meanwhile, so it was left as it is", path),
                "Run the command again.");
  }
  return files.rewrite(path, after);
}

}  // namespace atz::app
