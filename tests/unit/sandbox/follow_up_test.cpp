// Withdrawals, questions and answers, letters, and the hours that go on after a cut.
#include "unit/sandbox/life.hpp"

namespace atz::sandbox::test {
namespace {

using model::CaseStatus;
using model::make_date;

// The example of the domain: hours run out on 2027-01-31, asked anew on 2027-01-11, decided on 2027-01-28.
struct Extended : Life {
  Extended() {
    Incoming sent = first(1);
    sent.request.lines[0].period = {make_date(2026, 12, 7), make_date(2027, 1, 31)};
    sent.request.lines[0].quantity = 56;
    REQUIRE(faults(send(sent)) == "");
    REQUIRE(approve(*desk, "900000101", "").has_value());
    move_to("2027-01-11T10:00:00");
    More more;
    more.type = "S";
    more.period = {make_date(2027, 2, 1), make_date(2028, 1, 31)};
    more.quarters = 352;
    extension = update(sent, more);
    REQUIRE(faults(send(extension)) == "");
    move_to("2027-01-28T10:00:00");
  }
  Incoming extension;

  bool says(const std::string& words) {
    const auto full = look();
    return std::any_of(full.notes.begin(), full.notes.end(),
                       [&](const Note& note) { return note.text.find(words) != std::string::npos; });
  }
  Letter last_letter() { return desk->letters("")->back(); }
};

struct Waiting : Life {
  Waiting() {
    sent = first();
    REQUIRE(faults(send(sent)) == "");
    Inquiry inquiry;
    inquiry.text = "Who sleeps in at night?";
    inquiry.kind_code = "08";
    inquiry.kind_text = "Person-Centered Plan";
    const auto asked = desk->ask("900000101", inquiry);
    REQUIRE(asked);
    number = asked->control_number;
    due = asked->due;
  }
  Incoming sent;
  std::string number;
  model::Date due{};
  CaseStatus status() { return look().state.status; }
};

}  // namespace

TEST_CASE("an extension that is cut: the former hours go on for ten days") {
  Extended home;
  const auto row = partially_approve(*home.desk, "900000101", model::Hours{340}, "evenings are shared");
  REQUIRE(row);
  CHECK(row->status == CaseStatus::partially_approved);
  CHECK(home.says("85.00 instead of 88.00 hours a week. The former 85.75 hours a week go on through 2027-02-07."));
  const Letter letter = home.last_letter();
  CHECK(letter.kind == "partial approval");
  CHECK(letter.by == "US Mail");
  CHECK(letter.hearing_by == make_date(2027, 3, 29));
  CHECK(letter.keep_services_by == make_date(2027, 2, 7));
  CHECK(letter.text.find("evenings are shared") != std::string::npos);
  CHECK(home.says("Letter 2027-01-28: partial approval, by US Mail to "));
}

TEST_CASE("an extension that is denied, and one that is not cut below what was") {
  Extended denied;
  REQUIRE(deny(*denied.desk, "900000101", "no change of need").has_value());
  CHECK(denied.says("Not approved. The former 85.75 hours a week go on through 2027-02-07."));
  CHECK(denied.last_letter().keep_services_by == make_date(2027, 2, 7));
  CHECK(denied.look().state.status == CaseStatus::partially_approved);  // the first line stays approved

  Extended same;
  REQUIRE(partially_approve(*same.desk, "900000101", model::Hours{343}, "as before").has_value());
  CHECK_FALSE(same.says("go on through"));
  CHECK_FALSE(same.last_letter().keep_services_by);
  CHECK(same.last_letter().hearing_by == make_date(2027, 3, 29));
}

TEST_CASE("no continuation for a first authorization; approvals go by fax") {
  Life life;
  REQUIRE(faults(life.send(first())) == "");
  REQUIRE(deny(*life.desk, "900000101", "no").has_value());
  for (const auto& note : life.look().notes) CHECK(note.text.find("go on") == std::string::npos);
  REQUIRE(faults(life.send(first(1))) == "");
  REQUIRE(approve(*life.desk, "900000102", "").has_value());
  const auto letters = life.desk->letters("");
  REQUIRE(letters->size() == 2);
  CHECK_FALSE((*letters)[0].keep_services_by);
  CHECK((*letters)[1].by == "fax");
  CHECK((*letters)[1].to.front().role == "provider");
  CHECK_FALSE((*letters)[1].hearing_by);
  CHECK(life.desk->letters("900000102")->size() == 1);
  CHECK_FALSE(life.desk->letters("900000999").has_value());
}

TEST_CASE("an open request is withdrawn") {
  Life life;
  const Incoming sent = first();
  REQUIRE(faults(life.send(sent)) == "");
  const Taken taken = life.send(withdrawal(sent, {}, "sent by mistake"));
  CHECK(faults(taken) == "");
  CHECK(life.reply(taken).status == CaseStatus::voided);
  CHECK(life.look().notes.back().text == "Withdrawn by the provider. Rationale: sent by mistake");
  CHECK(faults(life.send(renamed(sent, "anew"))) == "");  // the days are free again
}

TEST_CASE("what is approved is withdrawn before it begins, not after") {
  for (const auto& [time, expected] : std::vector<std::pair<const char*, const char*>>{
           {"2027-01-03T23:59:00", ""}, {"2027-01-04T00:00:00", "33/N 1"}}) {
    Life life;
    const Incoming sent = life.approved();
    life.move_to(time);
    CHECK(faults(life.send(withdrawal(sent, {}))) == expected);
  }
}

TEST_CASE("one line is withdrawn, the others stay") {
  Extended home;
  const Taken taken = home.send(withdrawal(home.extension, {2}));
  CHECK(faults(taken) == "");
  const auto state = home.look().state;
  CHECK(state.lines[0].is_granted());
  CHECK(state.lines[1].ruling.action == "C");
  CHECK(state.status == CaseStatus::approved);
  const auto row = approve(*home.desk, "900000101", "");
  CHECK_FALSE(row.has_value());
}

TEST_CASE("a denied line can't be withdrawn") {
  Extended home;
  REQUIRE(deny(*home.desk, "900000101", "no").has_value());
  CHECK(faults(home.send(withdrawal(home.extension, {2}))) == "AA/N 2");
}

TEST_CASE("a question is asked, and due in seven days unless said otherwise") {
  Waiting home;
  CHECK(home.number == "ACN-55021");
  CHECK(home.due == make_date(2026, 12, 14));
  CHECK(home.status() == CaseStatus::info_requested);
  const auto full = home.look();
  const auto answer = answer_of(full, 1, full.newest());
  REQUIRE(answer.requests.size() == 1);
  CHECK(answer.requests[0].text == "Who sleeps in at night?");
  CHECK(answer.requests[0].by_attachment);
  CHECK(answer.lines[0].reasons.front().code == "0U");
  Inquiry late;
  late.text = "What else?";
  late.due = make_date(2026, 12, 6);
  CHECK_FALSE(home.desk->ask("900000101", late).has_value());
  late.due = make_date(2026, 12, 7);
  late.line = 1;
  CHECK(home.desk->ask("900000101", late).has_value());
  late.line = 2;
  CHECK_FALSE(home.desk->ask("900000101", late).has_value());
  late.text = " ";
  late.line.reset();
  CHECK_FALSE(home.desk->ask("900000101", late).has_value());
}

TEST_CASE("an answer by attachment brings the case back into review") {
  Waiting home;
  const Taken taken = home.attach(papers(home.number));
  CHECK(taken.http_status == 200);
  CHECK(home.status() == CaseStatus::in_review);
  const Taken again = home.attach(papers(home.number));
  CHECK(again.kind == Taken::Kind::known);
  CHECK(again.body == taken.body);
  auto more = papers(home.number);
  more.documents.front().title = "second.pdf";
  CHECK(home.attach(more).http_status == 200);
  CHECK(home.look().notes.back().text == "Received on 2026-12-07 without being asked: 1 document.");
}

TEST_CASE("more to come leaves the question open") {
  Waiting home;
  auto part = papers(home.number);
  part.final = false;
  CHECK(home.attach(part).http_status == 200);
  CHECK(home.status() == CaseStatus::info_requested);
}

TEST_CASE("answers that fit nothing are refused in words") {
  Waiting home;
  CHECK(home.attach(papers("ACN-1")).http_status == 404);
  CHECK(home.attach(papers(home.number, "", "99000002A")).http_status == 422);
  CHECK(home.attach(papers(home.number, "900000999")).http_status == 422);
  CHECK(home.attach(papers("mine", "900000999")).http_status == 404);
  CHECK(home.status() == CaseStatus::info_requested);
  CHECK(home.attach(papers("mine", "900000101")).http_status == 200);
  CHECK(home.status() == CaseStatus::info_requested);
  auto other = papers("mine", "900000101");
  other.documents.front().title = "other.pdf";
  CHECK(home.attach(other).http_status == 409);
  REQUIRE(approve(*home.desk, "900000101", "").has_value());
  const Taken late = home.attach(papers(home.number));
  CHECK(late.http_status == 422);
  CHECK(late.issue.text.find("decided") != std::string::npos);
  CHECK(home.look().questions.front().state == Question::State::closed);
}

TEST_CASE("an answer by update") {
  Waiting home;
  const Incoming good = answer(home.sent, home.number);
  CHECK(faults(home.send(answer(home.sent, "ACN-1"))) == "33/N");
  const Taken taken = home.send(good);
  CHECK(faults(taken) == "");
  CHECK(home.status() == CaseStatus::in_review);
  CHECK(home.send(good).body == taken.body);
  // The answer is the newest Claim now.
  CHECK(faults(home.send(renamed(withdrawal(home.sent, {}), "old"))) == "33/N");
  const Incoming withdrawn = withdrawal(good, {});
  CHECK(faults(home.send(withdrawn)) == "");
  CHECK(faults(home.send(renamed(answer(withdrawn, ""), "late"))) == "AA/N");
}

TEST_CASE("a question nobody answered is noted on the day after") {
  Waiting home;
  home.move_to("2026-12-14T23:59:59");
  CHECK(home.happened.empty());
  home.move_to("2026-12-15T00:00:00");
  REQUIRE(home.happened.size() == 1);
  CHECK(home.status() == CaseStatus::info_requested);
  REQUIRE(deny(*home.desk, "900000101", "no answer came").has_value());
  CHECK(home.status() == CaseStatus::denied);
}

}  // namespace atz::sandbox::test
