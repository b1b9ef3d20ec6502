#include <algorithm>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;
using model::Delivery;

namespace {

const std::string kBatch = "maple-street-20261207-aaaaa";

BatchRecord only_batch(const Ledger& ledger) {
  const auto batches = must(ledger.batches_of_home("sandbox", "maple-street"));
  REQUIRE(batches.size() == 1);
  return batches.front();
}

void refuse(Ledger& ledger, const std::vector<std::string>& labels) {
  std::vector<MemberOutcome> outcomes;
  for (const auto& label : labels) outcomes.push_back(undelivered(label, Delivery::refused));
  must(ledger.record_outcome(kBatch, outcomes, at(1)));
}

}  // namespace

TEST_CASE("an intent is read back as it was recorded") {
  const Folder folder;
  const auto ledger = folder.open();
  const auto intent = batch();
  must(ledger->record_intent(intent));

  const auto record = only_batch(*ledger);
  CHECK(record.batch_id == kBatch);
  CHECK(record.home_id == "maple-street");
  CHECK(record.profile == "sandbox");
  CHECK(record.mode == "transaction");
  CHECK(record.url.empty());
  CHECK(record.created == at(0));
  REQUIRE(record.members.size() == 3);
  const auto& member = record.members[1];
  CHECK(member.label == "B");
  CHECK(member.claim_identifier == kBatch + "-B");
  CHECK(member.bundle_identifier == kBatch + "-B-S1");
  CHECK(member.content_digest == ledger->content_digest(intent.members[1].content));
  CHECK(member.content_digest != ledger->content_digest(intent.members[0].content));
  CHECK(member.case_id.empty());
  CHECK(member.delivery == Delivery::sending);
  CHECK(member.status == CaseStatus::submitted);
  CHECK(member.flag.empty());
  CHECK(member.notes.empty());
  CHECK(member.sent_at == at(0));
  CHECK(member.changed_at == at(0));
  CHECK(member.asked_at == Instant{});
  CHECK(member.submitted_on == model::make_date(2026, 12, 7));
  CHECK(member.expected_by == model::make_date(2026, 12, 14));
  CHECK(member.attempt == 1);
  REQUIRE(member.lines.size() == 2);
  CHECK(member.lines[0].asked.trace == kBatch + "-B-L1");
  CHECK(member.lines[0].asked.code == "T2016");
  CHECK(member.lines[0].asked.weekly_hours == model::Hours{271});
  CHECK(member.lines[0].asked.units == 365);
  CHECK(member.lines[0].asked.period.last == model::make_date(2028, 1, 3));
  CHECK(member.lines[1].asked.sequence == 2);
  CHECK(member.lines[1].asked.modifiers == std::vector<std::string>{"SC", "U1"});
  CHECK_FALSE(member.lines[1].asked.weekly_hours);
  CHECK_FALSE(member.lines[1].decision.action);

  CHECK(must(ledger->body(kBatch)) == intent.body);
  CHECK(must(ledger->member_body(member.id)) == intent.members[1].body);
  const auto identity = must(ledger->identity(member.id));
  CHECK(identity.member_id == "99000001B");
  CHECK(identity.last == "Sampleton");
  CHECK(identity.first == "TestaB");
  CHECK(identity.born == "1988-02-29");
  CHECK(identity.gender == "female");
  CHECK(identity.provider_npi == "2000000002");
  CHECK(identity.provider_name == "Pinecone Example Home Supports");
}

TEST_CASE("single mode has no outer body, and bytes are kept exactly") {
  const Folder folder;
  const auto ledger = folder.open();
  auto intent = batch();
  intent.mode = "single";
  intent.url = "Claim/$submit";
  intent.body.clear();
  intent.members[0].body = std::string("\0\xff\n{}", 5) + std::string(2000000, 'x');
  must(ledger->record_intent(intent));
  CHECK(must(ledger->body(kBatch)).empty());
  CHECK(must(ledger->member_body(find(*ledger, "A").id)) == intent.members[0].body);
  CHECK(only_batch(*ledger).url == "Claim/$submit");
}

TEST_CASE("what the ledger does not have") {
  const Folder folder;
  const auto ledger = folder.open();
  CHECK(failure(ledger->body("nothing")) == Failure::bug);
  CHECK(failure(ledger->member_body(1)) == Failure::bug);
  CHECK(failure(ledger->identity(1)) == Failure::bug);
  CHECK(must(ledger->cases("sandbox")).empty());
  CHECK(must(ledger->unsettled("sandbox")).empty());
  must(ledger->record_intent(batch()));
  CHECK(must(ledger->cases("other")).empty());
  CHECK(must(ledger->batches_of_home("sandbox", "oak")).empty());
  CHECK(must(ledger->batches_of_home("other", "maple-street")).empty());
  CHECK(must(ledger->unsettled("other")).empty());
}

TEST_CASE("an intent that is not whole leaves nothing behind") {
  const Folder folder;
  const auto ledger = folder.open();
  auto intent = batch();
  SUBCASE("no members") {
    intent.members.clear();
  }
  SUBCASE("no batch ID") {
    intent.batch_id.clear();
  }
  SUBCASE("a label twice") {
    intent.members[2].label = "A";
  }
  SUBCASE("a claim identifier twice") {
    intent.members[2].claim_identifier = intent.members[0].claim_identifier;
  }
  SUBCASE("a bundle identifier twice") {
    intent.members[2].bundle_identifier = intent.members[0].bundle_identifier;
  }
  SUBCASE("a line number twice") {
    intent.members[2].lines[1].sequence = 1;
  }
  CHECK(failure(ledger->record_intent(intent)) == Failure::bug);
  CHECK(must(ledger->cases("sandbox")).empty());
  CHECK(number(folder.db(), "SELECT count(*) FROM batches") == 0);
  must(ledger->record_intent(batch()));
}

TEST_CASE("identifiers belong to one request and one message for good") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  auto other = batch("maple-street-20261208-bbbbb");
  SUBCASE("claim") {
    other.members[1].claim_identifier = kBatch + "-A";
  }
  SUBCASE("bundle") {
    other.members[1].bundle_identifier = kBatch + "-A-S1";
  }
  CHECK(failure(ledger->record_intent(other)) == Failure::bug);
  must(ledger->record_intent(batch("maple-street-20261208-bbbbb")));
}

TEST_CASE("the very same intent again changes nothing while it is open") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {undelivered("A", Delivery::unknown)}, at(1)));
  must(ledger->record_intent(batch()));
  CHECK(number(folder.db(), "SELECT count(*) FROM cases") == 3);
  CHECK(number(folder.db(), "SELECT count(*) FROM transmissions") == 1);
}

TEST_CASE("an open batch takes no other content") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  auto other = batch();
  SUBCASE("body") {
    other.body += " ";
  }
  SUBCASE("content") {
    other.members[0].content += "changed";
  }
  SUBCASE("member's body") {
    other.members[0].body += " ";
  }
  SUBCASE("identifiers") {
    other = batch(kBatch, {"A", "B", "C"}, "-2");
  }
  SUBCASE("home") {
    other.home_id = "oak-street";
  }
  SUBCASE("payer") {
    other.profile = "other";
  }
  SUBCASE("another member") {
    other = batch(kBatch, {"D"});
  }
  SUBCASE("fewer members") {
    other = batch(kBatch, {"A"});
  }
  CHECK(failure(ledger->record_intent(other)) == Failure::bug);
  CHECK(number(folder.db(), "SELECT count(*) FROM cases") == 3);
}

TEST_CASE("a batch whose outcome is unknown for one member takes no new attempt of any") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  refuse(*ledger, {"A", "B"});
  CHECK(failure(ledger->record_intent(batch(kBatch, {"A"}, "-2"))) == Failure::bug);
  must(ledger->record_outcome(kBatch, {undelivered("C", Delivery::unknown)}, at(1)));
  CHECK(failure(ledger->record_intent(batch(kBatch, {"A"}, "-2"))) == Failure::bug);
  must(ledger->record_outcome(kBatch, {accepted("C")}, at(2)));
  must(ledger->record_intent(batch(kBatch, {"A"}, "-2")));
}

TEST_CASE("an accepted member is never sent again") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(kBatch, {accepted("A"), accepted("B"), accepted("C")}, at(1)));
  CHECK(failure(ledger->record_intent(batch())) == Failure::bug);
  CHECK(failure(ledger->record_intent(batch(kBatch, {"A"}, "-2"))) == Failure::bug);
  CHECK(number(folder.db(), "SELECT count(*) FROM cases") == 3);
}

TEST_CASE("refused members are sent again as new attempts; older ones stay in the history") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  refuse(*ledger, {"A", "B", "C"});
  CHECK(must(ledger->unsettled("sandbox")).empty());
  const auto first = find(*ledger, "B");

  auto corrected = batch(kBatch, {"A", "B", "C"}, "-2");
  corrected.created = at(30);
  corrected.mode = "batch";
  must(ledger->record_intent(corrected));
  const auto second = find(*ledger, "B");
  CHECK(second.attempt == 2);
  CHECK(second.id != first.id);
  CHECK(second.delivery == Delivery::sending);
  CHECK(second.claim_identifier == kBatch + "-B-2");
  CHECK(second.sent_at == at(30));
  const auto record = only_batch(*ledger);
  CHECK(record.mode == "batch");
  CHECK(record.created == at(0));
  CHECK(must(ledger->body(kBatch)) == corrected.body);
  CHECK(must(ledger->member_body(first.id)) == batch().members[1].body);
  CHECK(must(ledger->member_body(second.id)) == corrected.members[1].body);
  CHECK(number(folder.db(), "SELECT count(*) FROM cases") == 6);

  // An answer to the older message no longer counts.
  CHECK(failure(ledger->record_inquiry(first.id, accepted("B"), at(31))) == Failure::bug);
  must(ledger->record_outcome(kBatch, {accepted("B")}, at(32)));
  CHECK(find(*ledger, "B").case_id == "PA-B");
  CHECK(number(folder.db(), "SELECT count(*) FROM cases WHERE delivery = 'refused'") == 3);
}

TEST_CASE("the same bytes with the same identifiers may go again when nothing was accepted") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  refuse(*ledger, {"A", "B", "C"});
  must(ledger->record_intent(batch()));
  CHECK(find(*ledger, "A").attempt == 2);
  refuse(*ledger, {"A", "B", "C"});
  auto changed = batch();
  changed.members[0].body += " ";
  CHECK(failure(ledger->record_intent(changed)) == Failure::bug);  // same message ID, other bytes
}

TEST_CASE("a half-accepted home resumes with its missing members, in the order of the case file") {
  const Folder folder;
  const auto ledger = folder.open();
  must(ledger->record_intent(batch()));
  must(ledger->record_outcome(
      kBatch, {undelivered("A", Delivery::refused), accepted("B"), undelivered("C", Delivery::refused)}, at(1)));
  must(ledger->record_intent(batch(kBatch, {"C", "A", "D"}, "-2")));
  const auto members = only_batch(*ledger).members;
  REQUIRE(members.size() == 4);
  CHECK(members[0].label == "A");
  CHECK(members[0].attempt == 2);
  CHECK(members[1].label == "B");
  CHECK(members[1].attempt == 1);
  CHECK(members[1].delivery == Delivery::accepted);
  CHECK(members[2].label == "C");
  CHECK(members[3].label == "D");
  CHECK(members[3].attempt == 1);
}

TEST_CASE("batches and cases come oldest first; the unsettled ones whole") {
  const Folder folder;
  const auto ledger = folder.open();
  const std::string second = "maple-street-20261208-bbbbb";
  const std::string elsewhere = "oak-street-20261208-ccccc";
  must(ledger->record_intent(batch(kBatch)));
  must(ledger->record_intent(batch(elsewhere, {"Z"})));
  must(ledger->record_intent(batch(second, {"A", "B"})));
  const auto cases = must(ledger->cases("sandbox"));
  REQUIRE(cases.size() == 6);
  CHECK(cases[0].batch_id == kBatch);
  CHECK(cases[3].label == "Z");
  CHECK(cases[5].batch_id == second);
  const auto batches = must(ledger->batches_of_home("sandbox", "maple-street"));
  REQUIRE(batches.size() == 2);
  CHECK(batches[1].batch_id == second);

  refuse(*ledger, {"A", "B", "C"});
  must(ledger->record_outcome(second, {accepted("A"), undelivered("B", Delivery::unknown)}, at(1)));
  const auto open = must(ledger->unsettled("sandbox"));
  REQUIRE(open.size() == 2);
  CHECK(open[0].batch_id == elsewhere);
  REQUIRE(open[1].members.size() == 2);
  CHECK(open[1].members[0].delivery == Delivery::accepted);
  CHECK(open[1].members[1].delivery == Delivery::unknown);
}
