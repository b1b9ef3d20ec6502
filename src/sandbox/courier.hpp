// Takes notifications from the outbox to where they are wanted: files in a folder, or a hook on this computer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/office.hpp"

namespace atz::sandbox {

// Everything that can be delivered now, in the order of its numbers. What failed waits for the next event of its
// subscription, which is `error` after some failures. Of several processes and threads that try at once one does it.
// Returns what could not be delivered, in words.
// Once `stop` is true nothing more is begun, and the rest waits for the next call.
Result<std::vector<std::string>> deliver_notifications(
    Store& store, const Services& services, const std::function<bool()>& stop = [] { return false; });

// Delivers while a server runs: after every request, and once a second for what other processes do or time brings.
class Courier {
 public:
  Courier(Store& store, const Services& services) : store_(store), services_(services) {}
  ~Courier() { stop(); }
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  void start();
  void wake();
  // Delivers a last time, for two seconds; what is being delivered by then is finished.
  void stop();

 private:
  void run();
  void go_round();
  bool is_late();  // to begin anything more

  Store& store_;
  const Services services_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool awake_ = false;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point last_begin_{};  // once it is stopping
};

}  // namespace atz::sandbox
