// Messages about a case that ask for nothing new: withdrawals and answers.
#include <fmt/format.h>

#include "ledger/codec.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {
namespace {

constexpr const char* kFollowUps =
    "SELECT f.id, f.case_row, f.kind, f.claim_identifier, f.bundle_identifier, f.url, f.delivery, f.sent_at, f.text, "
    "f.question "
    "FROM follow_ups AS f ";

// A bundle identifier names one follow-up for good, so it ties what is sealed to its row.
std::string place(std::string_view column, const std::string& bundle_identifier) {
  return context(column, {bundle_identifier, "follow-up", 1});
}

}  // namespace

std::string_view to_string(FollowUpKind kind) {
  return kind == FollowUpKind::cancel ? "cancel" : "answer";
}

Result<std::int64_t> SqliteLedger::record_follow_up(const FollowUpIntent& intent) {
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  const auto open = db_.number(
      "SELECT count(*) FROM follow_ups WHERE case_row = ?1 AND delivery IN ('sending', 'unknown')", intent.case_row);
  if (!open) return tl::make_unexpected(open.error());
  if (**open > 0)
    return tl::make_unexpected(bug("What became of an earlier message about this case is not known yet."));
  const std::string body = seal(intent.body, place("follow_ups.body", intent.bundle_identifier));
  const std::string text = seal(intent.text, place("follow_ups.text", intent.bundle_identifier));
  auto added = db_.run(
      "INSERT INTO follow_ups (case_row, after_case, kind, claim_identifier, bundle_identifier, url, delivery, "
      "sent_at, "
      "body, text, question) "
      "VALUES (?1, (SELECT max(id) FROM cases), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      intent.case_row, to_string(intent.kind), intent.claim_identifier, intent.bundle_identifier, intent.url,
      to_string(model::Delivery::sending), seconds(intent.created), Blob{body}, Blob{text}, intent.question);
  if (!added) return tl::make_unexpected(added.error());
  const auto id = db_.number("SELECT last_insert_rowid()");
  if (!id) return tl::make_unexpected(id.error());
  const std::string_view action = intent.kind == FollowUpKind::cancel ? "withdraw" : "respond";
  if (auto logged = log_follow_up(action, **id, body_digest(intent.body), intent.created); !logged)
    return tl::make_unexpected(logged.error());
  if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  return **id;
}

Result<void> SqliteLedger::settle_follow_up(std::int64_t id, model::Delivery delivery, const std::string& raw_reply,
                                            Instant at) {
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  Statement row(db_, "SELECT bundle_identifier FROM follow_ups WHERE id = ?1");
  const auto found = row.bind(id).next();
  if (!found) return tl::make_unexpected(found.error());
  if (!*found) return tl::make_unexpected(bug(fmt::format("The ledger has no follow-up {}.", id)));
  const std::string reply = seal(raw_reply, place("follow_ups.reply", row.text(0)));
  if (auto put = db_.run("UPDATE follow_ups SET delivery = ?2, reply = ?3 WHERE id = ?1", id, to_string(delivery),
                         Blob{reply});
      !put) {
    return put;
  }
  const std::string digest = raw_reply.empty() ? "" : body_digest(raw_reply);
  if (auto logged = log_follow_up("settle", id, digest, at); !logged) return logged;
  return transaction->commit();
}

Result<std::vector<FollowUp>> SqliteLedger::load_follow_ups(Statement& selected) const {
  std::vector<FollowUp> found;
  for (;;) {
    const auto row = selected.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return found;
    FollowUp follow_up;
    follow_up.id = selected.integer(0);
    follow_up.case_row = selected.integer(1);
    follow_up.kind = selected.text(2) == "cancel" ? FollowUpKind::cancel : FollowUpKind::answer;
    follow_up.claim_identifier = selected.text(3);
    follow_up.bundle_identifier = selected.text(4);
    follow_up.url = selected.text(5);
    const auto delivery = model::delivery(selected.text(6));
    if (!delivery) return tl::make_unexpected(damaged("a follow-up's delivery can't be read"));
    follow_up.delivery = *delivery;
    follow_up.sent_at = instant(selected.integer(7));
    auto text = unseal(selected, 8, place("follow_ups.text", follow_up.bundle_identifier));
    if (!text) return tl::make_unexpected(text.error());
    follow_up.text = std::move(*text);
    follow_up.question = selected.text(9);
    found.push_back(std::move(follow_up));
  }
}

Result<std::vector<FollowUp>> SqliteLedger::follow_ups(std::int64_t case_row) const {
  Statement selected(db_, fmt::format("{} WHERE f.case_row = ?1 ORDER BY f.id", kFollowUps));
  return load_follow_ups(selected.bind(case_row));
}

Result<std::vector<FollowUp>> SqliteLedger::open_follow_ups(const std::string& profile) const {
  Statement selected(db_, fmt::format("{} JOIN cases AS c ON c.id = f.case_row JOIN batches AS b ON b.id = c.batch "
                                      "WHERE b.profile = ?1 AND f.delivery IN ('sending', 'unknown') ORDER BY f.id",
                                      kFollowUps));
  return load_follow_ups(selected.bind(profile));
}

Result<std::string> SqliteLedger::follow_up_body(std::int64_t id) const {
  Statement row(db_, "SELECT body, bundle_identifier FROM follow_ups WHERE id = ?1");
  const auto found = row.bind(id).next();
  if (!found) return tl::make_unexpected(found.error());
  if (!*found) return tl::make_unexpected(bug(fmt::format("The ledger has no follow-up {}.", id)));
  return unseal(row, 0, place("follow_ups.body", row.text(1)));
}

Result<std::string> SqliteLedger::last_claim(const std::string& profile, const std::string& case_id) const {
  // Withdrawals and answers may replace the Claim too: the newest accepted message with a Claim counts.
  Statement follow_up(
      db_,
      "SELECT f.id, f.after_case FROM follow_ups AS f JOIN cases AS c ON c.id = f.case_row "
      "JOIN batches AS b ON b.id = c.batch WHERE b.profile = ?1 AND c.case_id = ?2 AND f.delivery = 'accepted' "
      "AND f.url = 'Claim/$submit' ORDER BY f.id DESC");
  const auto updated = follow_up.bind(profile, case_id).next();
  if (!updated) return tl::make_unexpected(updated.error());
  Statement request(db_,
                    "SELECT c.id FROM latest_cases AS c JOIN batches AS b ON b.id = c.batch "
                    "WHERE b.profile = ?1 AND c.case_id = ?2 AND c.delivery = 'accepted' ORDER BY c.id DESC");
  const auto sent = request.bind(profile, case_id).next();
  if (!sent) return tl::make_unexpected(sent.error());
  if (!*sent) return std::string();
  const bool follow_up_last = *updated && follow_up.integer(1) >= request.integer(0);
  return follow_up_last ? follow_up_body(follow_up.integer(0)) : member_body(request.integer(0));
}

}  // namespace atz::ledger
