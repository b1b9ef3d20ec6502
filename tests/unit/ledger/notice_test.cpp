#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;

namespace {

constexpr const char* kBatch = "maple-street-20261207-aaaaa";

Notice event(std::int64_t number, int minute, const std::string& body = "") {
  return {"sandbox",
          "Subscription/1",
          NoticeKind::event,
          number,
          number,
          at(minute),
          body.empty() ? "event " + std::to_string(number) : body};
}

// A is accepted and in review.
std::unique_ptr<Ledger> with_case(const Folder& folder) {
  auto ledger = folder.open();
  must(ledger->record_intent(batch(kBatch, {"A"})));
  must(ledger->record_outcome(kBatch, {accepted("A")}, at(1)));
  return ledger;
}

Told tell(Ledger& ledger, const Notice& notice, CaseStatus status, int minute) {
  const auto told = must(ledger.record_notice(notice, {{find(ledger, "A").id, accepted("A", status)}}, at(minute)));
  REQUIRE(told.size() == 1);
  return told.front();
}

}  // namespace

TEST_CASE("a notification changes a case once, is news, and is no asking") {
  const Folder folder;
  const auto ledger = with_case(folder);
  CHECK_FALSE(must(ledger->last_notice("sandbox", "Subscription/1")).has_value());
  CHECK_FALSE(must(ledger->has_notice(event(1, 5))));
  CHECK(tell(*ledger, event(1, 5), CaseStatus::info_requested, 6) == Told::changed);
  CHECK(must(ledger->has_notice(event(1, 5))));
  CHECK_FALSE(must(ledger->has_notice(event(1, 5, "other bytes"))));
  CHECK_FALSE(must(ledger->has_notice(event(2, 5, "event 1"))));
  CHECK(must(ledger->last_notice("sandbox", "Subscription/1")) == 1);
  CHECK_FALSE(must(ledger->last_notice("sandbox", "Subscription/2")).has_value());
  CHECK_FALSE(must(ledger->last_notice("other", "Subscription/1")).has_value());
  const auto record = find(*ledger, "A");
  CHECK(record.status == CaseStatus::info_requested);
  CHECK(record.asked_at == Instant{});
  CHECK(must(ledger->changes_since("sandbox", "status")).size() == 1);
  CHECK(tell(*ledger, event(2, 7), CaseStatus::info_requested, 8) == Told::known);
}

TEST_CASE("what is older than what is known changes nothing") {
  const Folder folder;
  const auto ledger = with_case(folder);
  CHECK(tell(*ledger, event(3, 20), CaseStatus::approved, 21) == Told::changed);
  CHECK(tell(*ledger, event(2, 10), CaseStatus::info_requested, 22) == Told::outdated);
  CHECK(find(*ledger, "A").status == CaseStatus::approved);
  CHECK(must(ledger->last_notice("sandbox", "Subscription/1")) == 3);
  // The payer was asked after the event happened.
  must(ledger->record_inquiry(find(*ledger, "A").id, accepted("A", CaseStatus::denied), at(30)));
  CHECK(tell(*ledger, event(4, 29), CaseStatus::approved, 31) == Told::outdated);
  CHECK(tell(*ledger, event(5, 30), CaseStatus::approved, 32) == Told::changed);
}

TEST_CASE("an older notification with the same status undoes no decision, note or request") {
  const Folder folder;
  const auto ledger = with_case(folder);
  const auto row = find(*ledger, "A").id;
  auto newer = accepted("A", CaseStatus::info_requested);
  newer.notes = {"newer"};
  must(ledger->record_inquiry(row, newer, at(30)));
  auto older = accepted("A", CaseStatus::info_requested);
  older.notes = {"older"};
  older.flag = "older";
  const auto sequence = find(*ledger, "A").lines.at(0).asked.sequence;
  older.lines = {decided(model::ReviewAction::certified, 40)};
  older.lines[0].sequence = sequence;
  CHECK(must(ledger->record_notice(event(1, 20), {{row, older}}, at(31))).front() == Told::outdated);
  CHECK(find(*ledger, "A").notes == newer.notes);
  CHECK(find(*ledger, "A").flag.empty());
  CHECK(find(*ledger, "A").lines.at(0).decision.action != older.lines[0].action);
  // What the payer asks for does not come with an answer to a question.
  older.requests.resize(1);
  older.requests[0].text = "Who sleeps in at night?";
  CHECK(must(ledger->record_notice(event(2, 21), {{row, older}}, at(32))).front() == Told::known);
  CHECK(find(*ledger, "A").requests.size() == 1);
  CHECK(find(*ledger, "A").notes == newer.notes);
  CHECK(find(*ledger, "A").lines.at(0).decision.action != older.lines[0].action);
  older.requests[0].text = "Who cooks?";
  CHECK(must(ledger->record_notice(event(3, 22), {{row, older}}, at(33))).front() == Told::outdated);
  CHECK(find(*ledger, "A").requests.at(0).text == "Who sleeps in at night?");
}

TEST_CASE("events of two subscriptions are compared by their times") {
  const Folder folder;
  const auto ledger = with_case(folder);
  CHECK(tell(*ledger, event(7, 20), CaseStatus::approved, 21) == Told::changed);
  Notice other = event(9, 10, "of the other");
  other.subscription = "Subscription/2";
  CHECK(tell(*ledger, other, CaseStatus::in_review, 22) == Told::outdated);
  other = event(10, 25, "of the other, later");
  other.subscription = "Subscription/2";
  CHECK(tell(*ledger, other, CaseStatus::denied, 26) == Told::changed);
  // Within one subscription numbers count, whatever the times say.
  CHECK(tell(*ledger, event(8, 25), CaseStatus::partially_approved, 27) == Told::changed);
  CHECK(tell(*ledger, event(9, 25), CaseStatus::approved, 28) == Told::changed);
}

TEST_CASE("all of a notification or nothing") {
  const Folder folder;
  const auto ledger = with_case(folder);
  const auto row = find(*ledger, "A").id;
  CHECK(failure(ledger->record_notice(event(1, 5), {{row, accepted("A", CaseStatus::approved)}, {999, accepted("B")}},
                                      at(6))) == Failure::bug);
  CHECK(find(*ledger, "A").status == CaseStatus::in_review);
  CHECK_FALSE(must(ledger->has_notice(event(1, 5))));
}

TEST_CASE("a message whose outcome was unknown is settled by a notification") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch(kBatch, {"A"})));
  must(ledger->record_outcome(kBatch, {undelivered("A", model::Delivery::unknown)}, at(1)));
  CHECK(tell(*ledger, event(1, 5), CaseStatus::in_review, 6) == Told::changed);
  CHECK(find(*ledger, "A").delivery == model::Delivery::accepted);
}

TEST_CASE("a payer that forgot everything counts from 1 again") {
  const Folder folder;
  const auto ledger = with_case(folder);
  CHECK(tell(*ledger, event(1, 5), CaseStatus::approved, 6) == Told::changed);
  must(ledger->retire("sandbox", at(10)));
  CHECK_FALSE(must(ledger->has_notice(event(1, 5))));
  CHECK_FALSE(must(ledger->last_notice("sandbox", "Subscription/1")).has_value());
}

TEST_CASE("a ledger of the second version is brought up to date and keeps what is in it") {
  const Folder folder;
  with_case(folder);
  sql(folder.db(), "DROP TABLE log; DROP TABLE notified_cases; DROP TABLE notifications; PRAGMA user_version=2");
  const auto ledger = folder.open();
  CHECK(number(folder.db(), "PRAGMA user_version") == 4);
  CHECK(find(*ledger, "A").status == CaseStatus::in_review);
  CHECK(tell(*ledger, event(1, 5), CaseStatus::approved, 6) == Told::changed);
}

TEST_CASE("nothing of a notification's text is in the file") {
  const Folder folder;
  {
    const auto ledger = with_case(folder);
    auto outcome = accepted("A", CaseStatus::approved);
    outcome.raw_reply = "canary-of-a-notification";
    must(ledger->record_notice(event(1, 5, "canary-of-a-notification"), {{find(*ledger, "A").id, outcome}}, at(6)));
  }
  folder.open();
  for (const auto& file : folder.files()) CHECK(read_bytes(file).find("canary-of") == std::string::npos);
}
