#include "sandbox/judge.hpp"

#include "unit/sandbox/life.hpp"

namespace atz::sandbox::test {
namespace {

using Kind = LineVerdict::Kind;

constexpr const char* kAddress = "1 Example Way, Testville ME 00000";

fhir::ReceivedQuestionnaire plan(const std::string& location) {
  return {"https://atz.invalid/Questionnaire/plan-statement|1", "completed", {{"location", "", location}}, {}};
}

fhir::ReceivedQuestionnaire pattern(const std::string& hours, const std::string& add_on = "") {
  fhir::ReceivedQuestionnaire answers{
      "https://atz.invalid/Questionnaire/staffing-pattern|1",
      "completed",
      {{"member.label", "", "B"}, {"member.hours", "", "1"}, {"member.label", "", "A"}, {"member.hours", "", hours}},
      {}};
  if (!add_on.empty()) answers.answers.push_back({"member.add-on", "", add_on});
  answers.answers.push_back({"member.label", "", "C"});
  answers.answers.push_back({"member.hours", "", "168"});
  return answers;
}

FullCase asking(std::int64_t quarters, const std::vector<fhir::ReceivedQuestionnaire>& papers) {
  FullCase full;
  full.state.label = "A";
  full.requests.push_back(first().request);
  full.requests[0].home_address = kAddress;
  for (const auto& paper : papers) full.requests[0].questionnaires.push_back(paper);
  full.state.lines.push_back(line_of(full.requests[0].lines[0]));
  full.state.lines[0].ask.hours = model::Hours{quarters};
  return full;
}

}  // namespace

TEST_CASE("hours that the pattern shows are approved") {
  const auto judgement = judge(asking(271, {plan("1 EXAMPLE WAY; Testville, ME  00000."), pattern("67.75")}));
  REQUIRE(judgement.verdicts.size() == 1);
  CHECK(judgement.verdicts[0].kind == Kind::approve);
  CHECK(judgement.rationale ==
        "The person-centered plan names the address of the house. "
        "T2016: 67.75 hours a week are asked for, the staffing pattern shows 67.75.");
}

TEST_CASE("more hours than the pattern shows are cut to it, in whole quarters") {
  const auto cut = judge(asking(272, {plan(kAddress), pattern("67.99")}));
  REQUIRE(cut.verdicts.size() == 1);
  CHECK(cut.verdicts[0].kind == Kind::partial);
  CHECK(cut.verdicts[0].hours == model::Hours{271});
  CHECK(judge(asking(270, {plan(kAddress), pattern("67.75")})).verdicts[0].kind == Kind::approve);
  CHECK(judge(asking(4, {plan(kAddress), pattern("0.2")})).verdicts[0].kind == Kind::deny);
}

TEST_CASE("a plan for another address is a reason to deny") {
  const auto judgement = judge(asking(271, {plan("3 Example Way, Testville ME 00000"), pattern("67.75")}));
  REQUIRE(judgement.verdicts.size() == 1);
  CHECK(judgement.verdicts[0].kind == Kind::deny);
  CHECK(judgement.rationale.find("another service location") != std::string::npos);
}

TEST_CASE("what is missing is asked for, once") {
  const auto nothing = judge(asking(271, {}));
  REQUIRE(nothing.question);
  CHECK(nothing.question->text ==
        "Please send the statement of the person-centered plan and the staffing pattern as answers.");
  CHECK(judge(asking(271, {pattern("67.75")})).question->text.find("pattern") == std::string::npos);
  auto answered = asking(271, {});
  Question question;
  question.state = Question::State::answered;
  answered.questions.push_back(question);
  CHECK_FALSE(judge(answered).question);
  CHECK(judge(answered).left.find("a person") != std::string::npos);
}

TEST_CASE("an update's own answers count, not the former ones") {
  auto full = asking(300, {plan(kAddress), pattern("67.75"), pattern("75")});
  full.requests[0].is_update = true;
  full.requests[0].questionnaires.back().change = "added";
  CHECK(judge(full).verdicts[0].kind == Kind::approve);
  std::swap(full.requests[0].questionnaires.back(), full.requests[0].questionnaires[2]);
  CHECK(judge(full).verdicts[0].kind == Kind::approve);
}

TEST_CASE("add-ons need the order; their hours are compared when the pattern shows them") {
  auto full = asking(42, {});
  full.state.lines[0].modifiers = {"SC"};
  CHECK(judge(full).question->text == "Please send the physician's order.");
  fhir::ReceivedDocument order;
  order.type = "Physician Order";
  full.requests[0].documents.push_back(order);
  CHECK(judge(full).verdicts[0].kind == Kind::approve);
  full.requests[0].questionnaires.push_back(pattern("67.75", "10"));
  CHECK(judge(full).verdicts[0].hours == model::Hours{40});
}

TEST_CASE("terminations and waiting cases are left alone") {
  Life life("2026-12-01T10:30:00");
  REQUIRE(faults(life.send(termination())) == "");
  const auto row = life.desk->judge("900000101");
  REQUIRE(row);
  CHECK(row->status == model::CaseStatus::in_review);
  CHECK(row->note.find("the clock") != std::string::npos);
  Life home;
  REQUIRE(faults(home.send(first())) == "");
  CHECK(home.desk->judge("900000101")->status == model::CaseStatus::info_requested);
  CHECK(home.desk->judge("900000101")->note == "It waits for an answer.");
  REQUIRE(approve(*home.desk, "900000101", "").has_value());
  CHECK(home.desk->judge("900000101")->note == "It is decided already.");
}

}  // namespace atz::sandbox::test
