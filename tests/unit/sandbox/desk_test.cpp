#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

using fhir::OuterKind;
using model::CaseStatus;

struct Reviewed {
  World world;
  std::unique_ptr<Server> server = world.serve();
  Caller caller{*server};
  std::unique_ptr<Desk> desk = world.desk();

  Reviewed() { caller.send_all(OuterKind::transaction, requests()); }
  void move_to(const char* time) {
    world.clock.set(at(time));
    caller.sign_in();
  }
  fhir::CaseReply look(const std::string& member, const std::string& case_id) {
    auto cases = caller.ask(inquiry(member, case_id));
    REQUIRE(cases.size() == 1);
    return cases.front();
  }
};

}  // namespace

TEST_CASE("approved as requested, from the day asked for") {
  Reviewed home;
  home.move_to("2026-12-10");
  const auto row = approve(*home.desk, "900000101", "");
  REQUIRE(row);
  CHECK(row->status == CaseStatus::approved);
  CHECK(row->approved == model::Hours{271});
  const auto reply = home.look("99000001A", "900000101");
  CHECK(reply.status == CaseStatus::approved);
  CHECK(said(reply) == std::vector<std::string>{"Approved as requested, 67.75 hours a week."});
  REQUIRE(reply.lines.size() == 1);
  CHECK(reply.lines[0].action == model::ReviewAction::certified);
  CHECK(reply.lines[0].authorization_number == "PA7700451");
  CHECK(reply.lines[0].period == model::DateSpan{model::make_date(2027, 1, 4), model::make_date(2028, 1, 3)});
  REQUIRE(approve(*home.desk, "900000102", "").has_value());
  CHECK(home.look("99000002A", "900000102").lines[0].authorization_number == "PA7700452");
  CHECK(home.look("99000003A", "900000103").status == CaseStatus::in_review);
}

TEST_CASE("a late decision starts on its own day") {
  Reviewed home;
  home.move_to("2027-01-10");
  REQUIRE(approve(*home.desk, "900000101", "").has_value());
  const auto reply = home.look("99000001A", "900000101");
  CHECK(reply.status == CaseStatus::approved);
  CHECK(reply.lines[0].period == model::DateSpan{model::make_date(2027, 1, 10), model::make_date(2028, 1, 3)});
  home.move_to("2028-01-04");
  const auto too_late = approve(*home.desk, "900000102", "");
  REQUIRE_FALSE(too_late.has_value());
  CHECK(too_late.error().failure == Failure::usage);
}

TEST_CASE("partly approved: fewer hours, with the rationale") {
  Reviewed home;
  const auto row = partially_approve(*home.desk, "900000101", model::Hours{240}, "Evenings are shared.");
  REQUIRE(row);
  CHECK(row->status == CaseStatus::partially_approved);
  CHECK(row->requested == model::Hours{271});
  CHECK(row->approved == model::Hours{240});
  const auto reply = home.look("99000001A", "900000101");
  CHECK(reply.status == CaseStatus::partially_approved);
  CHECK(reply.lines[0].weekly_hours == model::Hours{240});
  CHECK(reply.lines[0].authorization_number == "PA7700451");
  CHECK(said(reply) ==
        std::vector<std::string>{"60.00 instead of 67.75 hours a week. Rationale: Evenings are shared."});
}

TEST_CASE("a part is more than nothing and less than all") {
  Reviewed home;
  for (const std::int64_t quarters : {std::int64_t{0}, std::int64_t{-4}, std::int64_t{271}, std::int64_t{272}}) {
    const auto row = partially_approve(*home.desk, "900000101", model::Hours{quarters}, "");
    REQUIRE_FALSE(row.has_value());
    CHECK(row.error().failure == Failure::usage);
  }
  CHECK(home.look("99000001A", "900000101").status == CaseStatus::in_review);
  CHECK(partially_approve(*home.desk, "900000101", model::Hours{270}, "").has_value());
  CHECK(partially_approve(*home.desk, "900000102", model::Hours{1}, "").has_value());
}

TEST_CASE("denied, with the rationale and no authorization number") {
  Reviewed home;
  CHECK(deny(*home.desk, "900000101", " ").error().failure == Failure::usage);
  REQUIRE(deny(*home.desk, "900000101", "The plan does not ask for it.").has_value());
  const auto reply = home.look("99000001A", "900000101");
  CHECK(reply.status == CaseStatus::denied);
  CHECK(reply.lines[0].authorization_number.empty());
  CHECK(reply.pre_auth_ref.empty());
  REQUIRE_FALSE(reply.lines[0].reasons.empty());
  CHECK(reply.lines[0].reasons[0].code == "0F");
  CHECK(said(reply) == std::vector<std::string>{"Not approved. Rationale: The plan does not ask for it."});
}

TEST_CASE("a decision is made once") {
  Reviewed home;
  REQUIRE(deny(*home.desk, "900000101", "no").has_value());
  for (const auto& again : {approve(*home.desk, "900000101", ""), deny(*home.desk, "900000101", "no"),
                            partially_approve(*home.desk, "900000101", model::Hours{4}, "")}) {
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().failure == Failure::usage);
    CHECK(again.error().message.find("denied") != std::string::npos);
  }
  CHECK(approve(*home.desk, "900000999", "").error().failure == Failure::usage);
}

TEST_CASE("cases are found by ID, or by home while they are open") {
  Reviewed home;
  CHECK(home.desk->find("maple-street")->size() == 3);
  CHECK(home.desk->find("900000102")->front().label == "B");
  const auto unknown = home.desk->find("elm-street");
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().failure == Failure::usage);
  CHECK(unknown.error().help.find("900000103 (maple-street C)") != std::string::npos);
  REQUIRE(approve(*home.desk, "900000101", "").has_value());
  CHECK(home.desk->find("maple-street")->size() == 2);
  CHECK(home.desk->find("900000101")->front().status == CaseStatus::approved);
  REQUIRE(approve(*home.desk, "900000102", "").has_value());
  REQUIRE(approve(*home.desk, "900000103", "").has_value());
  const auto none = home.desk->find("maple-street");
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().message == "maple-street has no open case.");
}

TEST_CASE("the home is known by the house's name when the batch does not tell") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  Batch batch;
  batch.id = "MS20261207-0001";
  REQUIRE(caller.submit(requests({}, batch)[0].bytes).reply);
  const auto cases = world.desk()->find("maple-street");
  REQUIRE(cases);
  CHECK(cases->front().label == "A");
  CHECK(cases->front().batch == "MS20261207-0001");
}

TEST_CASE("a corrected request keeps the member's label") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  Batch second;
  second.attempt = 2;
  REQUIRE(caller.submit(requests({}, second)[0].bytes).reply);
  CHECK(world.desk()->list()->front().label == "A");
}

TEST_CASE("a stored reply stays what it was after the decision") {
  Reviewed home;
  const auto body = requests()[0].bytes;
  REQUIRE(approve(*home.desk, "900000101", "").has_value());
  CHECK(home.caller.open(body).status == CaseStatus::in_review);
  const auto again =
      home.caller.submit(edited(body, [](auto& bundle) { bundle["identifier"]["value"] = "second-message"; }));
  CHECK(again.reply->status == CaseStatus::approved);
}

}  // namespace atz::sandbox::test
