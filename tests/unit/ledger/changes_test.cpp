#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;
using model::Delivery;
using model::ReviewAction;

namespace {

const std::string kBatch = "maple-street-20261207-aaaaa";

std::vector<Change> changes(const Ledger& ledger, const std::string& mark = "status") {
  return must(ledger.changes_since("sandbox", mark));
}

// What `status --changes` does after printing.
void read_all(Ledger& ledger) {
  const auto news = changes(ledger);
  if (!news.empty()) must(ledger.move_mark("sandbox", "status", news.back().sequence));
}

}  // namespace

TEST_CASE("what submit itself shows is no news") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  CHECK(changes(*ledger).empty());
  auto outcome = accepted("A");
  outcome.lines = {decided(ReviewAction::pended, 271)};
  must(ledger->record_outcome(
      kBatch, {outcome, undelivered("B", Delivery::refused), undelivered("C", Delivery::unknown)}, at(1)));
  CHECK(changes(*ledger).empty());
  const auto id = find(*ledger, "A").id;
  CHECK_FALSE(must(ledger->record_inquiry(id, outcome, at(2))));
  CHECK(changes(*ledger).empty());
}

TEST_CASE("a change is told once per case with its latest state, until the mark has moved") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {accepted("A"), accepted("B"), accepted("C")}, at(1)));
  const auto a = find(*ledger, "A").id;
  const auto b = find(*ledger, "B").id;
  must(ledger->record_inquiry(a, accepted("A", CaseStatus::info_requested), at(2)));
  must(ledger->record_inquiry(b, accepted("B", CaseStatus::denied), at(3)));
  must(ledger->record_inquiry(a, accepted("A", CaseStatus::approved), at(4)));

  const auto news = changes(*ledger);
  REQUIRE(news.size() == 2);
  CHECK(news[0].now.label == "B");
  CHECK(news[1].now.label == "A");
  CHECK(news[1].now.status == CaseStatus::approved);
  CHECK(news[1].now.previous_status == CaseStatus::info_requested);
  CHECK(news[0].sequence < news[1].sequence);
  CHECK(news[1].now.lines.size() == 2);
  CHECK(changes(*ledger).size() == 2);
  CHECK(changes(*ledger, "another mark").size() == 2);
  CHECK(must(ledger->changes_since("other", "status")).empty());

  must(ledger->move_mark("sandbox", "status", news[0].sequence));
  REQUIRE(changes(*ledger).size() == 1);
  CHECK(changes(*ledger)[0].now.label == "A");
  read_all(*ledger);
  CHECK(changes(*ledger).empty());
  must(ledger->move_mark("sandbox", "status", 0));  // never back
  CHECK(changes(*ledger).empty());
  CHECK(changes(*ledger, "another mark").size() == 2);
}

TEST_CASE("a new decision is news, notes and asking are not") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {accepted("A")}, at(1)));
  const auto id = find(*ledger, "A").id;
  auto answer = accepted("A");
  answer.notes = {"a note"};
  must(ledger->record_inquiry(id, answer, at(2)));
  must(ledger->record_asked(id, at(3)));
  CHECK(changes(*ledger).empty());
  answer.lines = {decided(ReviewAction::certified, 271)};
  must(ledger->record_inquiry(id, answer, at(4)));
  CHECK(changes(*ledger).size() == 1);
}

TEST_CASE("a submission that is settled later is news") {
  const Folder folder;
  SUBCASE("its outcome was unknown") {
    const auto ledger = folder.open();
    must(ledger->record_intent(batch()));
    must(ledger->record_outcome(kBatch, {undelivered("A", Delivery::unknown)}, at(1)));
    CHECK(changes(*ledger).empty());
    must(ledger->record_outcome(kBatch, {accepted("A")}, at(2)));
    CHECK(changes(*ledger).size() == 1);
  }
  SUBCASE("its process died while sending") {
    must(folder.open()->record_intent(batch()));
    const auto ledger = folder.open();
    must(ledger->record_outcome(kBatch, {accepted("A"), undelivered("B", Delivery::refused)}, at(2)));
    CHECK(changes(*ledger).size() == 2);
  }
  SUBCASE("the member was sent again meanwhile: its older attempt is silent") {
    must(folder.open()->record_intent(batch()));
    const auto ledger = folder.open();
    must(ledger->record_outcome(kBatch, {accepted("A"), undelivered("B", Delivery::refused), accepted("C")}, at(2)));
    must(ledger->record_intent(batch(kBatch, {"B"}, "-2")));
    CHECK(changes(*ledger).size() == 2);
    must(ledger->record_outcome(kBatch, {accepted("B")}, at(3)));
    CHECK(changes(*ledger).size() == 2);
  }
}

TEST_CASE("news survive closing and are read beside a writer") {
  const Folder folder;
  {
    const auto ledger = folder.open();
    must(ledger->record_intent(batch()));
    must(ledger->record_outcome(kBatch, {accepted("A"), accepted("B"), accepted("C")}, at(1)));
  }
  const auto writer = folder.open();
  must(writer->record_inquiry(find(*writer, "C").id, accepted("C", CaseStatus::approved), at(2)));
  const auto reader = folder.open(Access::read);
  CHECK(changes(*reader).size() == 1);
  read_all(*writer);
  CHECK(changes(*reader).empty());
}

TEST_CASE("what a payer has forgotten is set aside, not deleted") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {accepted("A"), accepted("B")}, at(1)));
  const auto id = find(*ledger, "A").id;
  must(ledger->record_inquiry(id, accepted("A", CaseStatus::approved), at(2)));
  must(ledger->retire("other", at(3)));
  CHECK(must(ledger->cases("sandbox")).size() == 3);
  must(ledger->retire("sandbox", at(3)));
  CHECK(must(ledger->cases("sandbox")).empty());
  CHECK(must(ledger->unsettled("sandbox")).empty());
  CHECK(must(ledger->batches_of_home("sandbox", "maple-street")).empty());
  CHECK(changes(*ledger).empty());
  CHECK(must(ledger->member_body(id)) == batch().members[0].body);
  must(ledger->record_intent(batch("maple-street-20261208-bbbbb")));
  CHECK(must(ledger->cases("sandbox")).size() == 3);
}
