// One source of randomness for all threads of the server.
#pragma once

#include <mutex>

#include "atz/base/random.hpp"

namespace atz::sandbox {

class LockedRandom final : public Random {
 public:
  explicit LockedRandom(Random& random) : random_(random) {}
  void fill(std::span<std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    random_.fill(bytes);
  }

 private:
  std::mutex mutex_;
  Random& random_;
};

}  // namespace atz::sandbox
