// Everything sealed anew with the newest key.
#include <fmt/format.h>

#include "ledger/log.hpp"
#include "ledger/sealed_columns.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {
namespace {

struct Change {
  std::int64_t row;
  std::string value;
};

// The new values of a column, all of them before the first is written: a row that moves while it is read over could be
// met twice. A ledger has some megabytes of them.
template <class New>
Result<std::vector<Change>> changes_of(const Connection& db, std::string_view rows, const New& made_of) {
  std::vector<Change> changes;
  Statement selected(db, rows);
  for (;;) {
    const auto row = selected.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return changes;
    auto value = made_of(selected);
    if (!value) return tl::make_unexpected(value.error());
    changes.push_back({selected.integer(0), std::move(*value)});
  }
}

}  // namespace

Result<void> SqliteLedger::rekey(Instant at) {
  if (key_changes_ == vault_->key_changes()) return {};
  // What is overwritten is zeroed in the file too.
  if (auto set = db_.script("PRAGMA secure_delete=ON"); !set) return set;
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  // The events stay what they are; only their seal is new.
  if (auto off = db_.script("DROP TRIGGER events_stay"); !off) return off;
  for (const auto& column : kSealedColumns) {
    const auto changes = changes_of(db_, column.rows, [&](const Statement& row) -> Result<std::string> {
      const std::string context = row.text(2);
      auto plain = unseal(row, 1, context);
      if (!plain) return plain;
      return seal(*plain, context);
    });
    if (!changes) return tl::make_unexpected(changes.error());
    Statement update(db_, fmt::format("UPDATE {} SET {} = ?2 WHERE rowid = ?1", column.table, column.column));
    for (const auto& change : *changes) {
      if (auto put = update.bind(change.row, Blob{change.value}).run(); !put) return put;
    }
  }
  for (const auto& column : kDigestColumns) {
    const auto rows = fmt::format("SELECT rowid, {} FROM {}", column.column, column.table);
    const auto changes = changes_of(db_, rows, [&](const Statement& row) -> Result<std::string> {
      return vault_->carry_digest(key_changes_, row.text(1));
    });
    if (!changes) return tl::make_unexpected(changes.error());
    Statement update(db_, fmt::format("UPDATE {} SET {} = ?2 WHERE rowid = ?1", column.table, column.column));
    for (const auto& change : *changes) {
      if (auto put = update.bind(change.row, change.value).run(); !put) return put;
    }
  }
  if (auto on = db_.script("CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN "
                           "SELECT RAISE(ABORT, 'events are append-only'); END");
      !on) {
    return on;
  }
  const int former = key_changes_;
  key_changes_ = vault_->key_changes();
  auto finished = finish_rekey(at);
  if (finished) finished = transaction->commit();
  if (!finished) {
    key_changes_ = former;
    return finished;
  }
  // Pages that are no longer used and the write-ahead log still hold what the former key had sealed.
  if (auto folded = db_.script("PRAGMA wal_checkpoint(TRUNCATE)"); !folded) return folded;
  if (auto packed = db_.script("VACUUM"); !packed) return packed;
  return db_.script("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<void> SqliteLedger::finish_rekey(Instant at) {
  auto put = db_.run("INSERT OR REPLACE INTO properties VALUES ('key_check', ?1), ('key_changes', ?2)",
                     digest("atz ledger", "properties.key_check"), std::to_string(key_changes_));
  if (!put) return put;
  LogNote note;
  note.action = "rekey";
  note.what = fmt::format("key {} takes the place of key {}", key_changes_ + 1, key_changes_);
  return add_log(note, at);
}

}  // namespace atz::ledger
