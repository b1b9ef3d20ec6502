// The commands that look after the ledger, with real files: nothing is lost, nothing is sent again.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "life.hpp"

using atz::test::holds;
using atz::test::Program;

namespace {

// The example home, sent on 2026-12-07 and A's case approved.
std::string submitted(const Program& atz) {
  const std::string home = atz.home();
  REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", home}).code == 0);
  REQUIRE(atz.run({"sandbox", "review", "900000101", "approve"}).code == 0);
  REQUIRE(atz.run({"status"}).code == 8);
  return home;
}

void sends_nothing(const Program& atz, const std::string& home) {
  const auto again = atz.run({"submit", home});
  CHECK_MESSAGE(again.code == 0, again.out, again.err);
  CHECK_MESSAGE(holds(again.out + again.err, "nothing was sent now"), again.out, again.err);
}

}  // namespace

TEST_SUITE_BEGIN("ledger");

TEST_CASE("the log tells who sent what and when, and what was answered") {
  const Program atz;
  CHECK(atz.run({"log"}).code == 0);  // nothing was sent yet
  CHECK(atz.run({"log", "--verify"}).code == 0);
  CHECK(holds(atz.run({"ledger", "verify"}).out, "Nothing was ever sent"));
  submitted(atz);
  const auto log = atz.run({"log", "--format", "json"}).json();
  REQUIRE(log["entries"].size() == 7);
  const auto& first = log["entries"][0];
  CHECK(first["action"] == "send");
  CHECK(holds(first["subject"].get<std::string>(), "maple-street-20261207-"));
  CHECK(first["at"] == "2026-12-07T12:00:00-05:00");
  CHECK_FALSE(first["actor"].is_null());
  CHECK(log["entries"][6]["state"] == "accepted, approved, case 900000101");
  // One case: its sending too, which had no Case ID yet.
  const auto one = atz.run({"log", "900000101", "--format", "json"}).json();
  CHECK(one["entries"].size() == 3);
  CHECK(atz.run({"log", "maple-street", "--format", "json"}).json()["entries"].size() == 7);
  CHECK(atz.run({"log", "maple", "--format", "json"}).json()["entries"].empty());
  CHECK(atz.run({"log", "--since", "2026-12-08", "--format", "json"}).json()["entries"].empty());
  CHECK(atz.run({"log", "--since", "yesterday"}).code == 2);
  const auto table = atz.run({"log"});
  CHECK_MESSAGE(holds(table.out, "accepted, in_review, case 900000102"), table.out);
  for (const char* canary : {"Sampleton", "99000001A", "1988-02-29"}) CHECK_FALSE(holds(table.out, canary));
}

TEST_CASE("a change of the ledger by another program is found") {
  const Program atz;
  submitted(atz);
  const auto head = atz.run({"log", "--verify", "--format", "json"}).json()["head"].get<std::string>();
  CHECK(atz.run({"log", "--verify", "--head", head}).code == 0);
  CHECK(atz.run({"log", "--verify", "--head", head.substr(0, 12)}).code == 2);
  CHECK(atz.run({"log", "--verify", "--head", std::string(64, 'a')}).code == 3);
  CHECK(atz.run({"log", "--head", head}).code == 2);
  const auto change = [&](const std::string& script) {
    REQUIRE(
        atz.run_other({"python3", "-c",
                       "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()",
                       atz.path("state/ledger.db"), script})
            .code == 0);
  };
  SUBCASE("an entry") {
    change("DROP TRIGGER log_stays; UPDATE log SET actor='somebody' WHERE sequence=2");
    const auto found = atz.run({"log", "--verify"});
    CHECK(found.code == 3);
    CHECK_MESSAGE(holds(found.out, "entry 2 is not as it was written"), found.out);
    CHECK(atz.run({"ledger", "verify"}).code == 3);
    CHECK(atz.run({"doctor", "--offline"}).code == 1);
    CHECK(atz.run({"ledger", "backup", atz.path("copy.db")}).code == 3);
    CHECK(atz.run({"ledger", "rekey"}).code == 3);
  }
  SUBCASE("a case") {
    change("UPDATE cases SET status='denied' WHERE label='A'");
    const auto found = atz.run({"log", "--verify"});
    CHECK(found.code == 3);
    CHECK_MESSAGE(holds(found.out, "is not as the log tells"), found.out);
  }
  SUBCASE("the end of the log, and the case with it") {
    change("DROP TRIGGER log_remains; DELETE FROM log WHERE sequence=7");
    CHECK(atz.run({"log", "--verify"}).code == 3);
    CHECK(holds(atz.run({"log", "--verify", "--head", head}).out, "the head that was noted is not in it"));
  }
}

TEST_CASE("a lost state folder comes back from its backup, and nothing is sent a second time") {
  const Program atz;
  const std::string home = submitted(atz);
  const auto saved = atz.run({"ledger", "backup", atz.path("copy.db")});
  CHECK_MESSAGE(saved.code == 0, saved.err);
  CHECK_MESSAGE(holds(saved.err, "1 submission, 3 messages, 7 log entries, verified"), saved.err);
  CHECK_FALSE(holds(atz.read("copy.db"), "Sampleton"));
  CHECK((std::filesystem::status(atz.path("copy.db")).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  for (const char* side : {"", "-wal", "-shm"}) std::filesystem::remove(atz.path("state/ledger.db") + side);
  const auto restored = atz.run({"ledger", "restore", atz.path("copy.db")});
  CHECK_MESSAGE(restored.code == 0, restored.err);
  CHECK_MESSAGE(holds(restored.err, "Whatever was sent later is not known here"), restored.err);
  CHECK(atz.run({"ledger", "verify"}).code == 0);
  sends_nothing(atz, home);
  CHECK(atz.run({"status"}).code == 8);
  // More was learned since: an older backup does not take its place by mistake.
  REQUIRE(atz.run({"sandbox", "review", "maple-street", "--auto"}).code == 0);
  atz.run({"status"});
  const auto refused = atz.run({"ledger", "restore", atz.path("copy.db")});
  CHECK(refused.code == 2);
  CHECK_MESSAGE(holds(refused.err, "knows more than the backup"), refused.err);
  CHECK(atz.run({"ledger", "restore", "--replace", atz.path("copy.db")}).code == 0);
  CHECK(atz.run({"ledger", "verify"}).code == 0);
  sends_nothing(atz, home);
}

TEST_CASE("a backup that is no ledger, or that a missing key can't open, changes nothing") {
  const Program atz;
  submitted(atz);
  atz.write("copy.db", "no ledger");
  const auto refused = atz.run({"ledger", "restore", atz.path("copy.db")});
  CHECK(refused.code == 3);
  CHECK_MESSAGE(holds(refused.err, "Nothing was changed"), refused.err);
  CHECK(atz.run({"ledger", "restore", atz.path("nowhere.db")}).code != 0);
  CHECK(atz.run({"ledger", "verify"}).code == 0);
  std::filesystem::rename(atz.path("state/key"), atz.path("key"));
  CHECK(atz.run({"ledger", "verify"}).code == 3);
  CHECK(atz.run({"log"}).code == 3);
  CHECK(atz.run({"ledger", "backup", atz.path("copy.db")}).code == 3);
  CHECK(atz.read("copy.db") == "no ledger");
}

TEST_CASE("after a change of the key everything goes on, and the former key opens nothing") {
  const Program atz;
  const std::string home = submitted(atz);
  std::filesystem::copy_file(atz.path("state/key"), atz.path("former"));
  CHECK(atz.run({"ledger", "backup", atz.path("before.db")}).code == 0);
  for (const char* times : {"1 time ", "2 times "}) {
    const auto changed = atz.run({"ledger", "rekey"});
    CHECK_MESSAGE(changed.code == 0, changed.err);
    CHECK_MESSAGE(holds(changed.err, times), changed.err);
  }
  CHECK(atz.run({"ledger", "verify"}).code == 0);
  CHECK(atz.run({"log", "--verify"}).code == 0);
  sends_nothing(atz, home);
  // The embedded payer knows its cases, members and messages too.
  REQUIRE(atz.run({"sandbox", "review", "maple-street", "--auto"}).code == 0);
  const auto status = atz.run({"status", "--format", "json"}).json();
  for (const auto& one : status["cases"]) CHECK(one["status"] != "in_review");
  CHECK(atz.run({"member", "find", "--id", "99000001A"}).code == 0);
  CHECK(atz.run({"ledger", "export", "--show-phi", "-o", atz.path("all.json")}).code == 0);
  CHECK(holds(atz.read("all.json"), "Sampleton"));
  // A backup of before the change needs the key of before the change.
  CHECK(atz.run({"ledger", "restore", "--replace", atz.path("before.db")}).code == 3);
  CHECK(atz.run({"ledger", "verify"}).code == 0);
  std::filesystem::copy_file(atz.path("former"), atz.path("state/key"),
                             std::filesystem::copy_options::overwrite_existing);
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"ledger", "verify"}, {"status", "--offline"}, {"submit", home}, {"sandbox", "letters"}}) {
    CAPTURE(words.front());
    CHECK(atz.run(words).code == 3);
  }
  CHECK(atz.run({"ledger", "restore", "--replace", atz.path("before.db")}).code == 0);
}

TEST_CASE("a server that still runs with the former key says so and spoils nothing") {
  Program atz;
  const std::string home = submitted(atz);
  {
    auto server = atz.start({"sandbox", "serve"});
    atz.add_profile(server.read_until("min_inquiry_interval: 0\n"));
    REQUIRE(atz.run({"ledger", "rekey"}).code == 0);
    CHECK(atz.run({"submit", "--profile", "local", home}).code != 0);
  }
  CHECK(atz.run({"ledger", "verify"}).code == 0);
  CHECK(atz.run({"sandbox", "review", "maple-street", "--auto"}).code == 0);
  CHECK(atz.run({"status", "--profile", "sandbox"}).code == 0);
}

TEST_CASE("the state folder of an older atz is taken over, whatever command comes first") {
  for (const auto& first : std::vector<std::vector<std::string>>{
           {"status", "--offline"}, {"log"}, {"ledger", "verify"}, {"status"}, {"ledger", "rekey"}}) {
    CAPTURE(first.front());
    const Program atz;
    std::filesystem::create_directories(atz.path("state"));
    std::filesystem::permissions(atz.path("state"), std::filesystem::perms::owner_all);
    for (const char* name : {"key", "ledger.db", "sandbox.db", "sandbox-clock"}) {
      atz.write(std::string("state/") + name,
                atz::test::read_source(std::string("tests/samples/state-version-3/") + name));
      std::filesystem::permissions(atz.path("state/") + name,
                                   std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    const auto outcome = atz.run(first);
    CHECK_MESSAGE((outcome.code == 0 || outcome.code == 8), outcome.out, outcome.err);
    CHECK(atz.run({"ledger", "verify"}).code == 0);
    CHECK(atz.run({"log", "--verify"}).code == 0);
    const auto log = atz.run({"log", "--format", "json"}).json();
    REQUIRE(log["entries"].size() >= 3);
    CHECK(log["entries"][0]["action"] == "carry");
    CHECK(log["entries"][0]["state"] == "accepted, in_review, case 900000101");
    const auto status = atz.run({"status", "--offline", "--format", "json"}).json();
    CHECK(status["cases"].size() == 1);  // what was sent before the reset is never shown again
    CHECK(atz.run({"sandbox", "review", "900000101", "approve"}).code == 0);
    CHECK(atz.run({"status"}).code == 0);
    CHECK(atz.run({"log", "--verify"}).code == 0);
  }
}

TEST_CASE("export holds everything without personal data, and with it only when asked") {
  const Program atz;
  submitted(atz);
  const auto plain = atz.run({"ledger", "export"});
  CHECK(plain.code == 0);
  for (const char* canary : {"Sampleton", "99000001A", "1988-02-29", "Testa"}) CHECK_FALSE(holds(plain.out, canary));
  const auto json = plain.json();
  CHECK(json["submissions"][0]["members"].size() == 3);
  CHECK(json["submissions"][0]["members"][0]["case_id"] == "900000101");
  CHECK(json["log"].size() == 7);
  const auto whole = atz.run({"ledger", "export", "--show-phi"}).json();
  CHECK(whole["submissions"][0]["members"][0]["member"]["last"] == "Sampleton");
  CHECK(holds(whole["submissions"][0]["members"][0]["body"].get<std::string>(), "resourceType"));
}

TEST_SUITE_END();
