// Requests that ride on a case, messages about a case, and its history.
#include <algorithm>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;
using model::Delivery;
using model::Purpose;
using model::ReviewAction;

namespace {

const std::string kFirst = "maple-street-20261207-aaaaa";
const std::string kSecond = "maple-street-20270111-bbbbb";

FollowUpIntent message(std::int64_t case_row, const std::string& number, FollowUpKind kind = FollowUpKind::cancel) {
  FollowUpIntent intent;
  intent.case_row = case_row;
  intent.kind = kind;
  intent.claim_identifier = number;
  intent.bundle_identifier = number + "-S1";
  intent.url = kind == FollowUpKind::cancel ? "Claim/$submit" : "$submit-attachment";
  intent.body = "the bytes of " + number;
  intent.text = "the words of " + number;
  intent.created = at(10);
  return intent;
}

// A first request of A, accepted as PA-A, and an extension of it that is accepted too.
void record_two(Ledger& ledger) {
  must(ledger.record_intent(batch(kFirst, {"A"})));
  must(ledger.record_outcome(kFirst, {accepted("A", CaseStatus::approved)}, at(1)));
  auto extension = batch(kSecond, {"A"}, "-2");
  extension.members[0].purpose = Purpose::change;
  extension.members[0].case_id = "PA-A";
  extension.members[0].lines.resize(1);
  extension.members[0].lines[0].sequence = 2;
  extension.created = at(5);
  must(ledger.record_intent(extension));
}

}  // namespace

TEST_CASE("several requests share a Case ID, and each keeps its own lines and status") {
  const Folder folder;
  const auto ledger = folder.open();
  record_two(*ledger);
  auto records = must(ledger->cases("sandbox"));
  REQUIRE(records.size() == 2);
  CHECK(records[0].purpose == Purpose::first);
  CHECK(records[1].purpose == Purpose::change);
  CHECK(records[1].case_id == "PA-A");  // known before the payer has answered
  CHECK(records[1].delivery == Delivery::sending);

  auto answer = accepted("A", CaseStatus::info_requested);
  answer.requests.push_back({"ACN-1", "08", "Plan of treatment", "18776-5", "the plan, please", 2,
                             model::make_date(2027, 1, 20), true, "https://payer.example/x"});
  must(ledger->record_outcome(kSecond, {answer}, at(6)));
  records = must(ledger->cases("sandbox"));
  CHECK(records[0].status == CaseStatus::approved);
  CHECK(records[1].status == CaseStatus::info_requested);
  REQUIRE(records[1].requests.size() == 1);
  const auto& request = records[1].requests[0];
  CHECK(request.control_number == "ACN-1");
  CHECK(request.text == "the plan, please");
  CHECK(request.line == 2);
  CHECK(request.due == model::make_date(2027, 1, 20));
  CHECK(request.by_attachment);
  CHECK(request.url == "https://payer.example/x");

  must(ledger->record_outcome(kSecond, {accepted("A", CaseStatus::in_review)}, at(7)));
  CHECK(must(ledger->cases("sandbox"))[1].requests.empty());
}

TEST_CASE("the day of a decision is kept") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch(kFirst, {"A"})));
  auto outcome = accepted("A", CaseStatus::denied);
  outcome.lines = {decided(ReviewAction::denied, 0)};
  outcome.lines[0].decided_on = model::make_date(2027, 1, 28);
  must(ledger->record_outcome(kFirst, {outcome}, at(1)));
  CHECK(find(*ledger, "A").lines[0].decision.decided_on == model::make_date(2027, 1, 28));
}

TEST_CASE("a follow-up is on disk before it leaves, one at a time, and is settled once it is known") {
  const Folder folder;
  const auto ledger = folder.open();
  record_two(*ledger);
  const auto row = must(ledger->cases("sandbox"))[0].id;
  const auto id = must(ledger->record_follow_up(message(row, "N1")));
  auto open = must(ledger->open_follow_ups("sandbox"));
  REQUIRE(open.size() == 1);
  CHECK(open[0].id == id);
  CHECK(open[0].delivery == Delivery::sending);
  CHECK(open[0].text == "the words of N1");
  CHECK(must(ledger->follow_up_body(id)) == "the bytes of N1");
  CHECK(must(ledger->open_follow_ups("another")).empty());
  CHECK(failure(ledger->record_follow_up(message(row, "N2"))) == Failure::bug);

  must(ledger->settle_follow_up(id, Delivery::unknown, "", at(9)));
  CHECK(must(ledger->open_follow_ups("sandbox")).size() == 1);
  must(ledger->settle_follow_up(id, Delivery::accepted, "{}", at(9)));
  CHECK(must(ledger->open_follow_ups("sandbox")).empty());
  must(ledger->record_follow_up(message(row, "N2", FollowUpKind::answer)));
  CHECK(must(ledger->follow_ups(row)).size() == 2);
  CHECK_FALSE(ledger->settle_follow_up(999, Delivery::accepted, "", at(9)));
}

TEST_CASE("the last Claim is that of the newest accepted message that has one") {
  const Folder folder;
  const auto ledger = folder.open();
  CHECK(must(ledger->last_claim("sandbox", "PA-A")).empty());
  record_two(*ledger);
  const auto records = must(ledger->cases("sandbox"));
  const auto first = must(ledger->member_body(records[0].id));
  const auto second = must(ledger->member_body(records[1].id));
  REQUIRE(first != second);
  CHECK(must(ledger->last_claim("sandbox", "PA-A")) == first);  // the extension was not accepted yet
  must(ledger->record_outcome(kSecond, {accepted("A")}, at(6)));
  CHECK(must(ledger->last_claim("sandbox", "PA-A")) == second);

  const auto lost = must(ledger->record_follow_up(message(records[1].id, "N1")));
  CHECK(must(ledger->last_claim("sandbox", "PA-A")) == second);
  must(ledger->settle_follow_up(lost, Delivery::accepted, "", at(9)));
  CHECK(must(ledger->last_claim("sandbox", "PA-A")) == "the bytes of N1");
  // Attachments hold no Claim.
  const auto answer = must(ledger->record_follow_up(message(records[1].id, "N2", FollowUpKind::answer)));
  must(ledger->settle_follow_up(answer, Delivery::accepted, "", at(9)));
  CHECK(must(ledger->last_claim("sandbox", "PA-A")) == "the bytes of N1");
  CHECK(must(ledger->last_claim("another", "PA-A")).empty());
}

TEST_CASE("a message about an older request is the newest Claim, too, when it was sent last") {
  const Folder folder;
  const auto ledger = folder.open();
  record_two(*ledger);
  must(ledger->record_outcome(kSecond, {accepted("A")}, at(6)));
  const auto first = must(ledger->cases("sandbox"))[0].id;
  // The clock stands: all of it happens at the same moment.
  auto intent = message(first, "N1");
  intent.created = at(5);
  must(ledger->settle_follow_up(must(ledger->record_follow_up(intent)), Delivery::accepted, "", at(9)));
  CHECK(must(ledger->last_claim("sandbox", "PA-A")) == "the bytes of N1");
}

TEST_CASE("the history tells every change in order, follow-ups among them") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch(kFirst, {"A"})));
  must(ledger->record_outcome(kFirst, {accepted("A")}, at(1)));
  const auto row = find(*ledger, "A").id;
  const auto id = must(ledger->record_follow_up(message(row, "N1", FollowUpKind::answer)));
  must(ledger->settle_follow_up(id, Delivery::accepted, "", at(9)));
  auto outcome = accepted("A", CaseStatus::approved);
  outcome.lines = {decided(ReviewAction::certified, 271)};
  outcome.notes = {"Approved."};
  REQUIRE(must(ledger->record_inquiry(row, outcome, at(20))));

  const auto history = must(ledger->history(row));
  std::vector<std::string> kinds;
  for (const auto& entry : history) kinds.push_back(entry.kind);
  const std::size_t answered =
      static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), "answer") - kinds.begin());
  REQUIRE(answered < kinds.size());
  CHECK(history[answered].previous == "accepted");
  CHECK(history[answered].now == "the words of N1");
  for (std::size_t i = 1; i < history.size(); ++i) CHECK(history[i - 1].at <= history[i].at);
  const auto decision =
      std::find_if(history.begin(), history.end(), [](const auto& e) { return e.kind == "decision"; });
  REQUIRE(decision != history.end());
  CHECK(decision->decision->weekly_hours == model::Hours{271});
  const auto remarks = std::find(kinds.begin(), kinds.end(), "remarks");
  REQUIRE(remarks != kinds.end());
  CHECK(history[static_cast<std::size_t>(remarks - kinds.begin())].now.find("Approved.") != std::string::npos);

  // Bounds: `from` is in, `before` is out.
  const auto all = must(ledger->events("sandbox", at(0), at(21)));
  CHECK(must(ledger->events("sandbox", at(20), at(21))).size() +
            must(ledger->events("sandbox", at(0), at(20))).size() ==
        all.size());
  CHECK_FALSE(must(ledger->events("sandbox", at(20), at(21))).empty());
  CHECK(must(ledger->events("another", at(0), at(21))).empty());
}

TEST_CASE("a ledger of the first version is brought up to date and keeps what is in it") {
  const Folder folder;
  must(folder.open()->record_intent(batch(kFirst, {"A"})));
  // What version 1 looked like.
  sql(folder.db(),
      "DROP TABLE log; DROP TABLE notified_cases; DROP TABLE notifications; DROP TABLE follow_ups; DROP INDEX "
      "cases_by_case_id; DROP "
      "VIEW latest_cases; ALTER TABLE cases DROP COLUMN "
      "purpose; CREATE VIEW latest_cases AS SELECT * FROM cases AS c WHERE attempt = (SELECT max(attempt) FROM cases "
      "WHERE batch = c.batch AND label = c.label); PRAGMA user_version=1");
  const auto ledger = folder.open();
  CHECK(number(folder.db(), "PRAGMA user_version") == 4);
  CHECK(find(*ledger, "A").purpose == Purpose::first);
  CHECK(must(ledger->open_follow_ups("sandbox")).empty());
}
