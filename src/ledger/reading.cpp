#include <fmt/format.h>

#include "ledger/codec.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {

namespace {

constexpr const char* kCases =
    "SELECT c.id, b.batch_id, b.home_id, b.profile, c.label, c.claim_identifier, c.bundle_identifier, c.case_id, "
    "c.content_digest, c.delivery, c.status, c.previous_status, c.sent_at, c.changed_at, c.asked_at, c.submitted_on, "
    "c.expected_by, c.attempt, c.remarks, c.purpose FROM latest_cases AS c JOIN batches AS b ON b.id = c.batch ";

}  // namespace

Result<MessageKey> SqliteLedger::key_of(std::int64_t case_row) const {
  Statement row(
      db_, "SELECT b.batch_id, c.label, c.attempt FROM cases AS c JOIN batches AS b ON b.id = c.batch WHERE c.id = ?1");
  const auto found = row.bind(case_row).next();
  if (!found) return tl::make_unexpected(found.error());
  if (!*found) return tl::make_unexpected(bug(fmt::format("The ledger has no case row {}.", case_row)));
  return MessageKey{row.text(0), row.text(1), row.integer(2)};
}

Result<CaseRecord> SqliteLedger::read_case(const Statement& row) const {
  CaseRecord record;
  record.id = row.integer(0);
  int column = 1;
  for (std::string* field :
       {&record.batch_id, &record.home_id, &record.profile, &record.label, &record.claim_identifier,
        &record.bundle_identifier, &record.case_id, &record.content_digest}) {
    *field = row.text(column++);
  }
  const auto delivery = model::delivery(row.text(9));
  const auto status = model::case_status(row.text(10));
  const auto previous = model::case_status(row.text(11));
  const auto submitted_on = model::parse_date(row.text(15));
  const auto expected_by = model::parse_date(row.text(16));
  const auto purpose = model::purpose(row.text(19));
  if (!delivery || !status || !previous || !submitted_on || !expected_by || !purpose) {
    return tl::make_unexpected(damaged(fmt::format("case row {} can't be read", record.id)));
  }
  record.purpose = *purpose;
  record.delivery = *delivery;
  record.status = *status;
  record.previous_status = *previous;
  record.sent_at = instant(row.integer(12));
  record.changed_at = instant(row.integer(13));
  record.asked_at = instant(row.integer(14));
  record.submitted_on = *submitted_on;
  record.expected_by = *expected_by;
  record.attempt = static_cast<int>(row.integer(17));
  if (!row.is_null(18)) {
    const auto packed = unseal(row, 18, context("cases.remarks", {record.batch_id, record.label, record.attempt}));
    if (!packed) return tl::make_unexpected(packed.error());
    Remarks remarks;
    if (!decode_remarks(*packed, remarks)) return tl::make_unexpected(damaged("remarks can't be read"));
    record.flag = std::move(remarks.flag);
    record.notes = std::move(remarks.notes);
    record.requests = std::move(remarks.requests);
  }
  return record;
}

Result<void> SqliteLedger::load_lines(Statement& lines, CaseRecord& record) const {
  const MessageKey key{record.batch_id, record.label, record.attempt};
  lines.bind(record.id);
  for (;;) {
    const auto row = lines.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return {};
    CaseLine line;
    line.asked.sequence = static_cast<int>(lines.integer(0));
    line.asked.trace = lines.text(1);
    line.asked.code = lines.text(2);
    line.decision.sequence = line.asked.sequence;
    const auto asked = unseal(lines, 3, context("lines.asked", key, line.asked.sequence));
    if (!asked) return tl::make_unexpected(asked.error());
    bool read = decode_asked(*asked, line.asked);
    if (!lines.is_null(4)) {
      const auto decision = unseal(lines, 4, context("lines.decision", key, line.asked.sequence));
      if (!decision) return tl::make_unexpected(decision.error());
      read = decode_decision(*decision, line.decision) && read;
    }
    if (!read) return tl::make_unexpected(damaged(fmt::format("line {} can't be read", line.asked.trace)));
    record.lines.push_back(std::move(line));
  }
}

Statement SqliteLedger::select_cases(const std::string& where) const {
  return {db_, fmt::format("{} WHERE {} ORDER BY b.id, c.position", kCases, where)};
}

Result<std::vector<CaseRecord>> SqliteLedger::load_cases(Statement& selected) const {
  Statement lines(db_,
                  "SELECT sequence, trace, code, asked, decision FROM lines WHERE case_row = ?1 ORDER BY sequence");
  std::vector<CaseRecord> records;
  for (;;) {
    const auto found = selected.next();
    if (!found) return tl::make_unexpected(found.error());
    if (!*found) return records;
    auto record = read_case(selected);
    if (!record) return tl::make_unexpected(record.error());
    if (auto loaded = load_lines(lines, *record); !loaded) return tl::make_unexpected(loaded.error());
    records.push_back(std::move(*record));
  }
}

Result<std::vector<BatchRecord>> SqliteLedger::load_batches(Statement& selected) const {
  auto snapshot = Transaction::begin(db_, Transaction::Kind::read);
  if (!snapshot) return tl::make_unexpected(snapshot.error());
  auto members = load_cases(selected);
  if (!members) return tl::make_unexpected(members.error());
  Statement latest(db_,
                   "SELECT t.mode, t.url, b.created FROM batches AS b JOIN transmissions AS t ON t.batch = b.id "
                   "WHERE b.batch_id = ?1 ORDER BY t.number DESC");
  std::vector<BatchRecord> batches;
  for (auto& member : *members) {
    if (batches.empty() || batches.back().batch_id != member.batch_id) {
      const auto found = latest.bind(member.batch_id).next();
      if (!found) return tl::make_unexpected(found.error());
      if (!*found) return tl::make_unexpected(damaged(fmt::format("batch {} has no transmission", member.batch_id)));
      batches.push_back({member.batch_id,
                         member.home_id,
                         member.profile,
                         latest.text(0),
                         latest.text(1),
                         instant(latest.integer(2)),
                         {}});
    }
    batches.back().members.push_back(std::move(member));
  }
  return batches;
}

Result<std::vector<CaseRecord>> SqliteLedger::cases(const std::string& profile) const {
  auto snapshot = Transaction::begin(db_, Transaction::Kind::read);
  if (!snapshot) return tl::make_unexpected(snapshot.error());
  auto selected = select_cases("b.profile = ?1");
  return load_cases(selected.bind(profile));
}

Result<std::vector<BatchRecord>> SqliteLedger::batches_of_home(const std::string& profile,
                                                               const std::string& home_id) const {
  auto selected = select_cases("b.profile = ?1 AND b.home_id = ?2");
  return load_batches(selected.bind(profile, home_id));
}

Result<std::vector<BatchRecord>> SqliteLedger::batches() const {
  auto selected = select_cases("1");
  return load_batches(selected);
}

Result<std::vector<BatchRecord>> SqliteLedger::unsettled(const std::string& profile) const {
  auto selected =
      select_cases("b.profile = ?1 AND b.id IN (SELECT batch FROM cases WHERE delivery IN ('sending', 'unknown'))");
  return load_batches(selected.bind(profile));
}

Result<std::string> SqliteLedger::body(const std::string& batch_id) const {
  Statement row(db_,
                "SELECT t.body, t.number FROM transmissions AS t JOIN batches AS b ON b.id = t.batch "
                "WHERE b.batch_id = ?1 ORDER BY t.number DESC");
  const auto found = row.bind(batch_id).next();
  if (!found) return tl::make_unexpected(found.error());
  if (!*found) return tl::make_unexpected(bug(fmt::format("The ledger has no batch {}.", batch_id)));
  return unseal(row, 0, context("transmissions.body", {batch_id, "", row.integer(1)}));
}

Result<std::string> SqliteLedger::member_body(std::int64_t case_row) const {
  const auto key = key_of(case_row);
  if (!key) return tl::make_unexpected(key.error());
  Statement row(db_, "SELECT body FROM cases WHERE id = ?1");
  const auto found = row.bind(case_row).next();
  if (!found) return tl::make_unexpected(found.error());
  return unseal(row, 0, context("cases.body", *key));
}

Result<CaseIdentity> SqliteLedger::identity(std::int64_t case_row) const {
  const auto key = key_of(case_row);
  if (!key) return tl::make_unexpected(key.error());
  Statement row(db_, "SELECT identity FROM cases WHERE id = ?1");
  const auto found = row.bind(case_row).next();
  if (!found) return tl::make_unexpected(found.error());
  const auto packed = unseal(row, 0, context("cases.identity", *key));
  if (!packed) return tl::make_unexpected(packed.error());
  CaseIdentity identity;
  if (!decode_identity(*packed, identity)) return tl::make_unexpected(damaged("an identity can't be read"));
  return identity;
}

}  // namespace atz::ledger
