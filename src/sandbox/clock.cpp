#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/model/calendar.hpp"
#include "atz/sandbox/sandbox.hpp"

namespace atz::sandbox {
namespace {
constexpr std::uint64_t kMaxBytes = 256;
}

SandboxClock::SandboxClock(Files& files, std::string state_dir)
    : files_(files), path_(path::join(state_dir, "sandbox-clock")) {}

Result<std::optional<Instant>> SandboxClock::standing() const {
  if (files_.info(path_).kind == FileInfo::Kind::missing) return std::optional<Instant>();
  const auto bytes = files_.read(path_, kMaxBytes);
  if (bytes) {
    const auto parsed = model::parse_instant(trim(*bytes));
    if (parsed.value) return parsed.value;
  }
  return fail(Failure::state, fmt::format("{}: holds no time that can be read.", path_),
              "`atz sandbox reset` forgets the clock and all cases; or write a time such as "
              "2026-12-07T12:00:00-05:00 into that file.");
}

Result<void> SandboxClock::move_to(Instant at) {
  const auto now = standing();
  if (!now) return tl::make_unexpected(now.error());
  if (*now && at < **now) {
    return fail(Failure::usage,
                fmt::format("The embedded payer's clock stands at {} and can't go back to {}.",
                            model::format_instant(**now), model::format_instant(at)),
                "Give a later time, or start afresh with `atz sandbox reset`.");
  }
  if (*now && at == **now) return {};
  if (auto made = files_.make_private_directory(path::parent(path_)); !made) return made;
  return files_.write_atomic(path_, model::format_instant(at) + "\n", 0600);
}

Result<void> SandboxClock::reset() {
  return files_.remove(path_);
}

}  // namespace atz::sandbox
