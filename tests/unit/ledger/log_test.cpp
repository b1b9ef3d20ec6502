#include <fmt/format.h>

#include <algorithm>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;
using model::Delivery;

namespace {

const std::string kBatch = "maple-street-20261207-aaaaa";

std::vector<std::string> actions(const Ledger& ledger) {
  std::vector<std::string> found;
  const auto entries = must(ledger.log());
  for (const auto& entry : entries) found.push_back(entry.action);
  return found;
}

// A home that was sent and accepted, with a withdrawal.
void live(const Folder& folder) {
  const auto ledger = folder.open();
  must(ledger->record_intent(batch(kBatch, {"A", "B"})));
  must(ledger->record_outcome(kBatch, {accepted("A"), accepted("B")}, at(1)));
  FollowUpIntent intent;
  intent.case_row = find(*ledger, "A").id;
  intent.kind = FollowUpKind::cancel;
  intent.claim_identifier = "trace-of-withdrawal";
  intent.bundle_identifier = "bundle-of-withdrawal";
  intent.url = "Claim/$submit";
  intent.body = "{}";
  intent.created = at(2);
  const auto id = must(ledger->record_follow_up(intent));
  must(ledger->settle_follow_up(id, Delivery::accepted, "{}", at(3)));
}

std::vector<std::string> wrong_of(const Folder& folder, const std::string& head = "") {
  return must(folder.open(Access::read)->verify_log(head)).wrong;
}

// Somebody with the file in hand, but without the key: the triggers do not hold them up.
void tamper(const Folder& folder, const std::string& script) {
  folder.open();  // folds the write-ahead log
  sql(folder.db(),
      "DROP TRIGGER log_stays; DROP TRIGGER log_remains; DROP TRIGGER events_stay; DROP TRIGGER events_remain;" +
          script);
}

}  // namespace

TEST_CASE("every message and every answer that changes something has an entry") {
  const Folder folder;
  live(folder);
  const auto ledger = folder.open(Access::read);
  CHECK(actions(*ledger) == std::vector<std::string>{"send", "send", "answer", "answer", "withdraw", "settle"});
  const auto entries = must(ledger->log());
  CHECK(entries.at(0).subject == find(*ledger, "A").claim_identifier);
  CHECK(entries.at(0).what == "sending");
  CHECK(entries.at(0).digest.size() == 64);
  CHECK(entries.at(2).what == fmt::format("accepted, in_review, case {}", find(*ledger, "A").case_id));
  CHECK(entries.at(2).at == at(1));
  CHECK(entries.at(5).what == fmt::format("accepted, case {}", find(*ledger, "A").case_id));
  const auto check = must(ledger->verify_log(""));
  CHECK(check.wrong.empty());
  CHECK(check.entries == 6);
  CHECK(check.head == entries.back().chain);
  CHECK(must(ledger->verify()).empty());
}

TEST_CASE("an answer that says nothing new has no entry, and neither has a refused change") {
  const Folder folder;
  live(folder);
  const auto ledger = folder.open();
  const auto before = must(ledger->log()).size();
  must(ledger->record_outcome(kBatch, {accepted("A"), accepted("B")}, at(4)));
  CHECK_FALSE(ledger->record_outcome(kBatch, {accepted("Z")}, at(4)));
  must(ledger->record_asked(find(*ledger, "A").id, at(5)));
  CHECK(must(ledger->log()).size() == before);
}

TEST_CASE("the log names who wrote") {
  const Folder folder;
  const seal::Vault key = vault();
  const auto opened = Ledger::open(folder.disk(), folder.state(), key, entropy(), Access::write, "example");
  REQUIRE(opened);
  must((*opened)->record_intent(batch(kBatch, {"A"})));
  CHECK(must((*opened)->log()).front().actor == "example");
}

TEST_CASE("any change of the log is found") {
  const Folder folder;
  live(folder);
  const std::string head = must(folder.open(Access::read)->verify_log("")).head;
  CHECK(wrong_of(folder, head).empty());
  SUBCASE("a column") {
    for (const char* change : {"at = at + 1", "actor = 'x'", "action = 'settle'", "profile = 'x'", "subject = 'x'",
                               "what = 'refused'", "digest = 'x'", "case_row = 77", "follow_up = 1", "state = 'x'",
                               "key_changes = 1", "key_changes = -1", "chain = 'x'"}) {
      CAPTURE(change);
      const Folder copy;
      live(copy);
      tamper(copy, fmt::format("UPDATE log SET {} WHERE sequence = 3", change));
      CHECK_FALSE(wrong_of(copy).empty());
    }
  }
  SUBCASE("an entry that is gone from the middle") {
    tamper(folder, "DELETE FROM log WHERE sequence = 3");
    CHECK(wrong_of(folder).size() >= 2);
  }
  SUBCASE("the last entry that is gone") {
    tamper(folder, "DELETE FROM log WHERE sequence = 6");
    CHECK(wrong_of(folder) == std::vector<std::string>{"message bundle-of-withdrawal is not as the log tells"});
    CHECK(wrong_of(folder, head).size() == 2);
  }
  SUBCASE("an entry that was added") {
    tamper(folder,
           "INSERT INTO log SELECT 7, at, actor, action, profile, subject, what, digest, case_row, follow_up, state, "
           "key_changes, chain FROM log WHERE sequence = 6");
    CHECK_FALSE(wrong_of(folder).empty());
  }
  SUBCASE("all of it") {
    tamper(folder, "DELETE FROM log");
    CHECK(wrong_of(folder).size() == 3);
    CHECK(wrong_of(folder, head).size() == 4);
  }
  SUBCASE("two entries that changed places") {
    tamper(folder,
           "UPDATE log SET sequence = 100 WHERE sequence = 3; UPDATE log SET sequence = 3 WHERE sequence = 4; "
           "UPDATE log SET sequence = 4 WHERE sequence = 100");
    CHECK_FALSE(wrong_of(folder).empty());
  }
}

TEST_CASE("a change of what the log tells of is found") {
  for (const char* change :
       {"UPDATE cases SET status = 'approved' WHERE label = 'A'",
        "UPDATE cases SET delivery = 'refused' WHERE label = 'B'", "UPDATE cases SET case_id = 'X1' WHERE label = 'A'",
        "DELETE FROM follow_ups", "UPDATE follow_ups SET delivery = 'unknown'",
        "UPDATE cases SET expected_by = '2026-12-31' WHERE label = 'B'", "UPDATE cases SET sent_at = sent_at + 1",
        "UPDATE cases SET submitted_on = '2026-12-01' WHERE label = 'A'", "UPDATE cases SET purpose = 'change'",
        "UPDATE cases SET changed_at = 0 WHERE label = 'A'", "UPDATE cases SET previous_status = 'denied'",
        "UPDATE batches SET home_id = 'another-home'", "UPDATE batches SET created = 0", "UPDATE lines SET trace = 'x'",
        "UPDATE lines SET code = 'T2017'"}) {
    CAPTURE(change);
    const Folder folder;
    live(folder);
    tamper(folder, change);
    CHECK_FALSE(wrong_of(folder).empty());
    CHECK_FALSE(must(folder.open(Access::read)->verify()).empty());
  }
}

TEST_CASE("the log can't be changed by way of the ledger's own connection") {
  const Folder folder;
  live(folder);
  folder.open();
  CHECK_FALSE(try_sql(folder.db(), "UPDATE log SET what = 'x'"));
  CHECK_FALSE(try_sql(folder.db(), "DELETE FROM log"));
}

TEST_CASE("a ledger of the third version enters what it holds into the log, once") {
  const Folder folder;
  live(folder);
  folder.open();
  sql(folder.db(), "DROP TABLE log; DELETE FROM properties WHERE name = 'key_changes'; PRAGMA user_version=3");
  // Reading is enough to bring it up to date.
  CHECK(actions(*folder.open(Access::read)) == std::vector<std::string>{"carry", "carry", "carry"});
  CHECK(number(folder.db(), "PRAGMA user_version") == 4);
  CHECK(wrong_of(folder).empty());
  const auto ledger = folder.open();
  CHECK(must(ledger->log()).size() == 3);
  must(ledger->record_inquiry(find(*ledger, "B").id, accepted("B", CaseStatus::approved), at(9)));
  CHECK(actions(*ledger).back() == "answer");
  CHECK(must(ledger->verify()).empty());
}
