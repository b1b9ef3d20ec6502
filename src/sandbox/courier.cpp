#include "sandbox/courier.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

#include "sandbox/hook.hpp"
#include "sandbox/timers.hpp"

namespace atz::sandbox {
namespace {

using namespace std::chrono_literals;

constexpr auto kIdleTime = 1s;
constexpr auto kLastTime = 2s;
constexpr std::int64_t kMostFailures = 3;  // then the subscription is in error
constexpr std::size_t kShortId = 8;

// Held by whoever is delivering; gone with its process.
class Turn {
 public:
  explicit Turn(const std::string& file) : fd_(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {
    mine_ = fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
  }
  ~Turn() {
    if (fd_ >= 0) ::close(fd_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  [[nodiscard]] bool mine() const { return mine_; }

 private:
  int fd_;
  bool mine_ = false;
};

std::string file_name(const Subscription& subscription, const Outgoing& outgoing) {
  return fmt::format("{}-{}-{:06}.json", outgoing.handshake ? "handshake" : "notification",
                     subscription.id.substr(0, kShortId), outgoing.number);
}

Result<void> leave_in_folder(Files& files, const Subscription& subscription, const Outgoing& outgoing) {
  if (auto made = files.make_private_directory(subscription.folder); !made) return made;
  // When it is there already, an earlier run left it and was interrupted.
  const auto written =
      files.write_new(path::join(subscription.folder, file_name(subscription, outgoing)), outgoing.body, 0600);
  return written ? Result<void>() : tl::make_unexpected(written.error());
}

Result<void> hand_over(Files& files, const Subscription& subscription, const Outgoing& outgoing) {
  if (!subscription.folder.empty()) return leave_in_folder(files, subscription, outgoing);
  const auto hook = parse_hook(subscription.endpoint);
  if (!hook) return fail(Failure::temporary, "the address is not on this computer");
  return post_to_hook(*hook, subscription.headers, outgoing.body);
}

class Delivery {
 public:
  Delivery(Store& store, const Services& services, const std::function<bool()>& stop)
      : store_(store), services_(services), stop_(stop) {}

  Result<std::vector<std::string>> run() {
    auto all = read([&] { return store_.subscriptions(); });
    if (!all) return tl::make_unexpected(all.error());
    for (const Subscription& one : *all) {
      if (one.status == "off") continue;
      if (auto served = serve(one); !served) return tl::make_unexpected(served.error());
    }
    return std::move(troubles_);
  }
  [[nodiscard]] std::size_t delivered() const { return delivered_; }

 private:
  template <class F>
  auto read(F ask) -> decltype(ask()) {
    auto transaction = store_.read();
    if (!transaction) return tl::make_unexpected(transaction.error());
    return ask();
  }

  Result<void> serve(const Subscription& subscription) {
    auto waiting = read([&] { return store_.outbox(subscription.id); });
    if (!waiting) return tl::make_unexpected(waiting.error());
    if (waiting->empty() || waiting->back().id <= subscription.held) return {};
    for (const Outgoing& outgoing : *waiting) {
      if (stop_()) break;
      const auto delivered = hand_over(services_.files, subscription, outgoing);
      if (auto noted = note(subscription, outgoing, delivered, waiting->back().id); !noted) return noted;
      if (delivered) {
        ++delivered_;
        continue;
      }
      troubles_.push_back(fmt::format("{} did not take notification {}: {}",
                                      subscription.folder.empty() ? subscription.endpoint : subscription.folder,
                                      outgoing.number, delivered.error().message));
      break;
    }
    return {};
  }

  // The subscription may have been changed or deleted while it was served.
  Result<void> note(const Subscription& served, const Outgoing& outgoing, const Result<void>& delivered,
                    std::int64_t newest) {
    auto transaction = store_.write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    auto now = store_.subscription(served.id);
    if (!now) return tl::make_unexpected(now.error());
    if (!*now) return {};
    Subscription& subscription = **now;
    if (delivered) {
      if (auto dropped = store_.drop_from_outbox(outgoing.id); !dropped) return dropped;
      const bool changes = subscription.failures > 0 || subscription.status != "active";
      subscription.failures = 0;
      subscription.held = 0;
      subscription.error.clear();
      if (subscription.status != "off") subscription.status = "active";
      if (!changes) return transaction->commit();
    } else {
      ++subscription.failures;
      subscription.held = newest;
      subscription.error = delivered.error().message;
      const bool refused = outgoing.handshake && subscription.folder.empty();  // it never worked
      if (subscription.failures >= kMostFailures || refused) subscription.status = "error";
    }
    if (auto saved = store_.save_subscription(subscription, services_.clock.now()); !saved) return saved;
    return transaction->commit();
  }

  Store& store_;
  const Services& services_;
  const std::function<bool()>& stop_;
  std::vector<std::string> troubles_;
  std::size_t delivered_ = 0;
};

Result<bool> anything_to_do(Store& store) {
  auto transaction = store.read();
  if (!transaction) return tl::make_unexpected(transaction.error());
  return store.outbox_waits();
}

}  // namespace

Result<std::vector<std::string>> deliver_notifications(Store& store, const Services& services,
                                                       const std::function<bool()>& stop) {
  std::vector<std::string> troubles;
  // The outbox is looked at again after the turn has ended: who added to it during the last round was not let in.
  while (!stop()) {
    const auto waits = anything_to_do(store);
    if (!waits) return tl::make_unexpected(waits.error());
    if (!*waits) break;
    const Turn turn(path::join(services.state_dir, "sandbox-outbox.lock"));
    if (!turn.mine()) break;  // whoever is at it goes on until nothing is left
    for (bool more = true; more;) {
      Delivery delivery(store, services, stop);
      auto ended = delivery.run();
      if (!ended) return ended;
      troubles.insert(troubles.end(), ended->begin(), ended->end());
      more = delivery.delivered() > 0;
    }
  }
  return troubles;
}

void Courier::start() {
  thread_ = std::thread([this] { run(); });
}

void Courier::wake() {
  {
    const std::lock_guard lock(mutex_);
    awake_ = true;
  }
  changed_.notify_all();
}

void Courier::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    last_begin_ = std::chrono::steady_clock::now() + kLastTime;
  }
  changed_.notify_all();
  thread_.join();
}

bool Courier::is_late() {
  const std::lock_guard lock(mutex_);
  return stopping_ && std::chrono::steady_clock::now() >= last_begin_;
}

void Courier::run() {
  for (;;) {
    go_round();
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    changed_.wait_for(lock, kIdleTime, [&] { return awake_ || stopping_; });
    awake_ = false;
  }
}

// Trouble with the store shows in the next answer of the server; a hook that fails is noted with its subscription.
void Courier::go_round() {
  {
    auto transaction = store_.read();
    const auto all = transaction ? store_.subscriptions() : tl::make_unexpected(transaction.error());
    if (!all || all->empty()) return;
  }
  if (!run_timers(store_, services_.clock.now(), services_.calendar)) return;
  static_cast<void>(deliver_notifications(store_, services_, [this] { return is_late(); }));
}

}  // namespace atz::sandbox
