// A store of an earlier version is taken over with its cases, decisions and messages.
#include <nlohmann/json.hpp>

#include "sandbox/store.hpp"
#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE cases(case_id TEXT PRIMARY KEY, client TEXT NOT NULL, home_id TEXT NOT NULL, label TEXT NOT NULL,
  batch TEXT NOT NULL, npi TEXT NOT NULL, member TEXT NOT NULL, claim TEXT NOT NULL, content TEXT NOT NULL,
  received INTEGER NOT NULL, decided INTEGER, status TEXT NOT NULL, request BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX cases_by_member ON cases(client, member);
CREATE INDEX cases_by_claim ON cases(client, claim);
CREATE TABLE lines(case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE, sequence INTEGER NOT NULL,
  code TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, quarters INTEGER, action TEXT NOT NULL,
  authorization_number TEXT NOT NULL, authorized_first INTEGER, authorized_last INTEGER, issued INTEGER,
  granted_quarters INTEGER, PRIMARY KEY(case_id, sequence)) WITHOUT ROWID;
CREATE INDEX lines_by_number ON lines(authorization_number) WHERE authorization_number <> '';
CREATE TABLE events(id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(case_id) ON DELETE CASCADE,
  at INTEGER NOT NULL, kind TEXT NOT NULL, note BLOB) STRICT;
CREATE INDEX events_by_case ON events(case_id);
CREATE TABLE messages(id INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL,
  status INTEGER NOT NULL, case_id TEXT NOT NULL, reply BLOB NOT NULL) STRICT;
CREATE INDEX messages_by_key ON messages(key);
CREATE TABLE members(member TEXT PRIMARY KEY, name TEXT NOT NULL, listed INTEGER NOT NULL, record BLOB NOT NULL)
  WITHOUT ROWID;
CREATE INDEX members_by_name ON members(name);
PRAGMA user_version = 1;
)sql";

fhir::ReceivedRequest example_request() {
  auto read = fhir::read_submit(requests()[0].bytes, false);
  REQUIRE(std::holds_alternative<fhir::ReceivedRequest>(read));
  return std::get<fhir::ReceivedRequest>(read);
}

void write_version_1(World& world) {
  REQUIRE(world.files->make_private_directory(world.state_dir()).has_value());
  auto database = Database::open(world.state_dir() + "/sandbox.db");
  REQUIRE(database);
  REQUIRE(database->script(kVersion1).has_value());
  const auto seal = [&](std::string_view plain, const std::string& place) {
    return world.keys.seal(plain, "sandbox " + place, world.random);
  };
  const std::string check = seal("atz sandbox", "meta.check ");
  REQUIRE(database->run("INSERT INTO meta VALUES('check', ?)", {Blob{check}}).has_value());
  REQUIRE(database->run("INSERT INTO meta VALUES('case', 900000101)").has_value());
  const auto request = example_request();
  const std::string member = world.keys.digest(request.member_id, "sandbox member");
  const std::string sealed = seal(fhir::to_json(request), "cases.request 900000101");
  const std::int64_t received = at("2026-12-07T10:05:00").time_since_epoch().count();
  const std::int64_t decided = at("2026-12-10T09:00:00").time_since_epoch().count();
  REQUIRE(database
              ->run("INSERT INTO cases VALUES('900000101', 'atz-sandbox', 'maple-street', 'A', 'batch', '2000000002', "
                    "?, 'claim', 'content', ?, ?, 'partially_approved', ?)",
                    {member, received, decided, Blob{sealed}})
              .has_value());
  const auto days = [](int year, unsigned month, unsigned day) {
    return std::int64_t{model::make_date(year, month, day).time_since_epoch().count()};
  };
  REQUIRE(
      database
          ->run("INSERT INTO lines VALUES('900000101', 1, 'T2016', ?1, ?2, 271, 'A6', 'PA7700451', ?1, ?2, ?3, 240)",
                {days(2027, 1, 4), days(2028, 1, 3), days(2026, 12, 10)})
          .has_value());
  const std::string note = seal("60.00 instead of 67.75 hours a week.", "events.note 900000101");
  REQUIRE(database
              ->run("INSERT INTO events(case_id, at, kind, note) VALUES('900000101', ?, 'partially-approved', ?)",
                    {decided, Blob{note}})
              .has_value());
}

}  // namespace

TEST_CASE("a store of version 1 is taken over") {
  World world;
  write_version_1(world);
  auto store = Store::open(world.services());
  REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().message));
  {
    auto transaction = (*store)->read();
    REQUIRE(transaction);
    auto state = (*store)->state("900000101");
    REQUIRE(state);
    REQUIRE(*state);
    CHECK((*state)->status == model::CaseStatus::partially_approved);
    REQUIRE((*state)->lines.size() == 1);
    const LineState& line = (*state)->lines.front();
    CHECK(line.status == model::CaseStatus::partially_approved);
    CHECK(line.ask.hours == model::Hours{271});
    CHECK(line.ask.quantity == 365);
    CHECK(line.ruling.hours == model::Hours{240});
    CHECK(line.ruling.issued == model::make_date(2026, 12, 10));
    const auto request = example_request();
    const auto round = (*store)->round_of_claim("atz-sandbox", request.claim_system, request.claim_identifier);
    REQUIRE(round);
    REQUIRE(*round);
    CHECK((*round)->newest);
    const auto full = (*store)->load(**state);
    REQUIRE(full);
    CHECK(full->newest().claim_identifier == request.claim_identifier);
    REQUIRE(full->notes.size() == 1);
    CHECK(full->notes[0].text == "60.00 instead of 67.75 hours a week.");
    const auto history = (*store)->history(at("2026-12-07T00:00:00"), at("2026-12-11T00:00:00"));
    REQUIRE(history);
    REQUIRE(history->size() == 2);
    CHECK((*history)[0].line.status == model::CaseStatus::in_review);
    CHECK((*history)[1].before == model::CaseStatus::in_review);
  }
  store->reset();
  const auto again = Store::open(world.services());
  REQUIRE(again.has_value());
  const auto server = world.serve();
  Caller caller(*server);
  CHECK(caller.ask(inquiry("99000001A", "900000101")).front().status == model::CaseStatus::partially_approved);
}

TEST_CASE("a store of version 2 is taken over, and can tell of changes from then on") {
  World world;
  std::string case_id;
  {
    const auto server = world.serve();
    Caller caller(*server);
    case_id = caller.open(requests()[0].bytes).case_id;
  }
  {
    auto database = Database::open(world.state_dir() + "/sandbox.db");
    REQUIRE(database);
    REQUIRE(
        database->script("DROP TABLE assertions; DROP TABLE outbox; DROP TABLE subscriptions; PRAGMA user_version = 2")
            .has_value());
  }
  const auto desk = world.desk();
  REQUIRE(desk->notify(world.folder.path() + "/inbox").has_value());
  REQUIRE(approve(*desk, case_id, "").has_value());
  const auto troubles = desk->deliver();
  REQUIRE(troubles);
  CHECK(troubles->empty());
  CHECK(world.files->list(world.folder.path() + "/inbox").value().size() == 2);
}

}  // namespace atz::sandbox::test
