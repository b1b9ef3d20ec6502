#include "sandbox/script.hpp"

#include "unit/sandbox/life.hpp"

namespace atz::sandbox::test {
namespace {

using model::CaseStatus;

ScriptRule rule(Verdict verdict, const std::string& member = "") {
  ScriptRule rule;
  rule.match.member = member;
  rule.decision.verdict = verdict;
  rule.decision.note = "as the script says";
  return rule;
}

struct Scripted : Life {
  explicit Scripted(const std::vector<ScriptRule>& rules) { REQUIRE(desk->set_script(rules).has_value()); }
  CaseStatus status(const std::string& case_id = "900000101") { return look(case_id).state.status; }
};

}  // namespace

TEST_CASE("the first rule that fits decides, in the answer itself") {
  auto cut = rule(Verdict::partial, "B");
  cut.decision.hours = model::Hours{240};
  Scripted home({rule(Verdict::deny, "A"), cut, rule(Verdict::approve, "B")});
  const Taken denied = home.send(first(0));
  CHECK(home.reply(denied).status == CaseStatus::denied);
  CHECK(home.reply(home.send(first(1))).status == CaseStatus::partially_approved);
  CHECK(home.look("900000102").state.lines[0].ruling.hours == model::Hours{240});
  CHECK(home.reply(home.send(first(2))).status == CaseStatus::in_review);
}

TEST_CASE("a rule may wait") {
  auto later = rule(Verdict::approve);
  later.after = std::chrono::hours(48);
  Scripted home({later});
  REQUIRE(faults(home.send(first(0))) == "");
  REQUIRE(faults(home.send(first(1))) == "");
  REQUIRE(deny(*home.desk, "900000102", "a person was faster").has_value());
  home.move_to("2026-12-09T10:04:59");
  CHECK(home.status() == CaseStatus::in_review);
  home.move_to("2026-12-09T10:05:00");
  CHECK(home.status() == CaseStatus::approved);
  CHECK(home.status("900000102") == CaseStatus::denied);
  CHECK(home.look().state.decided == at("2026-12-09T10:05:00"));
}

TEST_CASE("rules match line, kind of request and home") {
  auto extension = rule(Verdict::approve);
  extension.match = {"maple-street", "A", "T2016", model::Purpose::continuation};
  auto elsewhere = rule(Verdict::deny);
  elsewhere.match.home = "elm-street";
  Scripted home({elsewhere, extension});
  const Incoming sent = first();
  CHECK(home.reply(home.send(sent)).status == CaseStatus::in_review);
  REQUIRE(approve(*home.desk, "900000101", "").has_value());
  home.move_to("2027-12-10T10:00:00");
  const auto reply = home.reply(home.send(update(sent, {})));
  REQUIRE(reply.lines.size() == 2);
  CHECK(reply.lines[1].action == model::ReviewAction::certified);
}

TEST_CASE("a question by script") {
  auto asks = rule(Verdict::approve);
  asks.asks = true;
  asks.due_days = 3;
  Scripted home({asks});
  CHECK(home.reply(home.send(first())).status == CaseStatus::info_requested);
  CHECK(home.look().questions.front().due == model::make_date(2026, 12, 10));
  CHECK(home.look().questions.front().text == "as the script says");
}

TEST_CASE("a rule that does not fit leaves the case open and says so") {
  auto cut = rule(Verdict::partial);
  cut.decision.hours = model::Hours{4000};
  Scripted home({cut});
  CHECK(home.reply(home.send(first())).status == CaseStatus::in_review);
  CHECK(home.look().notes.size() == 1);
  CHECK(home.look().notes.back().text.starts_with("The decision script could not act: "));
  REQUIRE(home.desk->set_script({rule(Verdict::agrees)}).has_value());
  CHECK(home.reply(home.send(first(1))).status == CaseStatus::in_review);
  REQUIRE(home.desk->set_script({}).has_value());
  REQUIRE(faults(home.send(first(2))) == "");
  CHECK(home.look("900000103").notes.empty());
}

TEST_CASE("a call by script, beside the clock") {
  Life life("2026-12-01T10:30:00");
  auto agrees = rule(Verdict::agrees);
  agrees.match.request = model::Purpose::termination;
  agrees.after = std::chrono::hours(96);
  REQUIRE(life.desk->set_script({agrees}).has_value());
  REQUIRE(faults(life.send(termination())) == "");
  life.move_to("2026-12-05T10:30:00");
  CHECK(life.look().state.status == CaseStatus::approved);
}

TEST_CASE("a script is kept as it is") {
  auto cut = rule(Verdict::partial, "B");
  cut.match.line = "T2016 SC";
  cut.match.request = model::Purpose::add_on;
  cut.decision.hours = model::Hours{42};
  cut.due = model::make_date(2027, 1, 1);
  cut.after = std::chrono::seconds(90);
  const auto again = script_from_json(to_json({cut}));
  REQUIRE(again.size() == 1);
  CHECK(again[0].match.member == "B");
  CHECK(again[0].match.line == "T2016 SC");
  CHECK(again[0].match.request == model::Purpose::add_on);
  CHECK(again[0].decision.verdict == Verdict::partial);
  CHECK(again[0].decision.hours == model::Hours{42});
  CHECK(again[0].due == model::make_date(2027, 1, 1));
  CHECK(again[0].after == std::chrono::seconds(90));
  CHECK(script_from_json("nonsense").empty());
}

}  // namespace atz::sandbox::test
