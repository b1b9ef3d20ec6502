#include "unit/sandbox/life.hpp"

namespace atz::sandbox::test {
namespace {

using model::CaseStatus;
using model::make_date;

// Member A: approved 2027-01-04 through 2028-01-03, so that the window is 2027-12-04 through 2027-12-29.
struct Running : Life {
  Running() { before = approved(); }
  Incoming before;

  std::string try_at(const char* time, const More& more) {
    move_to(time);
    Incoming incoming = update(before, more);
    return faults(send(renamed(std::move(incoming), std::string("try at ") + time)));
  }
  LineState line(int sequence, int chain = 1) { return *look().state.line(chain, sequence); }
};

More change_from(model::Date first) {
  More more;
  more.type = "S";
  more.period = {first, make_date(2028, 1, 3)};
  more.quarters = 300;
  return more;
}

More add_on(const char* type = "I") {
  More more;
  more.type = type;
  more.add_on = true;
  more.period = {make_date(2027, 3, 1), make_date(2028, 1, 3)};
  more.quarters = 42;
  return more;
}

std::string edited_update(const std::function<void(Incoming&)>& edit, const char* time = "2027-12-10T10:00:00") {
  Running running;
  running.move_to(time);
  Incoming incoming = update(running.before, {});
  edit(incoming);
  return faults(running.send(incoming));
}

}  // namespace

TEST_CASE("an extension adds a line; what was approved stays until and beyond the decision") {
  Running running;
  running.move_to("2027-12-10T10:00:00");
  const Incoming more = update(running.before, {});
  const Taken taken = running.send(more);
  CHECK(faults(taken) == "");
  CHECK(taken.case_id == "900000101");
  const auto reply = running.reply(taken);
  REQUIRE(reply.lines.size() == 2);
  CHECK(reply.case_id == "900000101");
  CHECK(reply.lines[0].action == model::ReviewAction::certified);
  CHECK(reply.lines[1].action == model::ReviewAction::pended);
  CHECK(running.line(2).purpose == model::Purpose::continuation);
  CHECK(running.look().state.status == CaseStatus::in_review);
  running.move_to("2027-12-20T10:00:00");
  const auto row = approve(*running.desk, "900000101", "");
  REQUIRE(row);
  CHECK(row->purpose == model::Purpose::continuation);
  CHECK(row->status == CaseStatus::approved);
  CHECK(running.line(1).ruling.authorized == model::DateSpan{make_date(2027, 1, 4), make_date(2028, 1, 3)});
  CHECK(running.line(2).ruling.authorized == model::DateSpan{make_date(2028, 1, 4), make_date(2029, 1, 2)});
  CHECK(running.line(2).ruling.authorization_number != running.line(1).ruling.authorization_number);
  CHECK(running.look().requests.size() == 1);
  CHECK(running.look().newest().claim_identifier == "more");
}

TEST_CASE("the window of an extension: thirty to five days before the end") {
  for (const auto& [time, expected] :
       std::vector<std::pair<const char*, const char*>>{{"2027-12-03T23:59:00", "57/C 2"},
                                                        {"2027-12-04T00:00:00", ""},
                                                        {"2027-12-29T23:59:00", ""},
                                                        {"2027-12-30T00:00:00", "57/C 2"},
                                                        {"2028-01-03T12:00:00", "57/C 2"},
                                                        {"2028-01-04T12:00:00", "57/N 2"}}) {
    CAPTURE(time);
    Running running;
    CHECK(running.try_at(time, {}) == expected);
  }
}

TEST_CASE("an extension starts the day after the end and lasts a year at most") {
  More more;
  const auto starting = [&](model::Date first, model::Date last) {
    more.period = {first, last};
    Running running;
    return running.try_at("2027-12-10T10:00:00", more);
  };
  CHECK(starting(make_date(2028, 1, 3), make_date(2029, 1, 2)) == "57/C 2");
  CHECK(starting(make_date(2028, 1, 5), make_date(2029, 1, 2)) == "57/C 2");
  CHECK(starting(make_date(2028, 1, 4), make_date(2029, 1, 3)) == "");
  CHECK(starting(make_date(2028, 1, 4), make_date(2029, 1, 4)) == "57/C 2");
}

TEST_CASE("a change starts within the running days or on the day after") {
  for (const auto& [first, expected] : std::vector<std::pair<model::Date, const char*>>{
           {make_date(2027, 6, 1), ""}, {make_date(2027, 5, 31), "57/C 2"}, {make_date(2028, 1, 3), ""}}) {
    Running running;
    CHECK(running.try_at("2027-06-01T10:00:00", change_from(first)) == expected);
  }
  More after = change_from(make_date(2028, 1, 4));
  after.period.last = make_date(2028, 12, 31);
  Running running;
  CHECK(running.try_at("2027-06-01T10:00:00", after) == "");
  CHECK(running.line(2).purpose == model::Purpose::change);
  after.period.first = make_date(2028, 1, 5);
  Running other;
  CHECK(other.try_at("2027-06-01T10:00:00", after) == "57/C 2");
}

TEST_CASE("what an extension must bring") {
  CHECK(edited_update([](auto&) {}) == "");
  CHECK(edited_update([](auto& in) { in.request.documents.back().change.clear(); }) == "15/C");
  CHECK(edited_update([](auto& in) { in.request.questionnaires.pop_back(); }) == "15/C");
  CHECK(edited_update([](auto& in) { in.request.lines[1].quantity -= 1; }) == "33/C 2");
  CHECK(edited_update([](auto& in) { in.request.lines[1].quantity += 1; }) == "04/C 2");
  CHECK(edited_update([](auto& in) { in.request.lines[1].weekly_hours.reset(); }) == "15/C 2");
  CHECK(edited_update([](auto& in) { in.request.lines[1].certification_type = "R"; }) == "33/C 2");
  CHECK(edited_update([](auto& in) { in.request.lines[1].code = "T2017"; }) == "AG/C 2");
  CHECK(edited_update([](auto& in) { in.request.location = "2000000002-002"; }) == "43/N");
  CHECK(edited_update([](auto& in) { in.request.location = "2000000002001"; }) == "");
  CHECK(edited_update([](auto& in) { in.request.provider_npi = "2000000010"; }) == "43/C");
  CHECK(edited_update([](auto& in) { in.request.member_id = "99000002A"; }) == "72/N");
  CHECK(edited_update([](auto& in) { in.request.lines.erase(in.request.lines.begin()); }) == "33/N");
  CHECK(edited_update([](auto& in) { in.request.lines[0].weekly_hours = model::Hours{4}; }) == "33/N 1");
}

TEST_CASE("only the newest Claim of a known case can be followed by an update") {
  Running running;
  running.move_to("2027-12-10T10:00:00");
  Incoming unknown = update(running.before, {});
  unknown.request.prior_identifier = "nobody's";
  CHECK(faults(running.send(unknown)) == "AA/N");
  Incoming named = update(running.before, {});
  named.request.related_case = "900000999";
  CHECK(faults(running.send(named)) == "33/N");
  const Incoming more = update(running.before, {});
  CHECK(faults(running.send(more)) == "");
  REQUIRE(approve(*running.desk, "900000101", "").has_value());
  CHECK(faults(running.send(renamed(update(running.before, change_from(make_date(2027, 12, 20))), "late"))) == "33/N");
  CHECK(faults(running.send(renamed(update(more, change_from(make_date(2027, 12, 20))), "good"))) == "");
  // Another client's case is none.
  auto transaction = running.store->write();
  REQUIRE(transaction);
  const auto foreign = running.intake->take("another", renamed(update(more, {}), "foreign"));
  REQUIRE(foreign);
  CHECK(faults(*foreign) == "AA/N");
}

TEST_CASE("one undecided request for the regular hours at a time") {
  Life life;
  const Incoming sent = first();
  CHECK(faults(life.send(sent)) == "");
  CHECK(faults(life.send(update(sent, change_from(make_date(2027, 2, 1))))) == "91/N 2");
  Running running;
  running.move_to("2027-12-10T10:00:00");
  const Incoming more = update(running.before, {});
  CHECK(faults(running.send(more)) == "");
  CHECK(faults(running.send(renamed(update(more, change_from(make_date(2027, 12, 20))), "second"))) == "91/N 3");
}

TEST_CASE("after a denial or a withdrawal a new request is needed") {
  Life life;
  const Incoming sent = first();
  CHECK(faults(life.send(sent)) == "");
  REQUIRE(deny(*life.desk, "900000101", "no").has_value());
  CHECK(faults(life.send(update(sent, change_from(make_date(2027, 2, 1))))) == "AA/N");
  CHECK(faults(life.send(withdrawal(sent, {}))) == "AA/N");
}

TEST_CASE("a new Claim that names the case begins a chain of its own") {
  Running running;
  running.move_to("2027-12-10T10:00:00");
  const Taken taken = running.send(claim_for_case(running.before, "900000101", {}));
  CHECK(faults(taken) == "");
  const auto reply = running.reply(taken);
  CHECK(reply.case_id == "900000101");
  REQUIRE(reply.lines.size() == 1);
  CHECK(reply.lines[0].sequence == 1);
  CHECK(running.line(1, 2).is_open());
  CHECK(running.line(1, 1).is_granted());
  CHECK(running.look().requests.size() == 2);
  CHECK(faults(running.send(renamed(claim_for_case(running.before, "900000999", {}), "x"))) == "AA/N");
  Incoming other = renamed(claim_for_case(running.before, "900000101", {}), "y");
  other.request.member_id = "99000002A";
  CHECK(faults(running.send(other)) == "AA/N");
  REQUIRE(approve(*running.desk, "900000101", "").has_value());
  CHECK(running.line(1, 2).ruling.authorized->first == make_date(2028, 1, 4));
}

TEST_CASE("a running line can be extended in place, and a refusal says so on the line") {
  const model::DateSpan longer{make_date(2027, 1, 4), make_date(2028, 6, 30)};
  Running running;
  running.move_to("2027-12-10T10:00:00");
  CHECK(faults(running.send(in_place(running.before, 1, "4", longer, 271))) == "");
  CHECK(running.line(1).is_open());
  CHECK(running.line(1).former_ruling->action == "A1");
  const auto row = deny(*running.desk, "900000101", "nothing new is shown");
  REQUIRE(row);
  CHECK(running.line(1).ruling.action == "A3");
  CHECK_FALSE(running.line(1).former_ruling.has_value());
  CHECK(row->note.find("what was approved before stands") != std::string::npos);

  Running granted;
  const auto number = granted.line(1).ruling.authorization_number;
  granted.move_to("2027-12-10T10:00:00");
  CHECK(faults(granted.send(in_place(granted.before, 1, "4", longer, 271))) == "");
  REQUIRE(approve(*granted.desk, "900000101", "").has_value());
  CHECK(granted.line(1).ruling.authorized == longer);
  CHECK(granted.line(1).ruling.authorization_number == number);

  Running wrong;
  wrong.move_to("2027-12-10T10:00:00");
  auto moved = longer;
  moved.first = make_date(2027, 2, 1);
  CHECK(faults(wrong.send(in_place(wrong.before, 1, "4", moved, 271))) == "57/C 1");
  CHECK(faults(wrong.send(renamed(in_place(wrong.before, 1, "S", wrong.before.request.lines[0].period, 300), "s"))) ==
        "");
}

TEST_CASE("a Medical Add-On rides on the case") {
  Running running;
  running.move_to("2027-02-10T10:00:00");
  const Incoming more = update(running.before, add_on());
  CHECK(faults(running.send(more)) == "");
  CHECK(running.line(2).purpose == model::Purpose::add_on);
  CHECK(faults(running.send(renamed(update(more, add_on()), "again"))) == "91/N 3");
  REQUIRE(deny(*running.desk, "900000101", "routine care").has_value());
  const auto full = running.look();
  CHECK(full.state.status == CaseStatus::partially_approved);
  for (const auto& note : full.notes) CHECK(note.text.find("go on through") == std::string::npos);
  // Denied is no obstacle to a new one; a renewal has nothing to renew.
  CHECK(faults(running.send(renamed(update(more, add_on("R")), "renewal"))) == "57/C 3");
  CHECK(faults(running.send(renamed(update(more, add_on()), "anew"))) == "");
}

TEST_CASE("the days and papers of an add-on") {
  const auto try_it = [](const std::function<void(More&)>& edit, const std::function<void(Incoming&)>& then = {}) {
    Running running;
    running.move_to("2027-02-10T10:00:00");
    More more = add_on();
    if (edit) edit(more);
    Incoming incoming = update(running.before, more);
    if (then) then(incoming);
    return faults(running.send(incoming));
  };
  CHECK(try_it({}) == "");
  CHECK(try_it([](More& more) { more.period.first = make_date(2027, 2, 9); }) == "57/C 2");
  CHECK(try_it([](More& more) { more.period.first = make_date(2027, 2, 10); }) == "");
  CHECK(try_it([](More& more) { more.period.last = make_date(2028, 1, 4); }) == "57/C 2");
  CHECK(try_it([](More& more) { more.type = "4"; }) == "33/C 2");
  CHECK(try_it({}, [](Incoming& in) { in.request.documents.pop_back(); }) == "15/C");
  CHECK(try_it({}, [](Incoming& in) { in.request.questionnaires.pop_back(); }) == "15/C");
}

TEST_CASE("an add-on is renewed from thirty days before its end") {
  Running running;
  running.move_to("2027-02-10T10:00:00");
  More one = add_on();
  one.period.last = make_date(2027, 6, 30);
  const Incoming granted = update(running.before, one);
  CHECK(faults(running.send(granted)) == "");
  REQUIRE(approve(*running.desk, "900000101", "").has_value());
  More again = add_on("R");
  again.period = {make_date(2027, 7, 1), make_date(2028, 1, 3)};
  again.name = "renewal";
  running.move_to("2027-05-30T10:00:00");
  CHECK(faults(running.send(update(granted, again))) == "57/C 3");
  running.move_to("2027-05-31T10:00:00");
  CHECK(faults(running.send(update(granted, again))) == "");
}

TEST_CASE("an add-on beside the regular hours in a first request, decided line by line") {
  Life life;
  Incoming both = first();
  Incoming sample = update(both, add_on());
  both.request.lines.push_back(sample.request.lines.back());
  both.request.documents.push_back(sample.request.documents.back());
  both.request.questionnaires.push_back(sample.request.questionnaires.back());
  both.item_sequences = {1, 2};
  CHECK(faults(life.send(both)) == "");
  REQUIRE(life.desk->decide("900000101", {Verdict::deny, {}, 2, "routine care"}).has_value());
  CHECK(life.look().state.status == CaseStatus::in_review);
  CHECK_FALSE(life.desk->decide("900000101", {Verdict::approve, {}, 2, ""}).has_value());
  REQUIRE(approve(*life.desk, "900000101", "").has_value());
  CHECK(life.look().state.status == CaseStatus::partially_approved);

  Life outside;
  both.request.lines[1].period.last = make_date(2028, 1, 4);
  both.request.lines[1].quantity += 1;
  CHECK(faults(outside.send(both)) == "57/C 2");
}

TEST_CASE("replays and duplicates of updates") {
  Running running;
  running.move_to("2027-12-10T10:00:00");
  const Incoming more = update(running.before, {});
  const Taken once = running.send(more);
  const Taken twice = running.send(more);
  CHECK(twice.kind == Taken::Kind::known);
  CHECK(twice.body == once.body);
  Incoming other = more;
  other.canonical = "something else";
  CHECK(faults(running.send(other)) == "conflict duplicate");
  other.request.bundle_identifier = "another message";
  const Taken same = running.send(other);
  CHECK(same.kind == Taken::Kind::known);
  CHECK(running.reply(same).lines.size() == 2);
  other.request.content_digest = "another content";
  CHECK(faults(running.send(other)) == "conflict conflict");
  CHECK(running.look().state.lines.size() == 2);
}

TEST_CASE("tolerant: updates of any service are taken, those of unknown or denied cases are not") {
  Life life;
  life.intake = std::make_unique<Intake>(*life.store, life.world.clock, IntakeRules{true, false, {}, {}});
  Incoming visit = first();
  visit.request.lines[0].code = "99214";
  CHECK(faults(life.send(visit)) == "");
  Incoming more = update(visit, {});
  more.request.lines[1].code = "99215";
  more.request.location.clear();
  CHECK(faults(life.send(more)) == "");
  CHECK(life.look().state.lines.size() == 2);
  Incoming same_claim = in_place(more, 1, "S", {make_date(2020, 1, 1), make_date(2020, 1, 2)}, 4);
  CHECK(faults(life.send(same_claim)) == "");
  CHECK_FALSE(life.look().state.lines[0].former_ruling);  // nothing had been decided
  Incoming unknown = update(visit, {});
  unknown.canonical = "unknown";
  unknown.request.prior_identifier = "nobody's";
  CHECK(faults(life.send(unknown)) == "AA/N");
  CHECK(faults(life.send(withdrawal(same_claim, {}))) == "");
  CHECK(life.look().state.status == CaseStatus::voided);
}

}  // namespace atz::sandbox::test
