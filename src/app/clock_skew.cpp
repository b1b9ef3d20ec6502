#include "app/clock_skew.hpp"

#include <fmt/format.h>

namespace atz::app {

std::optional<Checkup> clock_skew(std::optional<Instant> theirs, Instant ours) {
  if (!theirs) return std::nullopt;
  using Level = Checkup::Level;
  constexpr std::chrono::seconds kNoticeable{60};
  constexpr std::chrono::seconds kHarmful{300};
  const std::chrono::seconds ahead = ours - *theirs;
  const std::chrono::seconds apart = ahead.count() < 0 ? -ahead : ahead;
  if (apart < kNoticeable) return Checkup{Level::good, "clock", "agrees with the payer's", {}};
  const std::string length =
      apart < kHarmful ? fmt::format("{} seconds", apart.count()) : fmt::format("{} minutes", apart.count() / 60);
  return Checkup{apart < kHarmful ? Level::warning : Level::problem, "clock",
                 fmt::format("{} {} the payer's", length, ahead.count() > 0 ? "ahead of" : "behind"),
                 "set this computer's clock (timedatectl set-ntp true): dates and sign-in go by it"};
}

}  // namespace atz::app
