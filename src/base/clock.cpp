#include "atz/base/clock.hpp"

#include <ctime>

namespace atz {

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void SystemClock::sleep_for(std::chrono::seconds duration) {
  if (duration.count() <= 0) {
    return;
  }
  // Not std::this_thread::sleep_for, which sleeps on after a signal.
  timespec wanted{};
  wanted.tv_sec = static_cast<std::time_t>(duration.count());
  ::nanosleep(&wanted, nullptr);
}

}  // namespace atz
