// Notifications that the payer sent by itself: each is taken in once, and what is older than what is known changes
// nothing.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/log.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

std::string_view to_string(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::handshake:
      return "handshake";
    case NoticeKind::heartbeat:
      return "heartbeat";
    case NoticeKind::event:
      break;
  }
  return "event";
}

std::string SqliteLedger::notice_digest(const Notice& notice) const {
  return digest(notice.body, "notifications.digest");
}

Result<bool> SqliteLedger::has_notice(const Notice& notice) const {
  const auto row =
      db_.number("SELECT 1 FROM notifications WHERE profile = ?1 AND subscription = ?2 AND number = ?3 AND digest = ?4",
                 notice.profile, notice.subscription, notice.last, notice_digest(notice));
  if (!row) return tl::make_unexpected(row.error());
  return row->has_value();
}

Result<std::optional<std::int64_t>> SqliteLedger::last_notice(const std::string& profile,
                                                              const std::string& subscription) const {
  return db_.number(
      "SELECT number FROM notifications WHERE profile = ?1 AND subscription = ?2 ORDER BY number DESC LIMIT 1", profile,
      subscription);
}

// Whether something newer is known about the request: a later event, or an answer to a question that was asked after
// the event. Numbers tell which event of one subscription is later; their times, where there are no numbers to compare.
Result<bool> SqliteLedger::is_outdated(const Notice& notice, std::int64_t case_row) const {
  const auto later = db_.number(
      "SELECT 1 FROM notified_cases AS t JOIN notifications AS n ON n.id = t.notification WHERE t.case_row = ?1 "
      "AND n.profile = ?2 AND CASE WHEN n.subscription = ?3 AND n.number > 0 AND ?4 > 0 THEN n.number > ?4 "
      "ELSE n.at > ?5 END LIMIT 1",
      case_row, notice.profile, notice.subscription, notice.last, seconds(notice.at));
  if (!later) return tl::make_unexpected(later.error());
  if (*later) return true;
  const auto asked = db_.number("SELECT 1 FROM cases WHERE id = ?1 AND asked_at > ?2 AND delivery = 'accepted'",
                                case_row, seconds(notice.at));
  if (!asked) return tl::make_unexpected(asked.error());
  return asked->has_value();
}

Result<std::vector<Told>> SqliteLedger::record_notice(const Notice& notice, const std::vector<CaseOutcome>& outcomes,
                                                      Instant at) {
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  auto added = db_.run(
      "INSERT INTO notifications (profile, subscription, kind, first, number, at, received_at, digest) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      notice.profile, notice.subscription, to_string(notice.kind), notice.first, notice.last, seconds(notice.at),
      seconds(at), notice_digest(notice));
  if (!added) return tl::make_unexpected(added.error());
  const auto id = db_.number("SELECT last_insert_rowid()");
  if (!id) return tl::make_unexpected(id.error());
  LogNote note;
  note.action = "notice";
  note.profile = notice.profile;
  note.subject = notice.subscription;
  note.what =
      notice.last > 0 ? fmt::format("{} {}", to_string(notice.kind), notice.last) : std::string(to_string(notice.kind));
  note.digest = notice_digest(notice);
  if (auto logged = add_log(note, at); !logged) return tl::make_unexpected(logged.error());
  std::vector<Told> told;
  for (const auto& [case_row, outcome] : outcomes) {
    const auto outdated = is_outdated(notice, case_row);
    if (!outdated) return tl::make_unexpected(outdated.error());
    Told what = Told::outdated;
    if (*outdated) {
      const auto merged = merge_requests(case_row, outcome, at);
      if (!merged) return tl::make_unexpected(merged.error());
      if (*merged) what = Told::known;
    } else {
      const auto changed = merge(case_row, outcome, at);
      if (!changed) return tl::make_unexpected(changed.error());
      what = *changed ? Told::changed : Told::known;
    }
    told.push_back(what);
    auto tied =
        db_.run("INSERT OR IGNORE INTO notified_cases (notification, case_row) VALUES (?1, ?2)", **id, case_row);
    if (!tied) return tl::make_unexpected(tied.error());
  }
  if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  return told;
}

}  // namespace atz::ledger
