#include "ledger/schema.hpp"

#include <fmt/format.h>

#include <array>

namespace atz::ledger {

namespace {

// Instants are seconds since 1970 in UTC, days are YYYY-MM-DD. Columns marked "sealed" open only with the key and with
// their own place as context, so that a value moved to another row does not open.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE properties (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL UNIQUE,
  home_id TEXT NOT NULL,
  profile TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX batches_of_home ON batches (profile, home_id);

-- Each sending of a batch: the first, and later ones with the members that were not accepted.
CREATE TABLE transmissions (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batches (id),
  number INTEGER NOT NULL,
  mode TEXT NOT NULL,
  url TEXT NOT NULL,
  created INTEGER NOT NULL,
  body_digest TEXT NOT NULL,
  body BLOB NOT NULL,                -- sealed
  UNIQUE (batch, number)
) STRICT;

-- One member's message and what became of it. A member that is sent again gets a row of its own.
CREATE TABLE cases (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batches (id),
  transmission INTEGER NOT NULL REFERENCES transmissions (id),
  label TEXT NOT NULL,
  position INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  claim_identifier TEXT NOT NULL,
  bundle_identifier TEXT NOT NULL,
  case_id TEXT NOT NULL DEFAULT '',
  delivery TEXT NOT NULL,
  status TEXT NOT NULL,
  previous_status TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  asked_at INTEGER NOT NULL DEFAULT 0,
  submitted_on TEXT NOT NULL,
  expected_by TEXT NOT NULL,
  content_digest TEXT NOT NULL,
  body_digest TEXT NOT NULL,
  remarks BLOB,                      -- sealed
  identity BLOB NOT NULL,            -- sealed
  body BLOB NOT NULL,                -- sealed
  UNIQUE (batch, label, attempt)
) STRICT;
CREATE INDEX cases_by_claim ON cases (claim_identifier);
CREATE INDEX cases_by_bundle ON cases (bundle_identifier);
CREATE INDEX cases_unsettled ON cases (batch) WHERE delivery IN ('sending', 'unknown');

CREATE VIEW latest_cases AS
  SELECT * FROM cases AS c
  WHERE attempt = (SELECT max(attempt) FROM cases WHERE batch = c.batch AND label = c.label);

CREATE TABLE lines (
  case_row INTEGER NOT NULL REFERENCES cases (id),
  sequence INTEGER NOT NULL,
  trace TEXT NOT NULL,
  code TEXT NOT NULL,
  asked BLOB NOT NULL,               -- sealed
  decision BLOB,                     -- sealed; NULL: none yet
  PRIMARY KEY (case_row, sequence)
) STRICT;

-- Answers that changed something, as they came.
CREATE TABLE replies (
  case_row INTEGER NOT NULL REFERENCES cases (id),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,                -- sealed
  PRIMARY KEY (case_row, number)
) STRICT;

-- previous and now: a word for delivery, status and case_id, sealed for decision and remarks. news: whether
-- `status --changes` tells of it; what `submit` itself has shown is no news.
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  case_row INTEGER NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('delivery', 'status', 'case_id', 'decision', 'remarks')),
  line INTEGER NOT NULL DEFAULT 0,
  previous ANY,
  now ANY NOT NULL,
  news INTEGER NOT NULL
) STRICT;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TABLE marks (
  profile TEXT NOT NULL,
  name TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (profile, name)
) STRICT, WITHOUT ROWID;
)sql";

// Extensions, answers and withdrawals: a request says what it is for, and messages about it have a table of their own.
constexpr const char* kVersion2 = R"sql(
DROP VIEW latest_cases;
ALTER TABLE cases ADD COLUMN purpose TEXT NOT NULL DEFAULT 'first';
CREATE VIEW latest_cases AS
  SELECT * FROM cases AS c
  WHERE attempt = (SELECT max(attempt) FROM cases WHERE batch = c.batch AND label = c.label);
CREATE INDEX cases_by_case_id ON cases (case_id);

CREATE TABLE follow_ups (
  id INTEGER PRIMARY KEY,
  case_row INTEGER NOT NULL REFERENCES cases (id),
  after_case INTEGER NOT NULL,       -- the newest case row when it was made
  kind TEXT NOT NULL CHECK (kind IN ('cancel', 'answer')),
  question TEXT NOT NULL,            -- number of the question that it answers
  claim_identifier TEXT NOT NULL,
  bundle_identifier TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  delivery TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  body BLOB NOT NULL,                -- sealed
  text BLOB NOT NULL,                -- sealed
  reply BLOB                         -- sealed
) STRICT;
CREATE INDEX follow_ups_of_case ON follow_ups (case_row);
)sql";

// What the payer sent by itself: each is taken in once, and a gap in the numbers is noticed.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY,
  profile TEXT NOT NULL,
  subscription TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('handshake', 'heartbeat', 'event')),
  first INTEGER NOT NULL,            -- numbers of its events; of the others: events so far
  number INTEGER NOT NULL,           -- the last of them
  at INTEGER NOT NULL,               -- as the payer says
  received_at INTEGER NOT NULL,
  digest TEXT NOT NULL               -- keyed
) STRICT;
CREATE UNIQUE INDEX notifications_once ON notifications (profile, subscription, number, digest);

CREATE TABLE notified_cases (
  case_row INTEGER NOT NULL REFERENCES cases (id),
  notification INTEGER NOT NULL REFERENCES notifications (id),
  PRIMARY KEY (case_row, notification)
) STRICT, WITHOUT ROWID;
)sql";

// The audit trail. digest: keyed, of bytes; state: keyed, of all that is known of the message afterwards; chain: keyed,
// of the entry and of the chain before it; all three as after `key_changes` changes of the key.
constexpr const char* kVersion4 = R"sql(
CREATE TABLE log (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  profile TEXT NOT NULL,
  subject TEXT NOT NULL,
  what TEXT NOT NULL,
  digest TEXT NOT NULL,
  case_row INTEGER NOT NULL,
  follow_up INTEGER NOT NULL,
  state TEXT NOT NULL,
  key_changes INTEGER NOT NULL,
  chain TEXT NOT NULL
) STRICT;
CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_remains BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
INSERT INTO properties SELECT 'carry_into_log', 'what was sent before there was a log' WHERE EXISTS (SELECT 1 FROM cases);
)sql";

// Step n leads from version n to n + 1. Released steps never change.
constexpr std::array kSteps{kVersion1, kVersion2, kVersion3, kVersion4};

}  // namespace

int newest_version() {
  return static_cast<int>(kSteps.size());
}

Result<void> migrate(const Connection& connection, int version) {
  for (; version < newest_version(); ++version) {
    auto transaction = Transaction::begin(connection, Transaction::Kind::write);
    if (!transaction) return tl::make_unexpected(transaction.error());
    if (auto step = connection.script(kSteps[static_cast<std::size_t>(version)]); !step) return step;
    if (auto set = connection.script(fmt::format("PRAGMA user_version={}", version + 1)); !set) return set;
    if (auto done = transaction->commit(); !done) return done;
  }
  return {};
}

}  // namespace atz::ledger
