// The audit trail: each entry is chained to the one before it by a keyed digest, and written in the transaction of what
// it tells of.
#include "ledger/log.hpp"

#include <fmt/format.h>

#include "ledger/codec.hpp"
#include "ledger/current.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

namespace {

constexpr const char* kEntries =
    "SELECT sequence, at, actor, action, profile, subject, what, digest, chain, case_row, follow_up, state, "
    "key_changes "
    "FROM log ORDER BY sequence";

LogEntry entry_of(const Statement& row) {
  LogEntry entry;
  entry.sequence = row.integer(0);
  entry.at = instant(row.integer(1));
  entry.actor = row.text(2);
  entry.action = row.text(3);
  entry.profile = row.text(4);
  entry.subject = row.text(5);
  entry.what = row.text(6);
  entry.digest = row.text(7);
  entry.chain = row.text(8);
  entry.case_row = row.integer(9);
  return entry;
}

// Every column but the chain itself, each with its length.
std::string text_of(const LogEntry& entry, std::int64_t follow_up, std::string_view state, std::int64_t key_changes) {
  return Packer()
      .number(entry.sequence)
      .number(seconds(entry.at))
      .text(entry.actor)
      .text(entry.action)
      .text(entry.profile)
      .text(entry.subject)
      .text(entry.what)
      .text(entry.digest)
      .number(entry.case_row)
      .number(follow_up)
      .text(state)
      .number(key_changes)
      .take();
}

std::string link(const std::string& previous, const std::string& entry) {
  return Packer().text(previous).text(entry).take();
}

// The state of a request in words; different states have different words.
std::string words_of(model::Delivery delivery, model::CaseStatus status, const std::string& case_id) {
  std::string words(to_string(delivery));
  if (delivery == model::Delivery::accepted || status != model::CaseStatus::submitted)
    words += fmt::format(", {}", to_string(status));
  if (!case_id.empty()) words += fmt::format(", case {}", case_id);
  return words;
}

}  // namespace

Result<bool> SqliteLedger::has_log() const {
  const auto table = db_.number("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'log'");
  if (!table) return tl::make_unexpected(table.error());
  return table->has_value();
}

Result<void> SqliteLedger::add_log(const LogNote& note, Instant at) {
  Statement last(db_, "SELECT sequence, chain FROM log ORDER BY sequence DESC LIMIT 1");
  const auto found = last.next();
  if (!found) return tl::make_unexpected(found.error());
  LogEntry entry;
  entry.sequence = *found ? last.integer(0) + 1 : 1;
  entry.at = at;
  entry.actor = actor_;
  entry.action = note.action;
  entry.profile = note.profile;
  entry.subject = note.subject;
  entry.what = note.what;
  entry.digest = note.digest;
  entry.case_row = note.case_row;
  const std::string text = text_of(entry, note.follow_up, note.state, key_changes_);
  entry.chain = digest(link(*found ? last.text(1) : "", text), "log.chain");
  return db_.run(
      "INSERT INTO log (sequence, at, actor, action, profile, subject, what, digest, case_row, follow_up, state, "
      "key_changes, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
      entry.sequence, seconds(at), entry.actor, entry.action, entry.profile, entry.subject, entry.what, entry.digest,
      entry.case_row, note.follow_up, note.state, key_changes_, entry.chain);
}

std::string SqliteLedger::packed_state(const Current& now) {
  Packer packed;
  packed.text(to_string(now.delivery))
      .text(to_string(now.status))
      .text(now.case_id)
      .text(encode_remarks(now.remarks))
      .text(now.columns);
  for (const auto& [sequence, decision] : now.decisions) packed.number(sequence).text(decision.value_or(""));
  return packed.take();
}

Result<void> SqliteLedger::log_case(std::string_view action, std::int64_t case_row, const std::string& digest_of_bytes,
                                    Instant at) {
  const auto now = current(case_row);
  if (!now) return tl::make_unexpected(now.error());
  Statement row(db_,
                "SELECT b.profile, c.claim_identifier FROM cases AS c JOIN batches AS b ON b.id = c.batch "
                "WHERE c.id = ?1");
  const auto found = row.bind(case_row).next();
  if (!found) return tl::make_unexpected(found.error());
  LogNote note;
  note.action = action;
  note.profile = row.text(0);
  note.subject = row.text(1);
  note.what = words_of(now->delivery, now->status, now->case_id);
  note.digest = digest_of_bytes;
  note.state = digest(packed_state(*now), "log.state");
  note.case_row = case_row;
  return add_log(note, at);
}

Result<void> SqliteLedger::log_follow_up(std::string_view action, std::int64_t id, const std::string& digest_of_bytes,
                                         Instant at) {
  Statement row(db_,
                "SELECT b.profile, f.claim_identifier, f.bundle_identifier, f.delivery, c.case_id, c.id "
                "FROM follow_ups AS f JOIN cases AS c ON c.id = f.case_row JOIN batches AS b ON b.id = c.batch "
                "WHERE f.id = ?1");
  const auto found = row.bind(id).next();
  if (!found) return tl::make_unexpected(found.error());
  if (!*found) return tl::make_unexpected(bug(fmt::format("The ledger has no follow-up {}.", id)));
  LogNote note;
  note.action = action;
  note.profile = row.text(0);
  note.subject = row.text(1).empty() ? row.text(2) : row.text(1);
  note.what = fmt::format("{}, case {}", row.text(3), row.text(4));
  note.digest = digest_of_bytes;
  note.state = digest(Packer().text(row.text(2)).text(row.text(3)).take(), "log.state");
  note.case_row = row.integer(5);
  note.follow_up = id;
  return add_log(note, at);
}

// A ledger that is older than its log enters what it holds, as of when that last changed.
Result<void> SqliteLedger::carry_into_log() {
  const auto pending = db_.number("SELECT 1 FROM properties WHERE name = 'carry_into_log'");
  if (!pending) return tl::make_unexpected(pending.error());
  if (!*pending) return {};
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  Statement rows(db_, "SELECT id, body_digest, changed_at FROM cases ORDER BY id");
  for (;;) {
    const auto row = rows.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) break;
    if (auto added = log_case("carry", rows.integer(0), rows.text(1), instant(rows.integer(2))); !added) return added;
  }
  Statement messages(db_, "SELECT id, sent_at FROM follow_ups ORDER BY id");
  for (;;) {
    const auto row = messages.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) break;
    if (auto added = log_follow_up("carry", messages.integer(0), "", instant(messages.integer(1))); !added)
      return added;
  }
  if (auto done = db_.run("DELETE FROM properties WHERE name = 'carry_into_log'"); !done) return done;
  return transaction->commit();
}

Result<void> SqliteLedger::note_restored(const std::string& head, Instant at) {
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  LogNote note;
  note.action = "restore";
  note.what = fmt::format("from a backup that ended with {}", head.empty() ? "no log" : head);
  if (auto added = add_log(note, at); !added) return added;
  return transaction->commit();
}

Result<std::vector<LogEntry>> SqliteLedger::log() const {
  const auto there = has_log();
  if (!there) return tl::make_unexpected(there.error());
  std::vector<LogEntry> entries;
  if (!*there) return entries;
  Statement rows(db_, kEntries);
  for (;;) {
    const auto row = rows.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return entries;
    entries.push_back(entry_of(rows));
  }
}

Result<LogCheck> SqliteLedger::verify_log(const std::string& noted_head) const {
  auto snapshot = Transaction::begin(db_, Transaction::Kind::read);
  if (!snapshot) return tl::make_unexpected(snapshot.error());
  LogCheck check;
  const auto there = has_log();
  if (!there) return tl::make_unexpected(there.error());
  if (!*there) return check;
  std::map<std::int64_t, States> states;      // by request, as the log told last
  std::map<std::int64_t, States> follow_ups;  // by message
  bool noted = noted_head.empty();
  Statement rows(db_, kEntries);
  for (;;) {
    const auto row = rows.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) break;
    const LogEntry entry = entry_of(rows);
    const std::string state = rows.text(11);
    const std::int64_t changes = rows.integer(12);
    if (entry.sequence != check.entries + 1) {
      check.wrong.push_back(fmt::format("entries {} to {} are missing", check.entries + 1, entry.sequence - 1));
    }
    const bool possible = changes >= 0 && changes <= vault_->key_changes();
    const std::string text = link(check.head, text_of(entry, rows.integer(10), state, changes));
    if (!possible || vault_->digest_after(static_cast<int>(changes), text, "log.chain") != entry.chain) {
      check.wrong.push_back(fmt::format("entry {} is not as it was written, or one before it is gone", entry.sequence));
    }
    check.entries = entry.sequence;
    check.head = entry.chain;
    noted = noted || entry.chain == noted_head;
    if (rows.integer(10) != 0) {
      follow_ups[rows.integer(10)] = {state, static_cast<int>(changes)};
    } else if (entry.case_row != 0) {
      states[entry.case_row] = {state, static_cast<int>(changes)};
    }
  }
  if (!noted) check.wrong.emplace_back("the head that was noted is not in it: entries were taken away or replaced");
  if (auto compared = compare_states(states, follow_ups, check.wrong); !compared) {
    return tl::make_unexpected(compared.error());
  }
  return check;
}

// The requests and messages themselves, with what the log told of each last.
Result<void> SqliteLedger::compare_states(std::map<std::int64_t, States>& states,
                                          std::map<std::int64_t, States>& follow_ups,
                                          std::vector<std::string>& wrong) const {
  const auto compare = [&](std::map<std::int64_t, States>& told, std::int64_t id, const std::string& packed,
                           const std::string& name) {
    const auto found = told.find(id);
    if (found == told.end()) {
      wrong.push_back(fmt::format("message {} is in the ledger, but not in the log", name));
      return;
    }
    const auto& [state, changes] = found->second;
    const bool possible = changes >= 0 && changes <= vault_->key_changes();
    if (!possible || vault_->digest_after(changes, packed, "log.state") != state)
      wrong.push_back(fmt::format("message {} is not as the log tells", name));
    told.erase(found);
  };
  Statement cases(db_, "SELECT id, claim_identifier FROM cases ORDER BY id");
  for (;;) {
    const auto row = cases.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) break;
    const auto now = current(cases.integer(0));
    if (!now) return tl::make_unexpected(now.error());
    compare(states, cases.integer(0), packed_state(*now), cases.text(1));
  }
  Statement messages(db_, "SELECT id, bundle_identifier, delivery FROM follow_ups ORDER BY id");
  for (;;) {
    const auto row = messages.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) break;
    compare(follow_ups, messages.integer(0), Packer().text(messages.text(1)).text(messages.text(2)).take(),
            messages.text(1));
  }
  for (const auto* left : {&states, &follow_ups}) {
    if (!left->empty())
      wrong.push_back(fmt::format("the log tells of {} message(s) that the ledger does not have", left->size()));
  }
  return {};
}

}  // namespace atz::ledger
