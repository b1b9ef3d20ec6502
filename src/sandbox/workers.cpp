#include "sandbox/workers.hpp"

#include <utility>

namespace atz::sandbox {
namespace {
thread_local bool refusing = false;
}

bool Workers::overloaded() {
  return refusing;
}

void Workers::enqueue(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    const bool free_hand = idle_ > jobs_.size();
    if (free_hand || threads_.size() < limit_) {
      jobs_.push_back(std::move(job));
      if (!free_hand) threads_.emplace_back([this] { work(); });
      wake_.notify_one();
      return;
    }
  }
  refusing = true;
  job();
  refusing = false;
}

void Workers::work() {
  for (;;) {
    std::function<void()> job;
    {
      std::unique_lock lock(mutex_);
      ++idle_;
      wake_.wait(lock, [this] { return !jobs_.empty() || shutdown_; });
      --idle_;
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

void Workers::shutdown() {
  {
    const std::lock_guard lock(mutex_);
    shutdown_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

}  // namespace atz::sandbox
