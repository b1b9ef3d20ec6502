// What came back, merged into what is known. The same answer twice changes nothing.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/current.hpp"

namespace atz::ledger {

Result<SqliteLedger::Current> SqliteLedger::current(std::int64_t case_row) const {
  const auto key = key_of(case_row);
  if (!key) return tl::make_unexpected(key.error());
  Current now;
  now.row = case_row;
  now.key = *key;

  Statement row(db_,
                "SELECT c.case_id, c.delivery, c.status, c.remarks, b.batch_id, b.home_id, b.created, c.label, "
                "c.position, c.attempt, c.claim_identifier, c.bundle_identifier, c.purpose, c.previous_status, "
                "c.sent_at, c.changed_at, c.submitted_on, c.expected_by "
                "FROM cases AS c JOIN batches AS b ON b.id = c.batch WHERE c.id = ?1");
  const auto found = row.bind(case_row).next();
  if (!found) return tl::make_unexpected(found.error());
  const auto delivery = model::delivery(row.text(1));
  const auto status = model::case_status(row.text(2));
  if (!delivery || !status) return tl::make_unexpected(damaged("a delivery or status can't be read"));
  now.case_id = row.text(0);
  now.delivery = *delivery;
  now.status = *status;
  if (!row.is_null(3)) {
    const auto remarks = unseal(row, 3, context("cases.remarks", now.key));
    if (!remarks) return tl::make_unexpected(remarks.error());
    if (!decode_remarks(*remarks, now.remarks)) return tl::make_unexpected(damaged("remarks can't be read"));
  }

  Packer columns;
  for (int column = 4; column <= 17; ++column) columns.text(row.text(column));
  Statement lines(db_, "SELECT sequence, decision, trace, code FROM lines WHERE case_row = ?1 ORDER BY sequence");
  lines.bind(case_row);
  for (;;) {
    const auto line = lines.next();
    if (!line) return tl::make_unexpected(line.error());
    if (!*line) {
      now.columns = columns.take();
      return now;
    }
    columns.number(lines.integer(0)).text(lines.text(2)).text(lines.text(3));
    auto& decision = now.decisions[lines.integer(0)];
    if (lines.is_null(1)) continue;
    auto plain = unseal(lines, 1, context("lines.decision", now.key, lines.integer(0)));
    if (!plain) return tl::make_unexpected(plain.error());
    decision = std::move(*plain);
  }
}

struct SqliteLedger::Event {
  std::string_view kind;
  std::int64_t line = 0;
  std::optional<std::string> previous;
  std::string now;
  [[nodiscard]] bool sealed() const { return kind == "decision" || kind == "remarks"; }
  // Whether a person wants to hear of it.
  [[nodiscard]] bool counts() const { return kind != "remarks"; }
};

Result<void> SqliteLedger::add_event(const Current& of, const Event& event, Instant at, bool news) {
  const auto last = db_.number("SELECT coalesce(max(sequence), 0) FROM events");
  if (!last) return tl::make_unexpected(last.error());
  const std::int64_t sequence = **last + 1;
  constexpr std::string_view kInsert =
      "INSERT INTO events (sequence, at, case_row, kind, line, previous, now, news) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
  if (!event.sealed()) {
    return db_.run(kInsert, sequence, seconds(at), of.row, event.kind, event.line, event.previous.value_or(""),
                   event.now, news ? 1 : 0);
  }
  std::optional<std::string> previous;
  if (event.previous) previous = seal(*event.previous, context("events.previous", of.key, sequence));
  const std::string now = seal(event.now, context("events.now", of.key, sequence));
  return db_.run(kInsert, sequence, seconds(at), of.row, event.kind, event.line, previous, Blob{now}, news ? 1 : 0);
}

Result<void> SqliteLedger::keep_reply(const Current& of, std::string_view body, Instant at) {
  const auto count = db_.number("SELECT count(*) FROM replies WHERE case_row = ?1", of.row);
  if (!count) return tl::make_unexpected(count.error());
  const std::int64_t number = **count + 1;
  const std::string sealed = seal(body, context("replies.body", of.key, number));
  return db_.run("INSERT INTO replies (case_row, number, at, body) VALUES (?1, ?2, ?3, ?4)", of.row, number,
                 seconds(at), Blob{sealed});
}

Result<bool> SqliteLedger::merge(std::int64_t case_row, const MemberOutcome& answer, Instant at) {
  const auto loaded = current(case_row);
  if (!loaded) return tl::make_unexpected(loaded.error());
  const Current& was = *loaded;
  const bool accepted = answer.delivery == model::Delivery::accepted;
  if (was.delivery == model::Delivery::accepted && !accepted) return false;

  const model::CaseStatus status = accepted ? answer.status : was.status;
  const std::string case_id = accepted && !answer.case_id.empty() ? answer.case_id : was.case_id;
  // A reply without notes does not take back the rationale of the status that still holds.
  const bool keep_notes = answer.notes.empty() && status == was.status;
  const std::string old_remarks = encode_remarks(was.remarks);
  const std::string remarks =
      encode_remarks({answer.flag, keep_notes ? was.remarks.notes : answer.notes, answer.requests});
  std::map<std::int64_t, std::string> decided;  // a line that is named twice counts as named last
  for (const auto& line : answer.lines) {
    if (accepted && !says_nothing(line)) decided[line.sequence] = encode_decision(line);
  }

  std::vector<Event> events;
  if (answer.delivery != was.delivery) {
    events.push_back({"delivery", 0, std::string(to_string(was.delivery)), std::string(to_string(answer.delivery))});
  }
  if (status != was.status) {
    events.push_back({"status", 0, std::string(to_string(was.status)), std::string(to_string(status))});
  }
  if (case_id != was.case_id) events.push_back({"case_id", 0, was.case_id, case_id});
  for (const auto& [sequence, now] : decided) {
    const auto known = was.decisions.find(sequence);
    if (known == was.decisions.end() || known->second == now) continue;
    events.push_back({"decision", sequence, known->second, now});
  }
  if (remarks != old_remarks) events.push_back({"remarks", 0, old_remarks, remarks});
  if (events.empty()) return false;

  const bool shown = was.delivery == model::Delivery::sending && own_.count(was.key.batch_id) > 0;
  for (const auto& event : events) {
    if (auto added = add_event(was, event, at, event.counts() && !shown); !added) {
      return tl::make_unexpected(added.error());
    }
    if (event.kind != "decision") continue;
    const std::string sealed = seal(event.now, context("lines.decision", was.key, event.line));
    auto put = db_.run("UPDATE lines SET decision = ?3 WHERE case_row = ?1 AND sequence = ?2", was.row, event.line,
                       Blob{sealed});
    if (!put) return tl::make_unexpected(put.error());
  }
  const bool changed = std::any_of(events.begin(), events.end(), [](const Event& event) { return event.counts(); });
  const std::string sealed_remarks = seal(remarks, context("cases.remarks", was.key));
  auto updated = db_.run(
      "UPDATE cases SET case_id = ?2, delivery = ?3, remarks = ?5, status = ?4, "
      "previous_status = CASE WHEN status = ?4 THEN previous_status ELSE status END, "
      "changed_at = CASE WHEN ?6 THEN ?7 ELSE changed_at END WHERE id = ?1",
      was.row, case_id, to_string(answer.delivery), to_string(status), Blob{sealed_remarks}, changed ? 1 : 0,
      seconds(at));
  if (!updated) return tl::make_unexpected(updated.error());
  if (!answer.raw_reply.empty()) {
    if (auto kept = keep_reply(was, answer.raw_reply, at); !kept) return tl::make_unexpected(kept.error());
  }
  const std::string reply = answer.raw_reply.empty() ? "" : body_digest(answer.raw_reply);
  if (auto logged = log_case("answer", was.row, reply, at); !logged) return tl::make_unexpected(logged.error());
  return changed;
}

Result<bool> SqliteLedger::merge_requests(std::int64_t case_row, const MemberOutcome& answer, Instant at) {
  const auto was = current(case_row);
  if (!was) return tl::make_unexpected(was.error());
  const bool holds = answer.delivery == was->delivery && answer.status == was->status;
  if (!holds || !was->remarks.requests.empty() || answer.requests.empty()) return false;
  MemberOutcome only = answer;
  only.case_id.clear();
  only.flag = was->remarks.flag;
  only.notes = was->remarks.notes;
  only.lines.clear();
  if (auto merged = merge(case_row, only, at); !merged) return merged;
  return true;
}

Result<void> SqliteLedger::record_outcome(const std::string& batch_id, const std::vector<MemberOutcome>& outcomes,
                                          Instant at) {
  auto transaction = begin_write(Durable::synced);
  if (!transaction) return tl::make_unexpected(transaction.error());
  for (const auto& outcome : outcomes) {
    const auto row = db_.number(
        "SELECT c.id FROM latest_cases AS c JOIN batches AS b ON b.id = c.batch WHERE b.batch_id = ?1 AND c.label = ?2",
        batch_id, outcome.label);
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) {
      return tl::make_unexpected(bug(fmt::format("Batch {} has no member {} that was sent.", batch_id, outcome.label)));
    }
    if (auto merged = merge(**row, outcome, at); !merged) return tl::make_unexpected(merged.error());
  }
  return transaction->commit();
}

Result<bool> SqliteLedger::record_inquiry(std::int64_t case_row, const MemberOutcome& answer, Instant at) {
  auto transaction = begin_write(Durable::soon);
  if (!transaction) return tl::make_unexpected(transaction.error());
  const auto latest = db_.number("SELECT 1 FROM latest_cases WHERE id = ?1", case_row);
  if (!latest) return tl::make_unexpected(latest.error());
  if (!*latest) return tl::make_unexpected(bug(fmt::format("Case row {} is not a member's latest message.", case_row)));
  auto changed = merge(case_row, answer, at);
  if (!changed) return changed;
  if (auto asked = set_asked(case_row, at); !asked) return tl::make_unexpected(asked.error());
  if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  return changed;
}

Result<void> SqliteLedger::record_asked(std::int64_t case_row, Instant at) {
  auto transaction = begin_write(Durable::soon);
  if (!transaction) return tl::make_unexpected(transaction.error());
  if (auto asked = set_asked(case_row, at); !asked) return asked;
  return transaction->commit();
}

Result<void> SqliteLedger::set_asked(std::int64_t case_row, Instant at) {
  return db_.run("UPDATE cases SET asked_at = ?2 WHERE id = ?1", case_row, seconds(at));
}

}  // namespace atz::ledger
