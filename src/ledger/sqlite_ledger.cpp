#include "ledger/sqlite_ledger.hpp"

#include <fmt/format.h>

namespace atz::ledger {

std::string context(std::string_view column, const MessageKey& key) {
  return fmt::format("{}/{}/{}/{}", column, key.batch_id, key.label, key.attempt);
}

std::string context(std::string_view column, const MessageKey& key, std::int64_t number) {
  return fmt::format("{}/{}", context(column, key), number);
}

std::int64_t seconds(Instant instant) {
  return instant.time_since_epoch().count();
}

Instant instant(std::int64_t seconds) {
  return Instant{std::chrono::seconds{seconds}};
}

SqliteLedger::SqliteLedger(std::optional<WriterLock> lock, Connection connection, const seal::Vault& vault,
                           Random& random, Keyed keyed)
    : lock_(std::move(lock)),
      db_(std::move(connection)),
      vault_(&vault),
      random_(&random),
      actor_(std::move(keyed.actor)),
      key_changes_(keyed.key_changes) {}

std::string SqliteLedger::digest(std::string_view data, std::string_view context) const {
  return vault_->digest_after(key_changes_, data, context);
}

std::string SqliteLedger::content_digest(std::string_view content) const {
  return digest(content, "cases.content_digest");
}

std::string SqliteLedger::body_digest(std::string_view body) const {
  return digest(body, "cases.body_digest");
}

Result<Transaction> SqliteLedger::begin_write(Durable durable) {
  if (!lock_) return tl::make_unexpected(bug("A ledger that was opened for reading can't be written."));
  const char* mode = durable == Durable::synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
  if (auto set = db_.script(mode); !set) return tl::make_unexpected(set.error());
  if (durable == Durable::soon) db_.fold_on_close(true);
  return Transaction::begin(db_, Transaction::Kind::write);
}

Result<std::string> SqliteLedger::image() const {
  return db_.image();
}

Error SqliteLedger::damaged(const std::string& what) const {
  return {
      Failure::state, fmt::format("The ledger {} is damaged: {}.", db_.path(), what),
      "Restore the state folder from a backup. Without one, look up at the payer what was sent before you send again."};
}

std::string SqliteLedger::seal(std::string_view plain, const std::string& context) const {
  return vault_->seal(plain, context, *random_);
}

Result<std::string> SqliteLedger::unseal(const Statement& row, int column, const std::string& context) const {
  auto plain = vault_->open(row.text(column), context);
  if (!plain) return tl::make_unexpected(damaged(fmt::format("a sealed value ({}) does not open", context)));
  return plain;
}

}  // namespace atz::ledger
