#include "unit/sandbox/life.hpp"

namespace atz::sandbox::test {
namespace {

using model::CaseStatus;

// Sent on Tuesday 2026-12-01 at 10:30.
struct Sent : Life {
  Sent() : Life("2026-12-01T10:30:00") { taken = send(termination()); }
  Taken taken;

  CaseStatus status() { return look().state.status; }
  Phase phase() { return look().state.phase; }
  std::string last_note() { return look().notes.back().text; }
};

using Edit = std::function<void(fhir::ReceivedRequest&)>;

std::string refused_for(const Edit& edit) {
  Life life("2026-12-01T10:30:00");
  Incoming incoming = termination();
  edit(incoming.request);
  return faults(life.send(incoming));
}

}  // namespace

TEST_CASE("what a request to end a service must have") {
  CHECK(refused_for([](auto&) {}) == "");
  const auto day = [](int n) { return model::make_date(2026, 12, 1) + std::chrono::days(n); };
  CHECK(refused_for([&](auto& r) { r.lines[0].period.last = day(1); }) == "57/C 1");
  CHECK(refused_for([&](auto& r) { r.lines[0].period = {day(-1), day(-1)}; }) == "57/C 1");
  CHECK(refused_for([](auto& r) { r.lines[0].quantity = 30; }) == "04/C 1");
  CHECK(refused_for([](auto& r) { r.lines[0].quantity = 0; }) == "33/C 1");
  CHECK(refused_for([](auto& r) { r.lines[0].code = "T2016"; }) == "AG/C 1");
  CHECK(refused_for([](auto& r) { r.lines[0].certification_type = "3"; }) == "33/C 1");
  CHECK(refused_for([](auto& r) {
          r.lines.push_back(r.lines[0]);
          r.lines[1].sequence = 2;
        }) == "33/C");
  CHECK(refused_for([](auto& r) { r.documents.clear(); }) == "15/C");
  CHECK(refused_for([](auto& r) { r.questionnaires[0].status = "in-progress"; }) == "15/C");
  CHECK(refused_for([](auto& r) { r.phone.clear(); }) == "15/C");
  CHECK(refused_for([](auto& r) {
          r.phone.clear();
          r.contacts = {{"GUARD", "G. Example", "207-555-0133", false}};
        }) == "");
  CHECK(refused_for([](auto& r) { r.discharge_on.reset(); }) == "15/C");
  CHECK(refused_for([&](auto& r) { r.discharge_on = day(-1); }) == "57/C");
  CHECK(refused_for([&](auto& r) { r.discharge_on = day(0); }) == "");
  Life life("2026-12-01T10:30:00");
  CHECK(faults(life.send(termination())) == "");
  life.move_to("2026-12-02T10:00:00");
  CHECK(faults(life.send(renamed(termination("2026-12-02"), "again"))) == "91/N 1");
}

TEST_CASE("nobody is reached: message, a day, letter, ten days, approved") {
  Sent sent;
  CHECK(sent.taken.case_id == "900000101");
  CHECK(sent.phase() == Phase::to_call);
  CHECK(sent.last_note().find("as a rule by 2026-12-03 10:30") != std::string::npos);
  sent.move_to("2026-12-03T10:29:59");
  CHECK(sent.happened.empty());
  sent.move_to("2026-12-03T10:30:00");
  CHECK(sent.happened.size() == 1);
  CHECK(sent.phase() == Phase::callback);
  sent.move_to("2026-12-04T10:29:59");
  CHECK(sent.phase() == Phase::callback);
  sent.move_to("2026-12-04T10:30:00");
  CHECK(sent.phase() == Phase::letter);
  CHECK(sent.last_note() == "Letter 2026-12-04: ten-day letter, by US Mail to member. Answer expected by 2026-12-14.");
  sent.move_to("2026-12-14T10:29:59");
  CHECK(sent.status() == CaseStatus::in_review);
  sent.move_to("2026-12-14T10:30:00");
  CHECK(sent.status() == CaseStatus::approved);
  const auto full = sent.look();
  CHECK(full.state.phase == Phase::none);
  CHECK(full.state.decided == at("2026-12-14T10:30:00"));
  const auto letters = sent.desk->letters("");
  REQUIRE(letters);
  REQUIRE(letters->size() == 2);
  CHECK((*letters)[1].kind == "approval");
  CHECK((*letters)[1].to.front().role == "provider");
}

TEST_CASE("a year later it all has happened, each step at its own time") {
  Sent sent;
  sent.move_to("2027-12-01T10:30:00");
  REQUIRE(sent.happened.size() == 5);
  CHECK(sent.happened[0].at == at("2026-12-03T10:30:00"));
  CHECK(sent.happened[1].at == at("2026-12-04T10:30:00"));
  CHECK(sent.happened[4].at == at("2026-12-14T10:30:00"));
  CHECK(sent.status() == CaseStatus::approved);
  CHECK(sent.look().state.lines[0].ruling.issued == model::make_date(2026, 12, 14));
  sent.move_to("2028-12-01T10:30:00");
  CHECK(sent.happened.empty());
}

TEST_CASE("48 business hours stand still over Thanksgiving") {
  Life life("2026-11-25T16:00:00");
  CHECK(faults(life.send(termination("2026-11-25"))) == "");
  life.move_to("2026-12-01T15:59:59");
  CHECK(life.happened.empty());
  life.move_to("2026-12-01T16:00:00");
  CHECK(life.happened.size() == 1);
}

TEST_CASE("the member agrees, at once or after the letter") {
  for (const char* when : {"2026-12-02T09:00:00", "2026-12-03T12:00:00", "2026-12-08T09:00:00"}) {
    Sent sent;
    sent.move_to(when);
    const auto row = sent.desk->decide("900000101", {Verdict::agrees, {}, {}, "moves to her sister"});
    REQUIRE(row);
    CHECK(row->status == CaseStatus::approved);
    CHECK(row->note == "The member was reached and agrees. Rationale: moves to her sister");
    const auto full = sent.look();
    bool told = false;
    for (const auto& note : full.notes) told = told || note.text == "Approved: the service may end on 2026-12-24.";
    CHECK(told);
    sent.move_to("2027-02-01");
    CHECK(sent.happened.empty());
    CHECK_FALSE(sent.desk->decide("900000101", {Verdict::agrees, {}, {}, ""}).has_value());
  }
}

TEST_CASE("the member does not agree: no timer decides any more") {
  Sent sent;
  sent.move_to("2026-12-02T09:00:00");
  REQUIRE(sent.desk->decide("900000101", {Verdict::disagrees, {}, {}, ""}).has_value());
  CHECK(sent.status() == CaseStatus::in_review);
  CHECK(sent.phase() == Phase::disputed);
  sent.move_to("2027-06-01");
  CHECK(sent.happened.empty());
  CHECK(sent.status() == CaseStatus::in_review);
  CHECK_FALSE(sent.desk->decide("900000101", {Verdict::unanswered, {}, {}, ""}).has_value());
  CHECK_FALSE(sent.desk->decide("900000101", {Verdict::disagrees, {}, {}, ""}).has_value());
  REQUIRE(deny(*sent.desk, "900000101", "no other provider was found").has_value());
  CHECK(sent.status() == CaseStatus::denied);
  CHECK(sent.desk->letters("")->front().to.front().role == "provider");
}

TEST_CASE("a call that was recorded as unanswered starts the day") {
  Sent sent;
  sent.move_to("2026-12-01T14:00:00");
  REQUIRE(sent.desk->decide("900000101", {Verdict::unanswered, {}, {}, ""}).has_value());
  CHECK_FALSE(sent.desk->decide("900000101", {Verdict::unanswered, {}, {}, ""}).has_value());
  sent.move_to("2026-12-02T13:59:59");
  CHECK(sent.phase() == Phase::callback);
  sent.move_to("2026-12-02T14:00:00");
  CHECK(sent.phase() == Phase::letter);
}

TEST_CASE("calls are about terminations only, and nothing is promised") {
  Life life;
  REQUIRE(faults(life.send(first())) == "");
  for (const Verdict verdict : {Verdict::agrees, Verdict::disagrees, Verdict::unanswered}) {
    const auto row = life.desk->decide("900000101", {verdict, {}, {}, ""});
    REQUIRE_FALSE(row.has_value());
    CHECK(row.error().failure == Failure::usage);
  }
  Sent sent;
  sent.move_to("2026-12-10T10:30:00");
  for (const auto& note : sent.look().notes) {
    CHECK(note.text.find("will be approved") == std::string::npos);
    CHECK(note.text.find("guarantee") == std::string::npos);
  }
}

}  // namespace atz::sandbox::test
