// Many files on several threads, reported in order, with memory that does not grow with their number.
#include <condition_variable>
#include <optional>
#include <thread>

#include "atz/app/check.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kAheadPerJob = 32;  // reports that may wait for their turn

class Pool {
 public:
  Pool(Checker& checker, const std::vector<FoundFile>& files, unsigned jobs)
      : checker_(checker), files_(files), slots_(kAheadPerJob * jobs) {
    for (unsigned i = 0; i < jobs; ++i) threads_.emplace_back([this] { work(); });
  }

  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    room_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  // The result of file `index`; must be called in order.
  Result<diag::FileReport> take(std::size_t index) {
    std::unique_lock lock(mutex_);
    auto& slot = slots_[index % slots_.size()];
    ready_.wait(lock, [&] { return slot.has_value(); });
    auto result = std::move(*slot);
    slot.reset();
    taken_ = index + 1;
    lock.unlock();
    room_.notify_all();
    return result;
  }

 private:
  void work() {
    for (;;) {
      std::size_t index = 0;
      {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return stop_ || next_ >= files_.size() || next_ < taken_ + slots_.size(); });
        if (stop_ || next_ >= files_.size()) return;
        index = next_++;
      }
      auto result = check(index);
      {
        const std::lock_guard lock(mutex_);
        slots_[index % slots_.size()] = std::move(result);
      }
      ready_.notify_all();
    }
  }

  Result<diag::FileReport> check(std::size_t index) {
    auto checked = checker_.check(files_[index].path);
    if (!checked) return tl::make_unexpected(checked.error());
    auto report = checked->report();
    if (report.findings.empty()) report.sources.clear();
    return report;
  }

  Checker& checker_;
  const std::vector<FoundFile>& files_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable room_;
  std::vector<std::optional<Result<diag::FileReport>>> slots_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::size_t> check_files(const Services& services, const CheckSettings& settings,
                                const std::vector<FoundFile>& files, unsigned jobs,
                                const std::function<void(diag::FileReport)>& sink) {
  Checker checker(services, settings);
  if (jobs <= 1 || files.size() <= 1) {
    for (const auto& file : files) {
      auto checked = checker.check(file.path);
      if (!checked) return tl::make_unexpected(checked.error());
      sink(checked->report());
    }
    return files.size();
  }
  Pool pool(checker, files, jobs);
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto report = pool.take(i);
    if (!report) return tl::make_unexpected(report.error());
    sink(std::move(*report));
  }
  return files.size();
}

}  // namespace atz::app
