#include <fmt/format.h>

#include <mutex>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/courier.hpp"
#include "sandbox/listener.hpp"
#include "sandbox/members_file.hpp"
#include "sandbox/service.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {
namespace {

constexpr std::uint64_t kMostMembersBytes = 16ULL * 1024 * 1024;
constexpr std::size_t kSecretLength = 40;

Result<void> load_members(const Services& services, const std::string& file, Store& store) {
  const auto bytes = services.files.read(file, kMostMembersBytes);
  if (!bytes) return tl::make_unexpected(bytes.error());
  const auto members = parse_members(*bytes, path::name(file));
  if (!members) return tl::make_unexpected(members.error());
  auto transaction = store.write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  if (auto done = store.unlist_members(); !done) return done;
  for (const MemberRecord& member : *members) {
    if (auto saved = store.save_member(member); !saved) return saved;
  }
  return transaction->commit();
}

// Other processes make notifications, too: the desk, and whoever runs the timers.
Result<void> keep_version(const std::string& version, Store& store) {
  {
    auto transaction = store.read();
    if (!transaction) return tl::make_unexpected(transaction.error());
    const auto kept = store.pas_version();
    if (!kept) return tl::make_unexpected(kept.error());
    if (*kept == version) return {};
  }
  auto transaction = store.write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  if (auto kept = store.set_pas_version(version); !kept) return kept;
  return transaction->commit();
}

const Clock& machine_clock(const Services& services) {
  return services.machine_clock != nullptr ? *services.machine_clock : services.clock;
}

Result<bool> spend_assertion(Store& store, const std::string& digest, Instant until, Instant now) {
  auto transaction = store.write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  const auto first = store.spend_assertion(digest, until, now);
  if (!first || !*first) return first;
  if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  return true;
}

class RunningServer final : public Server {
 public:
  RunningServer(const Services& services, const ServerOptions& options, std::unique_ptr<Store> store)
      : random_(services.random),
        store_(std::move(store)),
        sign_in_(options.client_id.empty() ? kClientId : options.client_id, secret_of(options), services.clock, random_,
                 options.reports),
        faults_(options.faults),
        courier_(*store_, services),
        listener_(faults_, machine_clock(services), options.patience) {}
  ~RunningServer() override { stop(); }

  Result<void> run(const Services& services, const ServerOptions& options) {
    const auto port = listener_.bind(options.port);
    if (!port) return tl::make_unexpected(port.error());
    port_ = *port;
    if (!options.jwks.empty()) {
      auto keys = ClientKeys::read(options.jwks);
      if (!keys) return tl::make_unexpected(keys.error());
      sign_in_.accept_keys(std::move(*keys), base_url() + "/token", machine_clock(services),
                           [this](const std::string& digest, Instant until, Instant now) {
                             return spend_assertion(*store_, digest, until, now);
                           });
    }
    service_ = std::make_unique<Service>(*store_, sign_in_, services.clock,
                                         IntakeRules{options.tolerant, !options.members_file.empty(), services.calendar,
                                                     options.script, options.pas_version},
                                         Service::Options{base_url(),
                                                          options.requires_sign_in,
                                                          {options.offers_transaction, options.offers_batch},
                                                          options.reports,
                                                          options.pas_version,
                                                          [this] { courier_.wake(); }});
    listener_.serve(*service_);
    courier_.start();
    return {};
  }

  [[nodiscard]] int port() const override { return port_; }
  [[nodiscard]] std::string base_url() const override { return fmt::format("http://127.0.0.1:{}/fhir", port_); }
  [[nodiscard]] std::string client_id() const override { return sign_in_.client_id(); }
  [[nodiscard]] const seal::Secret& client_secret() const override { return sign_in_.secret(); }

  void wait() override {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return stopped_; });
  }

  void stop() override {
    const std::lock_guard once(stopping_);
    listener_.stop();
    courier_.stop();
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    ended_.notify_all();
  }

 private:
  seal::Secret secret_of(const ServerOptions& options) {
    return seal::Secret(options.client_secret.empty() ? random_base32(random_, kSecretLength) : options.client_secret);
  }

  LockedRandom random_;
  std::unique_ptr<Store> store_;
  SignIn sign_in_;
  FaultPlan faults_;
  std::unique_ptr<Service> service_;
  Courier courier_;
  Listener listener_;  // last: its threads use all of the above
  int port_ = 0;
  std::mutex stopping_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool stopped_ = false;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const Services& services, const ServerOptions& options) {
  auto store = Store::open(services);
  if (!store) return tl::make_unexpected(store.error());
  if (!options.members_file.empty()) {
    if (auto loaded = load_members(services, options.members_file, **store); !loaded) {
      return tl::make_unexpected(loaded.error());
    }
  }
  if (auto kept = keep_version(options.pas_version, **store); !kept) return tl::make_unexpected(kept.error());
  if (!options.notify_folder.empty()) {
    auto transaction = (*store)->write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    const std::string folder = services.files.absolute(options.notify_folder);
    if (auto set = (*store)->set_notify_folder(folder, services.clock.now()); !set)
      return tl::make_unexpected(set.error());
    if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  }
  auto server = std::make_unique<RunningServer>(services, options, std::move(*store));
  if (auto running = server->run(services, options); !running) return tl::make_unexpected(running.error());
  return std::unique_ptr<Server>(std::move(server));
}

Result<void> reset(const Services& services) {
  if (auto forgotten = SandboxClock(services.files, services.state_dir).reset(); !forgotten) return forgotten;
  const std::string file = path::join(services.state_dir, "sandbox.db");
  if (services.files.info(file).kind == FileInfo::Kind::missing) return {};
  auto store = Store::open(services);
  if (store) return (*store)->forget_everything();  // not removed: a server may be using it
  if (store.error().failure != Failure::state) return tl::make_unexpected(store.error());
  for (const char* suffix : {"-wal", "-shm", ""}) {
    if (auto removed = services.files.remove(file + suffix); !removed) return removed;
  }
  return {};
}

}  // namespace atz::sandbox
