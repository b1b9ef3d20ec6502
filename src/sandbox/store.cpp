#include "sandbox/store.hpp"

#include <fmt/format.h>

#include "sandbox/store_values.hpp"

namespace atz::sandbox {

Store::Store(Database database, const Services& services)
    : database_(std::move(database)), vault_(services.vault), random_(services.random) {}

Result<std::unique_ptr<Store>> Store::open(const Services& services) {
  if (auto made = services.files.make_private_directory(services.state_dir); !made) {
    return tl::make_unexpected(made.error());
  }
  auto database = Database::open(path::join(services.state_dir, "sandbox.db"));
  if (!database) return tl::make_unexpected(database.error());
  std::unique_ptr<Store> store(new Store(std::move(*database), services));
  if (auto ready = store->prepare(); !ready) return tl::make_unexpected(ready.error());
  store->prepared_ = true;
  return store;
}

Result<Store::Transaction> Store::write() {
  std::unique_lock lock(mutex_);
  if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return tl::make_unexpected(begun.error());
  Transaction transaction(*this, std::move(lock));
  if (!prepared_) return transaction;
  const auto changes = key_changes();
  if (!changes) return tl::make_unexpected(changes.error());
  if (*changes != vault_.key_changes()) {
    return fail(Failure::state, "The key of the state folder was changed while this program ran.", "Start it again.");
  }
  return transaction;
}

Result<Store::Transaction> Store::read() {
  std::unique_lock lock(mutex_);
  if (auto begun = database_.run("BEGIN"); !begun) return tl::make_unexpected(begun.error());
  return Transaction(*this, std::move(lock));
}

Store::Transaction::~Transaction() {
  if (store_ == nullptr) return;
  store_->changes_.clear();
  store_->opened_.clear();
  store_->database_.rollback();
}

Result<void> Store::Transaction::commit() {
  if (auto announced = store_->announce(); !announced) return announced;
  auto done = store_->database_.run("COMMIT");
  if (!done) return done;
  store_ = nullptr;
  lock_.unlock();
  return {};
}

Result<std::string> Store::next(const char* counter, std::int64_t first, const char* prefix) {
  auto row =
      database_.one("INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = value + 1 RETURNING value",
                    {std::string_view(counter), first});
  if (!row) return tl::make_unexpected(row.error());
  return fmt::format("{}{}", prefix, (*row)->integer(0));
}

Result<std::string> Store::next_case_id() {
  return next("case", 900'000'101, "");
}

Result<std::string> Store::next_authorization_number() {
  return next("authorization", 7'700'451, "PA");
}

Result<std::string> Store::next_control_number() {
  return next("question", 55'021, "ACN-");
}

std::string Store::seal(std::string_view plain, std::string_view place, std::string_view row) {
  return vault_.seal(plain, fmt::format("sandbox {} {}", place, row), random_);
}

Result<std::string> Store::unseal(std::string_view sealed, std::string_view place, std::string_view row) const {
  return vault_.open(sealed, fmt::format("sandbox {} {}", place, row));
}

std::string Store::body_digest(std::string_view canonical) const {
  return vault_.digest(canonical, "sandbox body");
}

// The parts have lengths in front, so that two different keys never read the same.
static std::string message_key(const MessageKey& key) {
  const char* kind = key.kind == MessageKind::submit        ? "submit"
                     : key.kind == MessageKind::transaction ? "transaction"
                                                            : "attachment";
  return fmt::format("{} {}:{} {}:{} {}:{}", kind, key.client.size(), key.client, key.system.size(), key.system,
                     key.value.size(), key.value);
}

Result<std::vector<StoredReply>> Store::replies(const MessageKey& key) {
  const std::string digest = vault_.digest(message_key(key), "sandbox message");
  const auto rows =
      database_.query("SELECT body, status, case_id, reply FROM messages WHERE key = ? ORDER BY id", {digest});
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<StoredReply> found;
  for (const Row& row : *rows) {
    auto body = unseal(row.text(3), "messages.reply", digest);
    if (!body) return tl::make_unexpected(body.error());
    found.push_back({row.text(0), static_cast<int>(row.integer(1)), std::move(*body), row.text(2)});
  }
  return found;
}

Result<void> Store::remember(const MessageKey& key, const StoredReply& reply, Instant at) {
  const std::string digest = vault_.digest(message_key(key), "sandbox message");
  const std::string sealed = seal(reply.body, "messages.reply", digest);
  return database_.run("INSERT INTO messages(key, body, at, status, case_id, reply) VALUES(?, ?, ?, ?, ?, ?)",
                       {digest, reply.body_digest, std::int64_t{at.time_since_epoch().count()},
                        std::int64_t{reply.status}, reply.case_id, Blob{sealed}});
}

Result<bool> Store::spend_assertion(const std::string& digest, Instant until, Instant now) {
  constexpr std::int64_t kMost = 10'000;
  if (auto swept = database_.run("DELETE FROM assertions WHERE until <= ?", {seconds(now)}); !swept) {
    return tl::make_unexpected(swept.error());
  }
  const auto row = database_.one("SELECT COUNT(*), MAX(digest = ?) FROM assertions", {digest});
  if (!row) return tl::make_unexpected(row.error());
  if ((*row)->integer(1) != 0) return false;
  if ((*row)->integer(0) >= kMost) return fail(Failure::busy, "A client signs in too often.");
  if (auto kept = database_.run("INSERT INTO assertions(digest, until) VALUES(?, ?)", {digest, seconds(until)});
      !kept) {
    return tl::make_unexpected(kept.error());
  }
  return true;
}

// What was used to sign in stays used.
Result<void> Store::forget_everything() {
  {
    auto transaction = write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    if (auto gone = database_.script("DELETE FROM outbox; DELETE FROM subscriptions; DELETE FROM timers; DELETE FROM "
                                     "history; DELETE FROM letters; DELETE FROM questions;"
                                     "DELETE FROM events; DELETE FROM lines; DELETE FROM rounds; DELETE FROM messages;"
                                     "DELETE FROM cases; DELETE FROM members;"
                                     "DELETE FROM meta WHERE key NOT IN ('check', 'key_changes', 'pas_version');");
        !gone) {
      return gone;
    }
    if (auto done = transaction->commit(); !done) return done;
  }
  const std::lock_guard lock(mutex_);
  return database_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace atz::sandbox
