// Time as an injected service. Instants are UTC; civil dates in Maine are made from them in model/calendar.hpp.
#pragma once

#include <chrono>

namespace atz {

using Instant = std::chrono::sys_seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  // Waits for retries and polling; a fixed clock moves forward instead of sleeping. The system's clock returns early
  // when a signal handler ran, so that the caller can look whether the user wants to stop.
  virtual void sleep_for(std::chrono::seconds duration) = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  void sleep_for(std::chrono::seconds duration) override;
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  [[nodiscard]] Instant now() const override { return now_; }
  void sleep_for(std::chrono::seconds duration) override { now_ += duration; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

}  // namespace atz
