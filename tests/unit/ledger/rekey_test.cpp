#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;
using model::Delivery;

namespace {

const std::string kBatch = "maple-street-20261207-aaaaa";

// A key file beside the ledger, as atz has it.
struct Keyed {
  Folder folder;
  std::string key_file = folder.state() + "/key";

  Keyed() {
    must(seal::open_vault(folder.disk(), key_file, true, entropy()));
    const auto vault = key();
    const auto ledger = open(vault);
    must(ledger->record_intent(batch(kBatch, {"A", "B"})));
    must(ledger->record_outcome(kBatch, {accepted("A"), undelivered("B", Delivery::refused)}, at(1)));
    MemberOutcome news = accepted("A", CaseStatus::denied);
    news.notes = {"note of the example"};
    news.lines = {decided(model::ReviewAction::denied, 0)};
    must(ledger->record_inquiry(find(*ledger, "A").id, news, at(2)));
    FollowUpIntent intent;
    intent.case_row = find(*ledger, "A").id;
    intent.bundle_identifier = "bundle-of-answer";
    intent.url = "$submit-attachment";
    intent.body = "answer body";
    intent.text = "answer text";
    intent.created = at(3);
    must(ledger->settle_follow_up(must(ledger->record_follow_up(intent)), Delivery::accepted, "{}", at(4)));
  }
  [[nodiscard]] seal::Vault key() const {
    auto vault = seal::open_vault(folder.disk(), key_file, false, entropy());
    REQUIRE(vault);
    return std::move(*vault);
  }
  [[nodiscard]] std::unique_ptr<Ledger> open(const seal::Vault& vault, Access access = Access::write) const {
    auto opened = Ledger::open(folder.disk(), folder.state(), vault, entropy(), access, "example");
    if (!opened) FAIL(opened.error().message);
    return std::move(*opened);
  }
};

void check_contents(const Ledger& ledger) {
  CHECK(must(ledger.verify()) == std::vector<std::string>());
  const auto record = find(ledger, "A");
  CHECK(record.status == CaseStatus::denied);
  CHECK(record.notes == std::vector<std::string>{"note of the example"});
  CHECK(must(ledger.identity(record.id)).last == member("A", kBatch).last);
  CHECK(must(ledger.member_body(record.id)) == member("A", kBatch).body);
  CHECK(must(ledger.follow_ups(record.id)).front().text == "answer text");
  // The same content is recognised as what was sent.
  CHECK(ledger.content_digest(member("A", kBatch).content) == record.content_digest);
  CHECK(must(ledger.history(record.id)).size() >= 3);
}

}  // namespace

TEST_CASE("after a change of the key everything opens with the new key only") {
  Keyed at_home;
  const seal::Vault former = at_home.key();
  {
    auto both = seal::begin_key_change(at_home.folder.disk(), at_home.key_file, entropy());
    REQUIRE(both);
    const auto ledger = at_home.open(*both);
    must(ledger->rekey(at(10)));
    check_contents(*ledger);
    CHECK(must(ledger->body(kBatch)) == batch(kBatch, {"A", "B"}).body);
    CHECK(must(ledger->log()).back().action == "rekey");
    must(ledger->rekey(at(11)));  // nothing to do
    CHECK(must(ledger->log()).back().at == at(10));
  }
  must(seal::finish_key_change(at_home.folder.disk(), at_home.key_file));
  CHECK_FALSE(must(seal::is_key_changing(at_home.folder.disk(), at_home.key_file)));
  const seal::Vault now = at_home.key();
  CHECK(now.key_changes() == 1);
  check_contents(*at_home.open(now, Access::read));
  CHECK(failure(Ledger::open(at_home.folder.disk(), at_home.folder.state(), former, entropy(), Access::read)) ==
        Failure::state);

  // It goes on as before, also with the identifiers of earlier messages.
  const auto ledger = at_home.open(now);
  must(ledger->record_intent(batch(kBatch, {"B"}, "again")));
  must(ledger->record_outcome(kBatch, {accepted("B")}, at(12)));
  CHECK(must(ledger->verify()).empty());
}

TEST_CASE("whatever the former key sealed is gone from the files") {
  Keyed at_home;
  at_home.open(at_home.key()).reset();  // folds the write-ahead log
  std::vector<std::string> sealed;
  for (const char* column : {"SELECT body FROM cases ORDER BY id", "SELECT identity FROM cases ORDER BY id",
                             "SELECT asked FROM lines ORDER BY rowid", "SELECT body FROM follow_ups",
                             "SELECT body FROM transmissions", "SELECT content_digest FROM cases ORDER BY id"}) {
    sealed.push_back(bytes(at_home.folder.db(), column));
    CHECK(read_bytes(at_home.folder.db()).find(sealed.back().substr(0, 24)) != std::string::npos);
  }
  const auto both = seal::begin_key_change(at_home.folder.disk(), at_home.key_file, entropy());
  REQUIRE(both);
  const auto ledger = at_home.open(*both);
  must(ledger->rekey(at(10)));
  for (const auto& file : at_home.folder.files()) {
    for (const auto& value : sealed) CHECK(read_bytes(file).find(value.substr(0, 24)) == std::string::npos);
  }
}

TEST_CASE("a change that was interrupted loses nothing and can be finished at any point") {
  Keyed at_home;
  const auto both = seal::begin_key_change(at_home.folder.disk(), at_home.key_file, entropy());
  REQUIRE(both);
  CHECK(must(seal::is_key_changing(at_home.folder.disk(), at_home.key_file)));
  // Both keys are there, the ledger is still of the former: everything works.
  {
    const seal::Vault vault = at_home.key();
    const auto ledger = at_home.open(vault);
    check_contents(*ledger);
    must(ledger->record_intent(batch(kBatch, {"B"}, "again")));
    must(ledger->record_outcome(kBatch, {accepted("B")}, at(5)));
    CHECK(must(ledger->verify()).empty());
  }
  // Beginning again goes on with the same new key.
  const auto again = seal::begin_key_change(at_home.folder.disk(), at_home.key_file, entropy());
  REQUIRE(again);
  CHECK(again->digest("x", "y") == both->digest("x", "y"));
  CHECK(again->key_changes() == 1);
  must(at_home.open(*again)->rekey(at(10)));
  // Interrupted once more: the ledger is of the new key, the file still has both.
  check_contents(*at_home.open(at_home.key(), Access::read));
  must(seal::finish_key_change(at_home.folder.disk(), at_home.key_file));
  check_contents(*at_home.open(at_home.key(), Access::read));
}

TEST_CASE("the log is one chain across several keys, and forging with an old key is found") {
  Keyed at_home;
  for (int change = 1; change <= 3; ++change) {
    const auto both = seal::begin_key_change(at_home.folder.disk(), at_home.key_file, entropy());
    REQUIRE(both);
    must(at_home.open(*both)->rekey(at(10 + change)));
    must(seal::finish_key_change(at_home.folder.disk(), at_home.key_file));
  }
  const seal::Vault vault = at_home.key();
  CHECK(vault.key_changes() == 3);
  check_contents(*at_home.open(vault));
  sql(at_home.folder.db(), "DROP TRIGGER log_stays; UPDATE log SET actor = 'somebody else' WHERE sequence = 1");
  CHECK_FALSE(must(at_home.open(vault, Access::read)->verify_log("")).wrong.empty());
}
