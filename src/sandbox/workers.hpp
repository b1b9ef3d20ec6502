// A thread for each connection, up to a limit; threads are made when they are needed and kept.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "sandbox/httplib.hpp"

namespace atz::sandbox {

class Workers final : public httplib::TaskQueue {
 public:
  explicit Workers(std::size_t limit) : limit_(limit) {}
  // Beyond the limit the job runs at once on the caller's thread, with overloaded() true: it must be quick.
  void enqueue(std::function<void()> job) override;
  void shutdown() override;
  static bool overloaded();

 private:
  void work();

  std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool shutdown_ = false;
};

}  // namespace atz::sandbox
