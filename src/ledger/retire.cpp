#include "ledger/log.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

// Nothing is deleted: the batches move to a profile name that no one can choose, since names hold no blanks.
Result<void> SqliteLedger::retire(const std::string& profile, Instant at) {
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  auto moved =
      db_.run("UPDATE batches SET profile = profile || ' until ' || ?2 WHERE profile = ?1", profile, seconds(at));
  if (!moved) return moved;
  // A payer that starts over counts its notifications from 1 again.
  moved =
      db_.run("UPDATE notifications SET profile = profile || ' until ' || ?2 WHERE profile = ?1", profile, seconds(at));
  if (!moved) return moved;
  LogNote note;
  note.action = "retire";
  note.profile = profile;
  note.what = "set aside, because its payer has forgotten it";
  if (auto logged = add_log(note, at); !logged) return logged;
  return transaction->commit();
}

}  // namespace atz::ledger
