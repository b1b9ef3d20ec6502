// Many files on several threads, reported in order, with memory that does not grow with their number.
#include <condition_variable>
#include <optional>
#include <set>
#include <thread>
#include <tuple>

#include "atz/app/check.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kAheadPerJob = 32;  // reports that may wait for their turn

// What is left of a checked file once its model is not needed any more.
struct Outcome {
  diag::FileReport report;
  std::vector<bool> shared;  // per finding: whether it lies in a file that others have as well
};

Result<Outcome> check_one(Checker& checker, const FoundFile& file) {
  auto checked = checker.check_found(file);
  if (!checked) return tl::make_unexpected(checked.error());
  Outcome outcome{{checked->file.path, {}, std::move(checked->findings)}, {}};
  for (const auto& finding : outcome.report.findings) outcome.shared.push_back(checked->is_shared(finding.span));
  if (!outcome.report.findings.empty()) outcome.report.sources = std::move(checked->file.sources);
  return outcome;
}

// Drops what an earlier file has already said of the same place in a shared file.
class Once {
 public:
  diag::FileReport filter(Outcome outcome) {
    diag::FileReport report{std::move(outcome.report.file), std::move(outcome.report.sources), {}};
    for (std::size_t i = 0; i < outcome.shared.size(); ++i) {
      auto& finding = outcome.report.findings[i];
      if (!outcome.shared[i] || first_time(report, finding)) report.findings.push_back(std::move(finding));
    }
    return report;
  }

 private:
  bool first_time(const diag::FileReport& report, const diag::Finding& finding) {
    const auto& source = report.sources[finding.span.source].name;
    return said_.emplace(source, finding.span.line, finding.span.column, finding.rule, finding.message).second;
  }

  std::set<std::tuple<std::string, std::uint32_t, std::uint32_t, std::string, std::string>> said_;
};

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
  Result<Outcome> take(std::size_t index) {
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
      auto result = check_one(checker_, files_[index]);
      {
        const std::lock_guard lock(mutex_);
        slots_[index % slots_.size()] = std::move(result);
      }
      ready_.notify_all();
    }
  }

  Checker& checker_;
  const std::vector<FoundFile>& files_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::condition_variable room_;
  std::vector<std::optional<Result<Outcome>>> slots_;
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
  Once once;
  if (jobs <= 1 || files.size() <= 1) {
    for (const auto& file : files) {
      auto outcome = check_one(checker, file);
      if (!outcome) return tl::make_unexpected(outcome.error());
      sink(once.filter(std::move(*outcome)));
    }
    return files.size();
  }
  Pool pool(checker, files, jobs);
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto outcome = pool.take(i);
    if (!outcome) return tl::make_unexpected(outcome.error());
    sink(once.filter(std::move(*outcome)));
  }
  return files.size();
}

}  // namespace atz::app
