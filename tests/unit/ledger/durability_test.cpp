// What is on disk after a process has gone, and that nothing on disk can be read without the key.
#include <filesystem>
#include <optional>
#include <random>

#include "unit/ledger/fixture.hpp"

using namespace atz;
using namespace atz::ledger;
using namespace atz::ledger::test;
using model::CaseStatus;
using model::Delivery;

namespace {

const std::string kBatch = "maple-street-20261207-aaaaa";

int record(const Folder& folder, bool outcome) {
  const auto opened = folder.try_open(Access::write);
  if (!opened || !(*opened)->record_intent(batch())) return 1;
  if (outcome && !(*opened)->record_outcome(kBatch, {accepted("A"), accepted("B"), accepted("C")}, at(1))) return 2;
  return 0;
}

// Every question that the ledger answers.
std::optional<Failure> ask_everything(const Ledger& ledger) {
  std::optional<Failure> worst;
  const auto note = [&](const auto& result) {
    if (!result) worst = result.error().failure;
  };
  const auto cases = ledger.cases("sandbox");
  note(cases);
  note(ledger.batches_of_home("sandbox", "maple-street"));
  note(ledger.unsettled("sandbox"));
  note(ledger.changes_since("sandbox", "status"));
  const auto body = ledger.body(kBatch);
  if (!body && body.error().failure != Failure::bug) note(body);  // the batch itself may be what was damaged
  if (!cases) return worst;
  for (const auto& record : *cases) {
    note(ledger.member_body(record.id));
    note(ledger.identity(record.id));
  }
  return worst;
}

// Opens the ledger for writing and reads all of it; nullopt when that went well.
std::optional<Failure> use(const Folder& folder) {
  const auto opened = folder.try_open(Access::write);
  return opened ? ask_everything(**opened) : opened.error().failure;
}

}  // namespace

TEST_CASE("an intent and an outcome survive a process that ends without closing") {
  const Folder folder;
  REQUIRE(in_child([&] { return record(folder, false); }) == 0);
  auto reader = folder.open(Access::read);
  REQUIRE(must(reader->unsettled("sandbox")).size() == 1);
  CHECK(must(reader->body(kBatch)) == batch().body);
  reader.reset();
  const auto writer = folder.open();
  must(writer->record_outcome(kBatch, {accepted("A"), accepted("B"), accepted("C")}, at(1)));
  CHECK(must(writer->unsettled("sandbox")).empty());
}

TEST_CASE("a transaction that was not committed is gone") {
  const Folder folder;
  REQUIRE(in_child([&] { return record(folder, true); }) == 0);
  REQUIRE(
      in_child([&] {
        const auto opened = folder.try_open(Access::write);
        if (!opened) return 1;
        // The second member does not exist, so the first one's outcome must not stay either.
        return (*opened)->record_outcome(kBatch, {undelivered("A", Delivery::refused), accepted("Z")}, at(2)) ? 2 : 0;
      }) == 0);
  CHECK(find(*folder.open(), "A").delivery == Delivery::accepted);
}

TEST_CASE("no personal data, body, note or reply can be found in any file of the state folder") {
  const Folder folder;
  const std::vector<std::string> canaries{"99000001A",    "Sampleton",     "TestaA",   "1988-02-29",  "2000000002",
                                          "Pinecone",     "Bundle",        "canary",   "secret-note", "secret-flag",
                                          "secret-reply", "atz/content/1", "AUTH0001", "2027-01-04"};
  const auto scan = [&] {
    for (const auto& path : folder.files()) {
      const std::string bytes = read_bytes(path);
      for (const auto& canary : canaries)
        CHECK_MESSAGE(bytes.find(canary) == std::string::npos, path, " holds ", canary);
    }
  };
  {
    const auto ledger = folder.open();
    must(ledger->record_intent(batch()));
    auto outcome = accepted("A", CaseStatus::denied);
    outcome.lines = {decided(model::ReviewAction::denied, 271)};
    outcome.notes = {"secret-note canary"};
    outcome.flag = "secret-flag";
    outcome.raw_reply = "secret-reply";
    must(ledger->record_outcome(kBatch, {outcome, undelivered("B", Delivery::refused)}, at(1)));
    outcome.notes = {"another secret-note"};
    must(ledger->record_inquiry(find(*ledger, "A").id, outcome, at(2)));
    must(ledger->record_intent(batch(kBatch + "x", {"A"})));
    scan();
    CHECK(number(folder.db(), "SELECT count(*) FROM replies") == 2);
  }
  scan();
  folder.open();  // folds the log
  CHECK(folder.files().size() == 2);
  scan();
  CHECK(read_bytes(folder.db()).find(kBatch) != std::string::npos);  // the scan can see what is not sealed
}

TEST_CASE("a ledger cut off anywhere is refused or read, never a crash") {
  const Folder folder;
  REQUIRE(record(folder, true) == 0);
  folder.open();
  const std::string whole = read_bytes(folder.db());
  REQUIRE_FALSE(use(folder));
  for (std::size_t size = 0; size < whole.size(); size += 2048) {
    CAPTURE(size);
    write_bytes(folder.db(), whole.substr(0, size));
    const auto fault = use(folder);
    CHECK((fault == Failure::state || (size % 4096 != 0 && !fault)));  // half a page may be one that nobody asked for
    std::filesystem::remove(folder.db() + "-wal");
    std::filesystem::remove(folder.db() + "-shm");
  }
  write_bytes(folder.db(), whole);
  CHECK_FALSE(use(folder));
}

TEST_CASE("flipped bits are refused or read, never a crash") {
  const Folder folder;
  REQUIRE(record(folder, true) == 0);
  folder.open();
  const std::string whole = read_bytes(folder.db());
  std::mt19937 generator(5);
  int noticed = 0;
  for (int round = 0; round < 250; ++round) {
    std::string bytes = whole;
    // Every other time in the first page, which leads to everything else.
    const std::size_t place = generator() % (round % 2 == 0 ? std::size_t{4096} : bytes.size());
    bytes[place] = static_cast<char>(bytes[place] ^ (1 << generator() % 8));
    write_bytes(folder.db(), bytes);
    CAPTURE(place);
    const auto fault = use(folder);
    if (fault) {
      ++noticed;
      CHECK((fault == Failure::state || fault == Failure::io));
    }
    std::filesystem::remove(folder.db() + "-wal");
    std::filesystem::remove(folder.db() + "-shm");
  }
  CHECK(noticed > 5);
}

TEST_CASE("a log that was cut off gives the state before it, or is refused") {
  const Folder folder;
  REQUIRE(in_child([&] { return record(folder, true); }) == 0);
  const std::string log = read_bytes(folder.db() + "-wal");
  const std::string main = read_bytes(folder.db());
  REQUIRE(log.size() > 8192);
  for (std::size_t size = 0; size <= log.size(); size += 1031) {
    CAPTURE(size);
    write_bytes(folder.db(), main);
    write_bytes(folder.db() + "-wal", log.substr(0, size));
    std::filesystem::remove(folder.db() + "-shm");
    CHECK_FALSE(use(folder));
  }
}
