// What is about to be sent, on disk before its first byte leaves.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/codec.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

struct SqliteLedger::Known {
  struct Member {
    std::string label, claim_identifier, bundle_identifier, content_digest, body_digest, delivery;
    std::int64_t position = 0;
    std::int64_t attempt = 0;
    [[nodiscard]] bool pending() const {
      return delivery == to_string(model::Delivery::sending) || delivery == to_string(model::Delivery::unknown);
    }
    [[nodiscard]] bool accepted() const { return delivery == to_string(model::Delivery::accepted); }
  };
  std::int64_t id = 0;
  std::int64_t transmissions = 0;
  std::string home_id, profile, body_digest;  // of the latest transmission
  std::vector<Member> members;

  [[nodiscard]] const Member* find(const std::string& label) const {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.label == label; });
    return found == members.end() ? nullptr : &*found;
  }
};

Result<std::optional<SqliteLedger::Known>> SqliteLedger::find_batch(const std::string& batch_id) const {
  Statement batch(db_,
                  "SELECT b.id, b.home_id, b.profile, t.number, t.body_digest FROM batches AS b "
                  "JOIN transmissions AS t ON t.batch = b.id WHERE b.batch_id = ?1 ORDER BY t.number DESC");
  const auto found = batch.bind(batch_id).next();
  if (!found) return tl::make_unexpected(found.error());
  if (!*found) return std::nullopt;
  Known known;
  known.id = batch.integer(0);
  known.home_id = batch.text(1);
  known.profile = batch.text(2);
  known.transmissions = batch.integer(3);
  known.body_digest = batch.text(4);

  Statement members(
      db_,
      "SELECT label, claim_identifier, bundle_identifier, content_digest, body_digest, delivery, position, "
      "attempt FROM latest_cases WHERE batch = ?1 ORDER BY position");
  members.bind(known.id);
  for (;;) {
    const auto row = members.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return known;
    known.members.push_back({members.text(0), members.text(1), members.text(2), members.text(3), members.text(4),
                             members.text(5), members.integer(6), members.integer(7)});
  }
}

// A batch that exists may get new attempts of members that were refused or are new to it, once nothing in it is open;
// or it is the very same intent again, which changes nothing.
Result<SqliteLedger::Fit> SqliteLedger::fit(const Known& known, const BatchIntent& intent) const {
  const auto refuse = [&](const std::string& why) {
    return tl::make_unexpected(bug(fmt::format("Batch {} can't be sent again: {}.", intent.batch_id, why)));
  };
  if (known.home_id != intent.home_id || known.profile != intent.profile)
    return refuse("it is another home's or payer's");

  const bool same = known.body_digest == body_digest(intent.body) &&
                    std::all_of(intent.members.begin(), intent.members.end(), [&](const MemberIntent& member) {
                      const auto* was = known.find(member.label);
                      return was != nullptr && was->pending() && was->claim_identifier == member.claim_identifier &&
                             was->bundle_identifier == member.bundle_identifier &&
                             was->content_digest == content_digest(member.content) &&
                             was->body_digest == body_digest(member.body);
                    });
  if (same) return Fit::recorded;
  for (const auto& was : known.members) {
    if (was.pending()) return refuse(fmt::format("what became of member {} is not known yet", was.label));
  }
  for (const auto& member : intent.members) {
    const auto* was = known.find(member.label);
    if (was != nullptr && was->accepted()) return refuse(fmt::format("member {} was accepted", member.label));
  }
  return Fit::resumes;
}

// A payer tells repeats by these identifiers: one means one request, the other one exact message.
Result<void> SqliteLedger::check_identifiers(const BatchIntent& intent) const {
  Statement clash(db_,
                  "SELECT 1 FROM cases AS c JOIN batches AS b ON b.id = c.batch "
                  "WHERE (c.claim_identifier = ?1 AND (b.batch_id <> ?2 OR c.label <> ?3)) "
                  "OR (c.bundle_identifier = ?4 AND c.body_digest <> ?5)");
  for (auto member = intent.members.begin(); member != intent.members.end(); ++member) {
    const bool twice = std::any_of(intent.members.begin(), member, [&](const MemberIntent& earlier) {
      return earlier.label == member->label || earlier.claim_identifier == member->claim_identifier ||
             earlier.bundle_identifier == member->bundle_identifier;
    });
    clash.bind(member->claim_identifier, intent.batch_id, member->label, member->bundle_identifier,
               body_digest(member->body));
    const auto found = clash.next();
    if (!found) return tl::make_unexpected(found.error());
    if (twice || *found) {
      return tl::make_unexpected(
          bug(fmt::format("Batch {} uses an identifier of member {} a second time.", intent.batch_id, member->label)));
    }
  }
  return {};
}

Result<void> SqliteLedger::record_intent(const BatchIntent& intent) {
  if (intent.batch_id.empty() || intent.members.empty()) {
    return tl::make_unexpected(bug("A submission needs a batch ID and at least one member."));
  }
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  const auto known = find_batch(intent.batch_id);
  if (!known) return tl::make_unexpected(known.error());
  if (*known) {
    const auto fits = fit(**known, intent);
    if (!fits) return tl::make_unexpected(fits.error());
    if (*fits == Fit::recorded) return {};
  }
  if (auto unique = check_identifiers(intent); !unique) return unique;
  if (auto inserted = insert_intent(intent, *known); !inserted) return inserted;
  if (auto done = transaction->commit(); !done) return done;
  own_.insert(intent.batch_id);
  // Folding the log costs two more syncs; the next command that sends nothing does it.
  db_.fold_on_close(false);
  return {};
}

Result<void> SqliteLedger::insert_intent(const BatchIntent& intent, const std::optional<Known>& known) {
  if (!known) {
    auto batch = db_.run("INSERT INTO batches (batch_id, home_id, profile, created) VALUES (?1, ?2, ?3, ?4)",
                         intent.batch_id, intent.home_id, intent.profile, seconds(intent.created));
    if (!batch) return batch;
  }
  const auto batch = known ? Result<std::optional<std::int64_t>>(known->id) : db_.number("SELECT last_insert_rowid()");
  if (!batch) return tl::make_unexpected(batch.error());

  const std::int64_t number = known ? known->transmissions + 1 : 1;
  const std::string body = seal(intent.body, context("transmissions.body", {intent.batch_id, "", number}));
  auto sent = db_.run(
      "INSERT INTO transmissions (batch, number, mode, url, created, body_digest, body) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      **batch, number, intent.mode, intent.url, seconds(intent.created), body_digest(intent.body), Blob{body});
  if (!sent) return sent;
  const auto transmission = db_.number("SELECT last_insert_rowid()");
  if (!transmission) return tl::make_unexpected(transmission.error());

  std::int64_t next = known && !known->members.empty() ? known->members.back().position + 1 : 0;
  for (const auto& member : intent.members) {
    const auto* was = known ? known->find(member.label) : nullptr;
    const std::int64_t position = was != nullptr ? was->position : next++;
    auto inserted =
        insert_member(member, intent, **batch, **transmission, position, was != nullptr ? was->attempt + 1 : 1);
    if (!inserted) return inserted;
  }
  return {};
}

Result<void> SqliteLedger::insert_member(const MemberIntent& member, const BatchIntent& intent, std::int64_t batch,
                                         std::int64_t transmission, std::int64_t position, std::int64_t attempt) {
  const MessageKey key{intent.batch_id, member.label, attempt};
  const std::string identity = seal(encode_identity(member), context("cases.identity", key));
  const std::string body = seal(member.body, context("cases.body", key));
  auto inserted = db_.run(
      "INSERT INTO cases (batch, transmission, label, position, attempt, claim_identifier, bundle_identifier, "
      "case_id, purpose, delivery, status, previous_status, sent_at, changed_at, submitted_on, expected_by, "
      "content_digest, body_digest, identity, "
      "body) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?17, ?18, ?8, ?9, ?9, ?10, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
      batch, transmission, member.label, position, attempt, member.claim_identifier, member.bundle_identifier,
      to_string(model::Delivery::sending), to_string(model::CaseStatus::submitted), seconds(intent.created),
      model::format_date(intent.submitted_on), model::format_date(member.expected_by), content_digest(member.content),
      body_digest(member.body), Blob{identity}, Blob{body}, member.case_id, to_string(member.purpose));
  if (!inserted) return inserted;
  const auto row = db_.number("SELECT last_insert_rowid()");
  if (!row) return tl::make_unexpected(row.error());

  Statement insert_line(db_, "INSERT INTO lines (case_row, sequence, trace, code, asked) VALUES (?1, ?2, ?3, ?4, ?5)");
  for (const auto& line : member.lines) {
    const std::string asked = seal(encode_asked(line), context("lines.asked", key, line.sequence));
    if (auto put = insert_line.bind(**row, line.sequence, line.trace, line.code, Blob{asked}).run(); !put) return put;
  }
  auto told = db_.run("INSERT INTO events (at, case_row, kind, now, news) VALUES (?1, ?2, 'delivery', ?3, 0)",
                      seconds(intent.created), **row, to_string(model::Delivery::sending));
  if (!told) return told;
  return log_case("send", **row, body_digest(member.body), intent.created);
}

}  // namespace atz::ledger
