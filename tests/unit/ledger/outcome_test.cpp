#include <random>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;
using model::Delivery;
using model::ReviewAction;

namespace {

const std::string kBatch = "maple-street-20261207-aaaaa";

std::int64_t events(const Folder& folder) {
  return number(folder.db(), "SELECT count(*) FROM events");
}

std::string shown(const CaseRecord& record) {
  std::string text = record.case_id + "|" + std::string(to_string(record.delivery)) + "|" +
                     std::string(to_string(record.status)) + "|" + std::string(to_string(record.previous_status)) +
                     "|" + record.flag;
  for (const auto& note : record.notes) text += "|" + note;
  for (const auto& line : record.lines) {
    text += "|" + std::to_string(line.asked.sequence) + "=" + line.decision.action_code + "/" +
            std::to_string(line.decision.weekly_hours ? line.decision.weekly_hours->quarters : -1);
  }
  return text + "|" + std::to_string(record.changed_at.time_since_epoch().count());
}

}  // namespace

TEST_CASE("an accepted member has a case, a status and decisions") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  auto outcome = accepted("A", CaseStatus::approved);
  outcome.lines = {decided(ReviewAction::certified, 271)};
  outcome.notes = {"Approved as asked.", "Second note"};
  outcome.flag = "call the payer";
  must(ledger->record_outcome(kBatch, {outcome, accepted("B"), undelivered("C", Delivery::refused)}, at(3)));

  const auto record = find(*ledger, "A");
  CHECK(record.case_id == "PA-A");
  CHECK(record.delivery == Delivery::accepted);
  CHECK(record.status == CaseStatus::approved);
  CHECK(record.previous_status == CaseStatus::submitted);
  CHECK(record.notes == outcome.notes);
  CHECK(record.flag == "call the payer");
  CHECK(record.changed_at == at(3));
  const auto& decision = record.lines[0].decision;
  CHECK(decision.sequence == 1);
  CHECK(decision.action == ReviewAction::certified);
  CHECK(decision.action_code == "A1");
  CHECK(decision.authorization_number == "AUTH0001");
  CHECK(decision.weekly_hours == model::Hours{271});
  CHECK(decision.units == 365);
  CHECK(decision.period->first == model::make_date(2027, 1, 4));
  REQUIRE(decision.reasons.size() == 1);
  CHECK(decision.reasons[0].text == "Rationale canary of a line");
  CHECK_FALSE(record.lines[1].decision.action);

  CHECK(find(*ledger, "C").delivery == Delivery::refused);
  CHECK(find(*ledger, "C").status == CaseStatus::submitted);
}

TEST_CASE("the same answer twice changes nothing and is no event") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  auto outcome = accepted("A");
  outcome.lines = {decided(ReviewAction::pended, 271)};
  outcome.notes = {"note"};
  must(ledger->record_outcome(kBatch, {outcome}, at(1)));
  const auto before = find(*ledger, "A");
  const auto count = events(folder);
  must(ledger->record_outcome(kBatch, {outcome}, at(2)));
  CHECK_FALSE(must(ledger->record_inquiry(before.id, outcome, at(3))));
  CHECK(shown(find(*ledger, "A")) == shown(before));
  CHECK(events(folder) == count);
  CHECK(number(folder.db(), "SELECT count(*) FROM replies") == 1);
}

TEST_CASE("outcomes are recorded all or none") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  CHECK(failure(ledger->record_outcome(kBatch, {accepted("A"), accepted("Z")}, at(1))) == Failure::bug);
  CHECK(failure(ledger->record_outcome("other", {accepted("A")}, at(1))) == Failure::bug);
  CHECK(find(*ledger, "A").delivery == Delivery::sending);
  CHECK(failure(ledger->record_inquiry(99, accepted("A"), at(1))) == Failure::bug);
}

TEST_CASE("accepted is never taken back by a later outcome") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {accepted("A")}, at(1)));
  const auto before = find(*ledger, "A");
  for (const auto delivery : {Delivery::sending, Delivery::unknown, Delivery::refused}) {
    auto late = undelivered("A", delivery);
    late.notes = {"late"};
    late.flag = "late";
    must(ledger->record_outcome(kBatch, {late}, at(2)));
    CHECK_FALSE(must(ledger->record_inquiry(before.id, late, at(2))));
    CHECK(shown(find(*ledger, "A")) == shown(before));
  }
}

TEST_CASE("an unknown outcome is settled either way") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {undelivered("A", Delivery::unknown), undelivered("B", Delivery::unknown)},
                              at(1)));
  CHECK(must(ledger->record_inquiry(find(*ledger, "A").id, accepted("A"), at(2))));
  CHECK(must(ledger->record_inquiry(find(*ledger, "B").id, undelivered("B", Delivery::refused), at(2))));
  CHECK(find(*ledger, "A").case_id == "PA-A");
  CHECK(find(*ledger, "A").asked_at == at(2));
  CHECK(find(*ledger, "B").delivery == Delivery::refused);
}

TEST_CASE("decisions are merged line by line") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  auto first = accepted("A");
  first.lines = {decided(ReviewAction::pended, 271), decided(ReviewAction::certified, 10)};
  first.lines[1].sequence = 2;
  must(ledger->record_outcome(kBatch, {first}, at(1)));
  const auto id = find(*ledger, "A").id;

  auto second = accepted("A", CaseStatus::partially_approved);
  model::LineDecision silent;
  silent.sequence = 2;
  second.lines = {decided(ReviewAction::modified, 200), silent};
  model::LineDecision foreign = decided(ReviewAction::denied, 1);
  foreign.sequence = 9;  // not ours: no place for it, no harm
  second.lines.push_back(foreign);
  CHECK(must(ledger->record_inquiry(id, second, at(2))));
  const auto record = find(*ledger, "A");
  REQUIRE(record.lines.size() == 2);
  CHECK(record.lines[0].decision.action == ReviewAction::modified);
  CHECK(record.lines[0].decision.weekly_hours == model::Hours{200});
  CHECK(record.lines[1].decision.action == ReviewAction::certified);
  CHECK(record.previous_status == CaseStatus::in_review);
  CHECK_FALSE(must(ledger->record_inquiry(id, second, at(3))));

  // A reply that names a line twice is still idempotent.
  second.lines = {decided(ReviewAction::denied, 0), decided(ReviewAction::modified, 200)};
  CHECK_FALSE(must(ledger->record_inquiry(id, second, at(4))));
}

TEST_CASE("a decision alone is a change, and so is another case number; a note is none") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {accepted("A")}, at(1)));
  const auto id = find(*ledger, "A").id;
  auto answer = accepted("A");
  answer.notes = {"Reviewer assigned."};
  CHECK_FALSE(must(ledger->record_inquiry(id, answer, at(2))));
  CHECK(find(*ledger, "A").changed_at == at(1));
  CHECK(find(*ledger, "A").notes == answer.notes);
  CHECK(must(ledger->changes_since("sandbox", "status")).empty());
  answer.case_id = "PA-0001";
  CHECK(must(ledger->record_inquiry(id, answer, at(2))));
  CHECK(find(*ledger, "A").changed_at == at(2));
  CHECK(find(*ledger, "A").case_id == "PA-0001");
  CHECK(must(ledger->changes_since("sandbox", "status")).size() == 1);
  answer.lines = {decided(ReviewAction::certified, 271)};
  CHECK(must(ledger->record_inquiry(id, answer, at(3))));
  CHECK(find(*ledger, "A").changed_at == at(3));
  CHECK(find(*ledger, "A").status == CaseStatus::in_review);
}

TEST_CASE("notes stay while their status holds, a number once given stays") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  auto denied = accepted("A", CaseStatus::denied);
  denied.notes = {"Not enough information."};
  must(ledger->record_outcome(kBatch, {denied}, at(1)));
  const auto id = find(*ledger, "A").id;
  auto terse = accepted("A", CaseStatus::denied);
  terse.case_id.clear();
  CHECK_FALSE(must(ledger->record_inquiry(id, terse, at(2))));
  CHECK(find(*ledger, "A").notes == denied.notes);
  CHECK(find(*ledger, "A").case_id == "PA-A");
  CHECK(must(ledger->record_inquiry(id, accepted("A", CaseStatus::approved), at(3))));
  CHECK(find(*ledger, "A").notes.empty());
  CHECK(find(*ledger, "A").previous_status == CaseStatus::denied);
}

TEST_CASE("asking is remembered, also when nothing is new") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {accepted("A")}, at(1)));
  const auto record = find(*ledger, "A");
  must(ledger->record_asked(record.id, at(5)));
  CHECK(find(*ledger, "A").asked_at == at(5));
  CHECK_FALSE(must(ledger->record_inquiry(record.id, accepted("A"), at(9))));
  CHECK(find(*ledger, "A").asked_at == at(9));
  CHECK(find(*ledger, "B").asked_at == Instant{});
}

TEST_CASE("events can only be added") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  CHECK_FALSE(try_sql(folder.db(), "DELETE FROM events"));
  CHECK_FALSE(try_sql(folder.db(), "UPDATE events SET at = 0"));
  CHECK(events(folder) == 3);
}

TEST_CASE("random answers in any order: repeats change nothing, accepted stays, events tell every change") {
  const std::vector<CaseStatus> statuses{CaseStatus::in_review, CaseStatus::info_requested, CaseStatus::approved,
                                         CaseStatus::denied, CaseStatus::unknown};
  const std::vector<Delivery> deliveries{Delivery::unknown, Delivery::refused, Delivery::accepted, Delivery::accepted};
  const std::vector<ReviewAction> actions{ReviewAction::certified, ReviewAction::modified, ReviewAction::denied};
  std::mt19937 generator(17);
  const auto pick = [&](const auto& from) { return from[generator() % from.size()]; };
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  int minute = 1;
  for (int step = 0; step < 120; ++step) {
    auto answer = accepted(pick(std::vector<std::string>{"A", "B", "C"}), pick(statuses));
    answer.delivery = pick(deliveries);
    for (int line = 1; line <= 2; ++line) {
      if (generator() % 2 == 0) continue;
      answer.lines.push_back(decided(pick(actions), static_cast<std::int64_t>(generator() % 3)));
      answer.lines.back().sequence = line;
    }
    if (generator() % 3 == 0) answer.notes = {"note " + std::to_string(generator() % 2)};
    const auto before = find(*ledger, answer.label);
    const auto news =
        number(folder.db(), "SELECT count(*) FROM events WHERE kind IN ('delivery', 'status', 'decision')");
    const bool changed = must(ledger->record_inquiry(before.id, answer, at(++minute)));
    const auto after = find(*ledger, answer.label);
    const auto now =
        number(folder.db(), "SELECT count(*) FROM events WHERE kind IN ('delivery', 'status', 'decision')");
    CHECK(changed == (now > news));
    CHECK(changed == (after.changed_at == at(minute)));
    if (before.delivery == Delivery::accepted) CHECK(after.delivery == Delivery::accepted);
    if (after.delivery != Delivery::accepted) CHECK(after.case_id.empty());
    const auto count = events(folder);
    CHECK_FALSE(must(ledger->record_inquiry(before.id, answer, at(++minute))));
    must(ledger->record_outcome(kBatch, {answer}, at(++minute)));
    CHECK(shown(find(*ledger, answer.label)) == shown(after));
    CHECK(events(folder) == count);
  }
}
