// Which moment counts as "now": --as-of, else a sandbox clock that stands, else real time.
#pragma once

#include <optional>
#include <string>

#include "atz/app/services.hpp"
#include "atz/base/clock.hpp"
#include "atz/model/calendar.hpp"

namespace atz::app {

struct Now {
  Instant at{};
  model::Date today{};    // the Maine date of `at`
  bool standing = false;  // not real time: the user is told so in one line
  std::string note;       // that line; empty for real time
};

enum class Effect {
  none,         // check, plan, new, staffing: nothing is moved, and any date will do
  keeps_clock,  // commands about what was really sent: nothing is moved, and a live payer's day is today
  moves_clock,  // commands that talk to the payer: --as-of moves the embedded payer's clock forward
};

// A date alone means noon in Maine, or the standing moment when the clock already stands on that day.
// Failure::usage: not a date or time; going back; --as-of against a live payer (except with
// Effect::none).
Result<Now> resolve_now(const Services& services, const model::PayerProfile& profile,
                        const std::optional<std::string>& as_of, Effect effect);

// A clock for one command: stands at `at`, or runs with real time; waiting always takes real time.
class CommandClock final : public Clock {
 public:
  CommandClock(Clock& real, const Now& now) : real_(real), now_(now) {}
  [[nodiscard]] Instant now() const override { return now_.standing ? now_.at : real_.now(); }
  void sleep_for(std::chrono::seconds duration) override { real_.sleep_for(duration); }

 private:
  Clock& real_;
  Now now_;
};

}  // namespace atz::app
