// The C API of SQLite as three small types that release what they hold. Failures are values; SQL errors keep no row
// content.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "atz/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace atz::ledger {

struct Blob {
  std::string_view bytes;
};

class Connection;

// One prepared statement. A mistake while preparing or binding shows in the next call of next() or run().
class Statement {
 public:
  Statement(const Connection& connection, std::string_view sql);

  // Starts over with these values for ?1, ?2 ...
  template <class... Values>
  Statement& bind(const Values&... values) {
    restart();
    int index = 0;
    (put(++index, values), ...);
    return *this;
  }
  [[nodiscard]] Result<bool> next();  // true: there is a row to read
  Result<void> run();                 // to the end, rows thrown away

  [[nodiscard]] std::int64_t integer(int column) const;  // 0 when NULL
  [[nodiscard]] std::string text(int column) const;      // text or blob; "" when NULL
  [[nodiscard]] bool is_null(int column) const;

 private:
  void restart();
  void put(int index, std::int64_t value);
  void put(int index, std::string_view value);
  void put(int index, Blob value);
  void put(int index, const std::optional<std::string>& blob);  // NULL when empty
  void put(int index, int value) { put(index, std::int64_t{value}); }
  void put(int index, const std::string& value) { put(index, std::string_view(value)); }
  void put(int index, const char* value) { put(index, std::string_view(value)); }

  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  const Connection* connection_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
  int code_ = 0;
};

class Connection {
 public:
  enum class Mode { read, write, memory };
  // Creates no file; `memory` takes no path.
  static Result<Connection> open(const std::string& path, Mode mode);

  Result<void> script(const std::string& sql) const;  // several statements without values
  template <class... Values>
  Result<void> run(std::string_view sql, const Values&... values) const {
    return Statement(*this, sql).bind(values...).run();
  }
  // The first column of the first row; nullopt when there is no row.
  template <class... Values>
  [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view sql, const Values&... values) const {
    Statement statement(*this, sql);
    const auto row = statement.bind(values...).next();
    if (!row) return tl::make_unexpected(row.error());
    return *row ? std::optional(statement.integer(0)) : std::nullopt;
  }
  // The whole database as the bytes of a file.
  [[nodiscard]] Result<std::string> image() const;
  // Whether closing the last connection folds the write-ahead log into the main file.
  void fold_on_close(bool fold) const;

  [[nodiscard]] Error error(int code) const;
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Closer> handle_;
};

// Rolls back when destroyed without a commit.
class Transaction {
 public:
  enum class Kind { read, write };
  static Result<Transaction> begin(const Connection& connection, Kind kind);
  Transaction(Transaction&& other) noexcept : connection_(other.connection_) { other.connection_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(const Connection& connection) : connection_(&connection) {}
  const Connection* connection_;
};

}  // namespace atz::ledger
