#include "ledger/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace atz::ledger {

namespace {

// Readers and writers of a write-ahead log do not wait for each other; this is for the rare moments when they do
// (recovery after a crash, a foreign program that holds the file).
constexpr int kBusyMilliseconds = 5000;

}  // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}
void Connection::Closer::operator()(sqlite3* handle) const {
  sqlite3_close(handle);
}

Statement::Statement(const Connection& connection, std::string_view sql) : connection_(&connection) {
  sqlite3_stmt* statement = nullptr;
  code_ = sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
}

void Statement::restart() {
  if (!statement_) return;
  sqlite3_reset(statement_.get());
  code_ = SQLITE_OK;
}

void Statement::put(int index, std::int64_t value) {
  if (code_ == SQLITE_OK) code_ = sqlite3_bind_int64(statement_.get(), index, value);
}

void Statement::put(int index, std::string_view value) {
  const char* bytes = value.data() == nullptr ? "" : value.data();
  if (code_ == SQLITE_OK) {
    code_ = sqlite3_bind_text64(statement_.get(), index, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
}

void Statement::put(int index, Blob value) {
  const char* bytes = value.bytes.data() == nullptr ? "" : value.bytes.data();
  if (code_ == SQLITE_OK) {
    code_ = sqlite3_bind_blob64(statement_.get(), index, bytes, value.bytes.size(), SQLITE_TRANSIENT);
  }
}

void Statement::put(int index, const std::optional<std::string>& blob) {
  if (blob) {
    put(index, Blob{*blob});
  } else if (code_ == SQLITE_OK) {
    code_ = sqlite3_bind_null(statement_.get(), index);
  }
}

Result<bool> Statement::next() {
  if (code_ == SQLITE_OK || code_ == SQLITE_ROW) code_ = sqlite3_step(statement_.get());
  if (code_ == SQLITE_ROW) return true;
  if (code_ == SQLITE_DONE) return false;
  return tl::make_unexpected(connection_->error(code_));
}

Result<void> Statement::run() {
  for (;;) {
    const auto row = next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return {};
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<Connection> Connection::open(const std::string& path, Mode mode) {
  Connection connection;
  connection.path_ = path;
  const int flags = mode == Mode::read    ? SQLITE_OPEN_READONLY
                    : mode == Mode::write ? SQLITE_OPEN_READWRITE
                                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(mode == Mode::memory ? ":memory:" : path.c_str(), &handle, flags, nullptr);
  connection.handle_.reset(handle);
  if (code != SQLITE_OK) return tl::make_unexpected(connection.error(code));

  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  // A file that somebody prepared must not run SQL of its own, nor may a damaged cell be trusted.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // Temporary tables in memory: nothing of a case lands in a temporary folder.
  if (auto set = connection.script("PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;");
      !set) {
    return tl::make_unexpected(set.error());
  }
  return connection;
}

Result<void> Connection::script(const std::string& sql) const {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::make_unexpected(error(code));
  return {};
}

Result<std::string> Connection::image() const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(sqlite3_serialize(handle(), "main", &size, 0),
                                                              sqlite3_free);
  if (!bytes) return tl::make_unexpected(error(SQLITE_NOMEM));
  return std::string(bytes.get(), bytes.get() + size);
}

void Connection::fold_on_close(bool fold) const {
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, fold ? 0 : 1, nullptr);
}

Error Connection::error(int code) const {
  const std::string reason = sqlite3_errstr(code);
  Error damaged{
      Failure::state, fmt::format("The ledger {} is damaged, or it is no ledger ({}).", path_, reason),
      "Restore the state folder from a backup. Without one, look up at the payer what was sent before you send again."};
  if (code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS) return damaged;
  switch (code & 0xff) {
    case SQLITE_ERROR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_TOOBIG:
      return damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Failure::busy, fmt::format("Another program keeps the ledger {} locked.", path_),
              "Close the program that has the file open, then run the command again."};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
      return {Failure::bug, fmt::format("The ledger refused a change: {}.", sqlite3_errmsg(handle())), {}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return {Failure::io, fmt::format("The ledger {} can't be opened or written ({}).", path_, reason),
              "The state folder and the files in it must belong to you and be writable."};
    case SQLITE_NOMEM:
      return {Failure::io, "There is no memory left to work on the ledger.",
              "End other programs or raise the limit (ulimit -v), then run the command again."};
    default:
      return {Failure::io, fmt::format("The system refused an operation on the ledger {} ({}).", path_, reason),
              "Check that the disk has room and is healthy."};
  }
}

Result<Transaction> Transaction::begin(const Connection& connection, Kind kind) {
  // IMMEDIATE takes the write lock at once, so that a transaction never fails half-way because of another writer.
  if (auto begun = connection.script(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN"); !begun) {
    return tl::make_unexpected(begun.error());
  }
  return Transaction(connection);
}

Transaction::~Transaction() {
  // Some failures have rolled back already.
  if (connection_ != nullptr && sqlite3_get_autocommit(connection_->handle()) == 0) {
    (void)connection_->script("ROLLBACK");
  }
}

Result<void> Transaction::commit() {
  auto done = connection_->script("COMMIT");
  if (done) connection_ = nullptr;
  return done;
}

}  // namespace atz::ledger
