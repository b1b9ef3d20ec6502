#include "atz/app/now.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/sandbox/sandbox.hpp"

namespace atz::app {
namespace {

Result<Instant> read_as_of(const std::string& text, std::optional<Instant> standing) {
  const auto parsed = model::parse_instant(text);
  if (!parsed.value) {
    return fail(Failure::usage, fmt::format("--as-of {} is not a date or time", printable(text)),
                "Write 2026-12-07, or 2026-12-07T10:05 for a time in Maine.");
  }
  if (parsed.ambiguous) {
    return fail(Failure::usage,
                fmt::format("--as-of {} happens twice: the clocks go back in that hour", printable(text)),
                "Add the offset: -04:00 for the first, -05:00 for the second.");
  }
  if (parsed.nonexistent) {
    return fail(Failure::usage,
                fmt::format("--as-of {} does not exist: the clocks go forward in that hour", printable(text)));
  }
  if (parsed.date_only && standing && model::maine_date(*standing) == model::maine_date(*parsed.value))
    return *standing;
  return *parsed.value;
}

Now standing_at(Instant at, std::string note) {
  return {at, model::maine_date(at), true, std::move(note)};
}

}  // namespace

Result<Now> resolve_now(const Services& services, const model::PayerProfile& profile,
                        const std::optional<std::string>& as_of, Effect effect) {
  std::optional<Instant> standing;
  sandbox::SandboxClock clock(services.files, services.state_dir);
  if (!profile.live) {
    auto stored = clock.standing();
    if (!stored) return tl::make_unexpected(stored.error());
    standing = *stored;
  }
  if (as_of) {
    if (profile.live && effect != Effect::none) {
      return fail(Failure::usage, fmt::format("--as-of can't be used with the live payer '{}'", profile.name),
                  "Only check, plan and staffing take a date then.");
    }
    auto at = read_as_of(*as_of, standing);
    if (!at) return tl::make_unexpected(at.error());
    if (effect == Effect::moves_clock) {
      if (standing && *at < *standing) {
        return fail(Failure::usage,
                    fmt::format("--as-of {} is before the sandbox clock, which stands at {}", printable(*as_of),
                                model::format_instant(*standing)),
                    "Time never goes back; `atz sandbox reset` starts over.");
      }
      if (auto moved = clock.move_to(*at); !moved) return tl::make_unexpected(moved.error());
    }
    const bool moved = effect == Effect::moves_clock;
    return standing_at(
        *at, fmt::format("{} {}", moved ? "sandbox clock stands at" : "as if it were", model::format_instant(*at)));
  }
  if (standing) {
    return standing_at(*standing, fmt::format("sandbox clock stands at {}; `atz sandbox reset` starts over",
                                              model::format_instant(*standing)));
  }
  const Instant real = services.clock.now();
  return Now{real, model::maine_date(real), false, {}};
}

}  // namespace atz::app
