#include "sandbox/store.hpp"

#include <fmt/format.h>

namespace atz::sandbox {
namespace {

constexpr std::int64_t kSchemaVersion = 1;

constexpr const char* kSchema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE cases(
  case_id TEXT PRIMARY KEY,
  client TEXT NOT NULL,
  home_id TEXT NOT NULL,
  label TEXT NOT NULL,
  batch TEXT NOT NULL,
  npi TEXT NOT NULL,
  member TEXT NOT NULL,          -- keyed digest of the member ID
  claim TEXT NOT NULL,           -- keyed digest of Claim.identifier
  content TEXT NOT NULL,         -- keyed digest of the content
  received INTEGER NOT NULL,     -- seconds since 1970
  decided INTEGER,
  status TEXT NOT NULL,
  request BLOB NOT NULL) WITHOUT ROWID;  -- sealed
CREATE INDEX cases_by_member ON cases(client, member);
CREATE INDEX cases_by_claim ON cases(client, claim);
CREATE TABLE lines(
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  code TEXT NOT NULL,
  first INTEGER NOT NULL,        -- days since 1970, as all dates
  last INTEGER NOT NULL,
  quarters INTEGER,              -- hours a week asked for, times four
  action TEXT NOT NULL,
  authorization_number TEXT NOT NULL,
  authorized_first INTEGER,
  authorized_last INTEGER,
  issued INTEGER,
  granted_quarters INTEGER,
  PRIMARY KEY(case_id, sequence)) WITHOUT ROWID;
CREATE INDEX lines_by_number ON lines(authorization_number) WHERE authorization_number <> '';
CREATE TABLE events(
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  note BLOB) STRICT;             -- sealed
CREATE INDEX events_by_case ON events(case_id);
CREATE TABLE messages(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,             -- keyed digest of client, kind and Bundle.identifier
  body TEXT NOT NULL,            -- keyed digest
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  reply BLOB NOT NULL) STRICT;   -- sealed
CREATE INDEX messages_by_key ON messages(key);
CREATE TABLE members(
  member TEXT PRIMARY KEY,       -- keyed digest of the member ID
  name TEXT NOT NULL,            -- keyed digest of last name and birth date
  listed INTEGER NOT NULL,
  record BLOB NOT NULL) WITHOUT ROWID;  -- sealed
CREATE INDEX members_by_name ON members(name);
)sql";

}  // namespace

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
  return store;
}

Result<void> Store::prepare() {
  auto transaction = write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  const auto version = database_.one("PRAGMA user_version");
  if (!version) return tl::make_unexpected(version.error());
  const std::int64_t found = *version ? (*version)->integer(0) : 0;
  if (found == 0) {
    if (auto made = database_.script(kSchema); !made) return made;
    if (auto marked = database_.script("PRAGMA user_version = 1"); !marked) return marked;
    const std::string check = seal("atz sandbox", "meta.check", "");
    if (auto kept = database_.run("INSERT INTO meta VALUES('check', ?)", {Blob{check}}); !kept) return kept;
    return transaction->commit();
  }
  if (found != kSchemaVersion) {
    return fail(
        Failure::state,
        fmt::format("The embedded payer's store has version {}, and this atz knows version {}.", found, kSchemaVersion),
        "Use the atz that wrote it, or start afresh with `atz sandbox reset`.");
  }
  const auto check = database_.one("SELECT value FROM meta WHERE key = 'check'");
  if (!check) return tl::make_unexpected(check.error());
  if (!*check || !unseal((*check)->text(0), "meta.check", "")) {
    return fail(Failure::state, "The embedded payer's store was sealed with another key.",
                "Put the former key file back, or start afresh with `atz sandbox reset`.");
  }
  return transaction->commit();
}

Result<Store::Transaction> Store::write() {
  std::unique_lock lock(mutex_);
  if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return tl::make_unexpected(begun.error());
  return Transaction(*this, std::move(lock));
}

Result<Store::Transaction> Store::read() {
  std::unique_lock lock(mutex_);
  if (auto begun = database_.run("BEGIN"); !begun) return tl::make_unexpected(begun.error());
  return Transaction(*this, std::move(lock));
}

Store::Transaction::~Transaction() {
  if (store_ != nullptr) store_->database_.rollback();
}

Result<void> Store::Transaction::commit() {
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
  const char* kind = key.kind == MessageKind::submit ? "submit" : "transaction";
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

Result<void> Store::forget_everything() {
  {
    auto transaction = write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    if (auto gone = database_.script("DELETE FROM events; DELETE FROM lines; DELETE FROM messages; DELETE FROM cases;"
                                     "DELETE FROM members; DELETE FROM meta WHERE key <> 'check';");
        !gone) {
      return gone;
    }
    if (auto done = transaction->commit(); !done) return done;
  }
  const std::lock_guard lock(mutex_);
  return database_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace atz::sandbox
