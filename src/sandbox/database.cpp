#include "sandbox/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace atz::sandbox {
namespace {

constexpr int kBusyMilliseconds = 10'000;

// SQLite would create the file with the umask's mode. An existing file must not be opened and closed here: that drops
// the locks which another connection of this process holds on it.
Result<void> ensure_private_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0) {
    ::close(fd);
    return {};
  }
  const int reason = errno;
  struct stat status {};
  if (reason != EEXIST || ::lstat(path.c_str(), &status) != 0) {
    return fail(Failure::io, fmt::format("{}: can't be created: {}.", path, std::strerror(reason)));
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(Failure::state, fmt::format("{}: is not a regular file.", path), "Move it away and run again.");
  }
  if ((status.st_mode & 077U) != 0 && ::chmod(path.c_str(), 0600) != 0) {
    return fail(Failure::io, fmt::format("{}: can't be made private: {}.", path, std::strerror(errno)));
  }
  return {};
}

int bind(sqlite3_stmt* statement, int index, const Parameter& parameter) {
  struct Binder {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    // The parameters outlive the statement's run, so SQLite needs no copy.
    int operator()(std::string_view text) const {
      return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    }
    int operator()(Blob blob) const {
      return sqlite3_bind_blob64(statement, index, blob.bytes.empty() ? "" : blob.bytes.data(), blob.bytes.size(),
                                 SQLITE_STATIC);
    }
  };
  return std::visit(Binder{statement, index}, parameter);
}

Row::Value column(sqlite3_stmt* statement, int index) {
  switch (sqlite3_column_type(statement, index)) {
    case SQLITE_NULL:
      return nullptr;
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_column_int64(statement, index));
    default: {
      const void* bytes = sqlite3_column_blob(statement, index);
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
      return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
    }
  }
}

}  // namespace

bool Row::is_null(std::size_t index) const {
  return std::holds_alternative<std::nullptr_t>(values_.at(index));
}

std::int64_t Row::integer(std::size_t index) const {
  return maybe(index).value_or(0);
}

const std::string& Row::text(std::size_t index) const {
  static const std::string empty;
  const auto* text = std::get_if<std::string>(&values_.at(index));
  return text != nullptr ? *text : empty;
}

std::optional<std::int64_t> Row::maybe(std::size_t index) const {
  const auto* value = std::get_if<std::int64_t>(&values_.at(index));
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

void Database::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}
void Database::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Database::Database(sqlite3* handle) : handle_(handle) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() {
  statements_.clear();  // before the connection goes
}

Result<Database> Database::open(const std::string& path) {
  if (auto made = ensure_private_file(path); !made) return tl::make_unexpected(made.error());
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) return tl::make_unexpected(database.error(code));
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  sqlite3_extended_result_codes(raw, 1);
  if (auto set = database.script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                 "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;");
      !set) {
    return tl::make_unexpected(set.error());
  }
  return database;
}

Error Database::error(int code) const {
  Error error;
  const int primary = code & 0xff;
  const char* text = handle_ != nullptr ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  error.message = fmt::format("The embedded payer's store: {}.", text);
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    error.failure = Failure::busy;
  } else if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_SCHEMA) {
    error.failure = Failure::state;
    error.help = "`atz sandbox reset` starts with an empty store.";
  } else if (primary == SQLITE_ERROR || primary == SQLITE_MISUSE || primary == SQLITE_RANGE) {
    error.failure = Failure::bug;
  } else {
    error.failure = Failure::io;
  }
  return error;
}

Result<sqlite3_stmt*> Database::prepared(const char* sql) {
  auto& slot = statements_[sql];
  if (!slot) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return tl::make_unexpected(error(code));
    slot.reset(raw);
  }
  return slot.get();
}

Result<std::vector<Row>> Database::query(const char* sql, std::initializer_list<Parameter> parameters) {
  auto statement = prepared(sql);
  if (!statement) return tl::make_unexpected(statement.error());
  struct Reset {
    sqlite3_stmt* statement;
    ~Reset() {
      sqlite3_reset(statement);
      sqlite3_clear_bindings(statement);
    }
  } const reset{*statement};
  int index = 0;
  for (const Parameter& parameter : parameters) {
    if (const int code = bind(*statement, ++index, parameter); code != SQLITE_OK) {
      return tl::make_unexpected(error(code));
    }
  }
  std::vector<Row> rows;
  const int columns = sqlite3_column_count(*statement);
  for (;;) {
    const int code = sqlite3_step(*statement);
    if (code == SQLITE_DONE) return rows;
    if (code != SQLITE_ROW) return tl::make_unexpected(error(code));
    std::vector<Row::Value> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) values.push_back(column(*statement, i));
    rows.emplace_back(std::move(values));
  }
}

Result<void> Database::run(const char* sql, std::initializer_list<Parameter> parameters) {
  auto rows = query(sql, parameters);
  if (!rows) return tl::make_unexpected(rows.error());
  return {};
}

Result<std::optional<Row>> Database::one(const char* sql, std::initializer_list<Parameter> parameters) {
  auto rows = query(sql, parameters);
  if (!rows) return tl::make_unexpected(rows.error());
  if (rows->empty()) return std::optional<Row>();
  return std::optional<Row>(std::move(rows->front()));
}

Result<void> Database::script(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::make_unexpected(error(code));
  return {};
}

void Database::rollback() noexcept {
  if (handle_ != nullptr && sqlite3_get_autocommit(handle_.get()) == 0) {
    sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

}  // namespace atz::sandbox
