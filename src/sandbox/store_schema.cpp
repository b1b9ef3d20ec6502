// The tables of the store, and how a store of an earlier version becomes one of this.
#include <fmt/format.h>

#include <algorithm>

#include "sandbox/store.hpp"

namespace atz::sandbox {
namespace {

constexpr std::int64_t kSchemaVersion = 4;

constexpr const char* kSchema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE cases(
  case_id TEXT PRIMARY KEY,
  client TEXT NOT NULL,
  home_id TEXT NOT NULL,
  label TEXT NOT NULL,
  batch TEXT NOT NULL,
  npi TEXT NOT NULL,
  member TEXT NOT NULL,          -- keyed digest of the member ID
  received INTEGER NOT NULL,     -- seconds since 1970
  decided INTEGER,
  status TEXT NOT NULL,
  phase TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX cases_by_member ON cases(client, member);
CREATE TABLE events(
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,            -- 'note'; 'received' and decisions in stores of version 1
  note BLOB,                     -- sealed
  about TEXT NOT NULL DEFAULT '') STRICT;  -- chain and sequences of the lines: "1 2 3"; '' is the whole case
CREATE INDEX events_by_case ON events(case_id);
CREATE TABLE messages(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,             -- keyed digest of client, kind and Bundle.identifier
  body TEXT NOT NULL,            -- keyed digest
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  reply BLOB NOT NULL) STRICT;   -- sealed
CREATE INDEX messages_by_key ON messages(key);
CREATE TABLE members(
  member TEXT PRIMARY KEY,       -- keyed digest of the member ID
  name TEXT NOT NULL,            -- keyed digest of last name and birth date
  listed INTEGER NOT NULL,
  record BLOB NOT NULL) WITHOUT ROWID;  -- sealed
CREATE INDEX members_by_name ON members(name);
)sql";

// What version 2 added: cases that live on after their first message.
constexpr const char* kLifeOfCases = R"sql(
CREATE TABLE rounds(
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  chain INTEGER NOT NULL,
  at INTEGER NOT NULL,
  claim TEXT NOT NULL,           -- keyed digest of Claim.identifier
  content TEXT NOT NULL,         -- keyed digest of the content
  request BLOB NOT NULL,         -- sealed
  PRIMARY KEY(case_id, number)) WITHOUT ROWID;
CREATE INDEX rounds_by_claim ON rounds(claim);
CREATE TABLE lines(
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  chain INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  code TEXT NOT NULL,
  modifiers TEXT NOT NULL,       -- "SC"
  first INTEGER NOT NULL,        -- days since 1970, asked for
  last INTEGER NOT NULL,
  action TEXT NOT NULL,
  authorization_number TEXT NOT NULL,
  state TEXT NOT NULL,           -- JSON of the whole line; nothing personal
  PRIMARY KEY(case_id, chain, sequence)) WITHOUT ROWID;
CREATE INDEX lines_by_number ON lines(authorization_number) WHERE authorization_number <> '';
CREATE TABLE questions(
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  control TEXT NOT NULL,
  state TEXT NOT NULL,           -- open, answered, closed
  question BLOB NOT NULL) STRICT;  -- sealed
CREATE INDEX questions_by_case ON questions(case_id);
CREATE UNIQUE INDEX questions_by_control ON questions(control);
CREATE TABLE letters(
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  letter BLOB NOT NULL) STRICT;  -- sealed
CREATE TABLE history(
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  before TEXT NOT NULL,          -- status
  line TEXT NOT NULL,            -- JSON
  reason BLOB NOT NULL) STRICT;  -- sealed
CREATE INDEX history_by_time ON history(at);
CREATE TABLE timers(
  id INTEGER PRIMARY KEY,
  due INTEGER NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  data BLOB NOT NULL) STRICT;    -- sealed
CREATE INDEX timers_by_due ON timers(due, id);
CREATE INDEX timers_by_case ON timers(case_id);
)sql";

// What version 3 added: somebody is told of changes.
constexpr const char* kSubscriptions = R"sql(
CREATE TABLE subscriptions(
  id TEXT PRIMARY KEY,
  client TEXT NOT NULL,          -- '' for the folder of this computer
  at INTEGER NOT NULL,
  status TEXT NOT NULL,          -- requested, active, error, off
  number INTEGER NOT NULL,       -- of its last event
  failures INTEGER NOT NULL,
  held INTEGER NOT NULL,         -- in the outbox
  channel BLOB NOT NULL) WITHOUT ROWID;  -- sealed JSON
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subscription TEXT NOT NULL REFERENCES subscriptions(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  handshake INTEGER NOT NULL,
  number INTEGER NOT NULL,
  body BLOB NOT NULL) STRICT;    -- sealed
CREATE INDEX outbox_by_subscription ON outbox(subscription, id);
)sql";

// What version 4 added: signed statements that can't be used again.
constexpr const char* kAssertions = R"sql(
CREATE TABLE assertions(
  digest TEXT PRIMARY KEY,       -- of client and jti
  until INTEGER NOT NULL) WITHOUT ROWID;  -- after that it is refused for its age
PRAGMA user_version = 4;
)sql";

LineState line_of_version_1(const Row& row, const fhir::ReceivedRequest& request) {
  const auto day = [](std::int64_t days) { return model::Date(std::chrono::days(days)); };
  LineState line;
  line.sequence = static_cast<int>(row.integer(0));
  line.code = row.text(1);
  line.ask.period = {day(row.integer(2)), day(row.integer(3))};
  if (!row.is_null(4)) line.ask.hours = model::Hours{row.integer(4)};
  line.ask.quantity = line.ask.period.days();
  line.ruling.action = row.text(5);
  line.ruling.authorization_number = row.text(6);
  if (!row.is_null(7)) line.ruling.authorized = model::DateSpan{day(row.integer(7)), day(row.integer(8))};
  if (!row.is_null(9)) line.ruling.issued = day(row.integer(9));
  if (!row.is_null(10)) line.ruling.hours = model::Hours{row.integer(10)};
  for (const fhir::ReceivedLine& asked : request.lines) {
    if (asked.sequence == line.sequence) line.ask.quantity = asked.quantity;
  }
  return line;
}

}  // namespace

Result<void> Store::prepare() {
  auto transaction = write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  const auto version = database_.one("PRAGMA user_version");
  if (!version) return tl::make_unexpected(version.error());
  const std::int64_t found = *version ? (*version)->integer(0) : 0;
  if (found == 0) {
    if (auto made = database_.script(kSchema); !made) return made;
    if (auto made = database_.script(kLifeOfCases); !made) return made;
    if (auto made = database_.script(kSubscriptions); !made) return made;
    if (auto made = database_.script(kAssertions); !made) return made;
    const std::string check = seal("atz sandbox", "meta.check", "");
    if (auto kept = database_.run("INSERT INTO meta VALUES('check', ?), ('key_changes', ?)",
                                  {Blob{check}, std::int64_t{vault_.key_changes()}});
        !kept) {
      return kept;
    }
    return transaction->commit();
  }
  if (found > kSchemaVersion) {
    return fail(
        Failure::state,
        fmt::format("The embedded payer's store has version {}, and this atz knows version {}.", found, kSchemaVersion),
        "Use the atz that wrote it, or start afresh with `atz sandbox reset`.");
  }
  const auto changes = key_changes();
  if (!changes) return tl::make_unexpected(changes.error());
  const auto check = database_.one("SELECT value FROM meta WHERE key = 'check'");
  if (!check) return tl::make_unexpected(check.error());
  if (*changes > vault_.key_changes() || !*check || !unseal((*check)->text(0), "meta.check", "")) {
    return fail(Failure::state, "The embedded payer's store was sealed with another key.",
                "Put the former key file back, or start afresh with `atz sandbox reset`.");
  }
  if (found < 2) {
    if (auto migrated = give_life_to_cases(); !migrated) return migrated;
  }
  if (found < 3) {
    if (auto made = database_.script(kSubscriptions); !made) return made;
  }
  if (found < kSchemaVersion) {
    if (auto made = database_.script(kAssertions); !made) return made;
  }
  if (*changes < vault_.key_changes()) {
    if (auto renewed = rekey(*changes); !renewed) return renewed;
  }
  return transaction->commit();
}

Result<void> Store::give_life_to_cases() {
  if (auto made = database_.script("DROP INDEX cases_by_claim; DROP INDEX lines_by_number;"
                                   "ALTER TABLE lines RENAME TO lines_1;"
                                   "ALTER TABLE cases ADD COLUMN phase TEXT NOT NULL DEFAULT '';"
                                   "ALTER TABLE events ADD COLUMN about TEXT NOT NULL DEFAULT '';");
      !made) {
    return made;
  }
  if (auto made = database_.script(kLifeOfCases); !made) return made;
  const auto cases = database_.query("SELECT case_id, received, claim, content, request, decided, client FROM cases");
  if (!cases) return tl::make_unexpected(cases.error());
  for (const Row& row : *cases) {
    const std::string& case_id = row.text(0);
    const auto json = unseal(row.text(4), "cases.request", case_id);
    if (!json) return tl::make_unexpected(json.error());
    const auto request = fhir::received_request_from_json(*json);
    if (!request) return tl::make_unexpected(request.error());
    const Instant received{std::chrono::seconds(row.integer(1))};
    if (auto kept = add_round(case_id, 1, 1, *request, received); !kept) return kept;
    const auto lines = database_.query(
        "SELECT sequence, code, first, last, quarters, action, authorization_number, authorized_first, "
        "authorized_last, issued, granted_quarters FROM lines_1 WHERE case_id = ?",
        {case_id});
    if (!lines) return tl::make_unexpected(lines.error());
    CaseState state;
    for (const Row& line : *lines) state.lines.push_back(line_of_version_1(line, *request));
    settle(state, {});
    for (const LineState& line : state.lines) {
      LineState before = line;
      before.status = model::CaseStatus::in_review;
      if (auto kept = save_line(case_id, line); !kept) return kept;
      if (auto kept = add_history(case_id, received, model::CaseStatus::submitted, before, ""); !kept) return kept;
      if (row.is_null(5)) continue;
      const Instant decided{std::chrono::seconds(row.integer(5))};
      if (auto kept = add_history(case_id, decided, before.status, line, ""); !kept) return kept;
    }
  }
  return database_.script(
      "DROP TABLE lines_1; ALTER TABLE cases DROP COLUMN claim; ALTER TABLE cases DROP COLUMN content;"
      "ALTER TABLE cases DROP COLUMN request; PRAGMA user_version = 2;");
}

}  // namespace atz::sandbox
