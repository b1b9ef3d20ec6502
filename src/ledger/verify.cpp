// Reads everything once, to find damage before it is needed.
#include <fmt/format.h>

#include "ledger/sealed_columns.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {
namespace {

// What a PRAGMA that lists problems has to say, one line each.
Result<void> list(const Connection& db, std::string_view pragma, std::string_view fine, std::vector<std::string>& out) {
  Statement rows(db, pragma);
  for (;;) {
    const auto row = rows.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return {};
    if (rows.text(0) != fine) out.push_back(fmt::format("the file is damaged: {}", rows.text(0)));
  }
}

template <class T>
void note(const Result<T>& read, const std::string& what, std::vector<std::string>& out) {
  if (!read) out.push_back(fmt::format("{}: {}", what, read.error().message));
}

}  // namespace

Result<std::vector<std::string>> SqliteLedger::verify() const {
  std::vector<std::string> wrong;
  if (auto listed = list(db_, "PRAGMA integrity_check", "ok", wrong); !listed)
    return tl::make_unexpected(listed.error());
  if (!wrong.empty()) return wrong;  // reading on would only repeat it
  Statement orphans(db_, "PRAGMA foreign_key_check");
  const auto orphan = orphans.next();
  if (!orphan) return tl::make_unexpected(orphan.error());
  if (*orphan) wrong.push_back(fmt::format("a row of table {} belongs to nothing", orphans.text(0)));

  Statement batches(db_, "SELECT batch_id FROM batches ORDER BY id");
  for (;;) {
    const auto row = batches.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) break;
    note(body(batches.text(0)), fmt::format("submission {}", batches.text(0)), wrong);
  }
  auto selected = select_cases("1");
  for (;;) {
    const auto row = selected.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) break;
    const std::string what = fmt::format("message {}", selected.text(5));
    const std::int64_t id = selected.integer(0);
    auto record = read_case(selected);
    note(record, what, wrong);
    if (!record) continue;
    Statement lines(db_,
                    "SELECT sequence, trace, code, asked, decision FROM lines WHERE case_row = ?1 ORDER BY sequence");
    note(load_lines(lines, *record), what, wrong);
    note(member_body(id), what, wrong);
    note(identity(id), what, wrong);
    note(history(id), what, wrong);
    const auto messages = follow_ups(id);
    note(messages, what, wrong);
    if (!messages) continue;
    for (const auto& message : *messages) note(follow_up_body(message.id), what, wrong);
  }
  // What the reading above has no use for.
  for (const auto& column : kSealedColumns) {
    Statement rows(db_, column.rows);
    for (;;) {
      const auto row = rows.next();
      if (!row) return tl::make_unexpected(row.error());
      if (!*row) break;
      if (!vault_->open(rows.text(1), rows.text(2)))
        wrong.push_back(
            fmt::format("table {}, row {}: the sealed {} does not open", column.table, rows.integer(0), column.column));
    }
  }
  if (!wrong.empty()) return wrong;
  const auto log = verify_log("");
  if (!log) return tl::make_unexpected(log.error());
  for (const auto& problem : log->wrong) wrong.push_back(fmt::format("audit trail: {}", problem));
  return wrong;
}

}  // namespace atz::ledger
