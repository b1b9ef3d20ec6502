// SQLite with errors as values: prepared statements by their text, typed parameters and rows, transactions.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "atz/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace atz::sandbox {

struct Blob {
  std::string_view bytes;
};
using Parameter = std::variant<std::nullptr_t, std::int64_t, std::string_view, Blob>;

class Row {
 public:
  using Value = std::variant<std::nullptr_t, std::int64_t, std::string>;
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  [[nodiscard]] bool is_null(std::size_t column) const;
  [[nodiscard]] std::int64_t integer(std::size_t column) const;     // 0 when it is none
  [[nodiscard]] const std::string& text(std::size_t column) const;  // text or blob; "" when it is neither
  [[nodiscard]] std::optional<std::int64_t> maybe(std::size_t column) const;

 private:
  std::vector<Value> values_;
};

class Database {
 public:
  // Creates the file with mode 0600 when it is missing. WAL, synchronous=FULL, deleted content is overwritten.
  static Result<Database> open(const std::string& path);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // `sql` must be a string literal: its address is the key of the prepared statement.
  Result<std::vector<Row>> query(const char* sql, std::initializer_list<Parameter> parameters = {});
  Result<void> run(const char* sql, std::initializer_list<Parameter> parameters = {});
  Result<std::optional<Row>> one(const char* sql, std::initializer_list<Parameter> parameters = {});
  Result<void> script(const char* sql);  // several statements without parameters
  void rollback() noexcept;              // nothing happens outside a transaction

 private:
  explicit Database(sqlite3* handle);
  [[nodiscard]] Error error(int code) const;
  Result<sqlite3_stmt*> prepared(const char* sql);

  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace atz::sandbox
