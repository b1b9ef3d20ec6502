#include <filesystem>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::Delivery;

namespace {

const std::string kFirst = "maple-street-20261207-aaaaa";
const std::string kSecond = "maple-street-20261208-bbbbb";

void send(const Folder& folder, const std::string& id) {
  const auto ledger = folder.open();
  must(ledger->record_intent(batch(id, {"A"})));
  must(ledger->record_outcome(id, {accepted("A")}, at(1)));
}

Result<Restored> restore(const Folder& folder, const std::string& backup, bool replace = false, char key = 'k') {
  const seal::Vault with = vault(key);
  return Ledger::restore(folder.disk(), folder.state(), with, entropy(), backup, replace, "example", at(30));
}

std::size_t batches(const Folder& folder) {
  return must(folder.open(Access::read)->batches()).size();
}

}  // namespace

TEST_CASE("a backup is a whole ledger, also while another program writes") {
  const Folder folder;
  const auto writer = folder.open();
  must(writer->record_intent(batch(kFirst, {"A"})));
  const std::string backup = must(folder.open(Access::read)->image());
  must(writer->record_outcome(kFirst, {accepted("A")}, at(1)));

  const Folder other;
  must(other.disk().make_private_directory(other.state()));
  write_bytes(other.db(), backup);
  const auto copy = other.open();
  CHECK(must(copy->verify()).empty());
  CHECK(find(*copy, "A").delivery == Delivery::sending);
}

TEST_CASE("a lost ledger comes back from its backup and goes on") {
  const Folder folder;
  send(folder, kFirst);
  const std::string backup = must(folder.open(Access::read)->image());
  for (const auto& file : folder.files()) std::filesystem::remove(file);

  const auto restored = restore(folder, backup);
  REQUIRE(restored);
  CHECK(restored->messages == 1);
  CHECK(restored->entries == 2);
  CHECK(restored->last == at(1));
  CHECK(restored->set_aside.empty());
  const auto ledger = folder.open();
  CHECK(must(ledger->verify()).empty());
  CHECK(find(*ledger, "A").delivery == Delivery::accepted);
  const auto log = must(ledger->log());
  CHECK(log.back().action == "restore");
  CHECK(log.back().actor == "example");
  CHECK(must(ledger->verify_log(restored->head)).wrong.empty());
  must(ledger->record_intent(batch(kSecond, {"A"})));
}

TEST_CASE("a ledger that knows more than the backup stays, unless it is to be replaced") {
  const Folder folder;
  send(folder, kFirst);
  const std::string backup = must(folder.open(Access::read)->image());
  // The same again is no loss.
  CHECK(restore(folder, backup));
  send(folder, kSecond);
  const auto refused = restore(folder, backup);
  CHECK(failure(refused) == Failure::usage);
  CHECK(batches(folder) == 2);

  const auto replaced = restore(folder, backup, true);
  REQUIRE(replaced);
  CHECK(batches(folder) == 1);
  // What was there is whole where it is now.
  const Folder other;
  must(other.disk().make_private_directory(other.state()));
  std::filesystem::copy_file(replaced->set_aside, other.db());
  CHECK(batches(other) == 2);
}

TEST_CASE("a backup that is damaged, of another key or none at all changes nothing") {
  const Folder folder;
  send(folder, kFirst);
  std::string backup = must(folder.open(Access::read)->image());
  folder.open();
  const std::string before = read_bytes(folder.db());
  CHECK(failure(restore(folder, "no ledger at all")) == Failure::state);
  CHECK(failure(restore(folder, "")) == Failure::state);
  CHECK(failure(restore(folder, backup, false, 'x')) == Failure::state);
  CHECK(failure(restore(folder, backup.substr(0, backup.size() / 2))) == Failure::state);
  const auto place = backup.find("maple-street-20261207-aaaaa");
  REQUIRE(place != std::string::npos);
  for (auto at_place = place; at_place != std::string::npos; at_place = backup.find(kFirst, at_place + 1))
    backup[at_place] = 'x';
  CHECK(failure(restore(folder, backup)) == Failure::state);
  CHECK(read_bytes(folder.db()) == before);
  CHECK(batches(folder) == 1);
}

TEST_CASE("a ledger that can't be read is set aside as it is") {
  const Folder folder;
  send(folder, kFirst);
  const std::string backup = must(folder.open(Access::read)->image());
  folder.open();
  write_bytes(folder.db(), "torn to pieces");
  CHECK(failure(restore(folder, backup)) == Failure::state);
  const auto replaced = restore(folder, backup, true);
  REQUIRE(replaced);
  CHECK(read_bytes(replaced->set_aside) == "torn to pieces");
  CHECK(must(folder.open()->verify()).empty());
}

TEST_CASE("nobody restores while another atz is at work") {
  const Folder folder;
  send(folder, kFirst);
  const std::string backup = must(folder.open(Access::read)->image());
  const auto writer = folder.open();
  CHECK(failure(restore(folder, backup, true)) == Failure::busy);
}
