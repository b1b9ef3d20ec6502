// What `status --changes` tells, and how far it has told.
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

Result<std::vector<Change>> SqliteLedger::changes_since(const std::string& profile, const std::string& mark) const {
  auto snapshot = Transaction::begin(db_, Transaction::Kind::read);
  if (!snapshot) return tl::make_unexpected(snapshot.error());
  Statement news(db_,
                 "SELECT e.case_row, max(e.sequence) FROM events AS e "
                 "JOIN latest_cases AS c ON c.id = e.case_row JOIN batches AS b ON b.id = c.batch "
                 "WHERE b.profile = ?1 AND e.news = 1 "
                 "AND e.sequence > coalesce((SELECT sequence FROM marks WHERE profile = ?1 AND name = ?2), 0) "
                 "GROUP BY e.case_row ORDER BY 2");
  news.bind(profile, mark);
  auto selected = select_cases("c.id = ?1");
  std::vector<Change> changes;
  for (;;) {
    const auto row = news.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return changes;
    auto record = load_cases(selected.bind(news.integer(0)));
    if (!record) return tl::make_unexpected(record.error());
    if (record->size() != 1) return tl::make_unexpected(damaged("an event belongs to no case"));
    changes.push_back({news.integer(1), std::move(record->front())});
  }
}

Result<void> SqliteLedger::move_mark(const std::string& profile, const std::string& mark, std::int64_t sequence) {
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  auto moved = db_.run(
      "INSERT INTO marks (profile, name, sequence) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (profile, name) DO UPDATE SET sequence = max(sequence, excluded.sequence)",
      profile, mark, sequence);
  if (!moved) return moved;
  return transaction->commit();
}

}  // namespace atz::ledger
