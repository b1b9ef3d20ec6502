#include "atz/model/canonical.hpp"

#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "atz/model/home.hpp"
#include "maple_street.hpp"

using atz::Rational;
using namespace atz::model;
using namespace atz::test;

namespace {

Address address(const std::string& line) {
  Address result;
  result.present = true;
  result.line = word(line);
  result.line2 = word("Unit 1");
  result.city = word("Testville");
  result.state = word("ME");
  result.zip = word("00000");
  return result;
}

Period period(const char* start, const char* end) {
  Period result;
  result.present = true;
  result.start = field(parse_date(start).value(), start);
  result.end = field(parse_date(end).value(), end);
  return result;
}

Document document(const std::string& file) {
  Document result;
  result.file = word(file);
  result.type = word("person-centered-plan");
  result.title = word("Plan");
  return result;
}

Answer answer(const std::string& link, const std::string& value) {
  Answer result;
  result.link = link;
  result.values = {word(value)};
  return result;
}

Home example() {
  Home home;
  home.format = field(std::int64_t{1});
  home.request = field(RequestKind::service_notification);
  home.type = word("Outpatient");
  home.subcontract = word("Maine ASO");
  home.priority.present = true;
  home.priority.expedited = field(true, "yes");
  home.priority.reason = word("emergency move");
  home.priority.called_on = field(make_date(2026, 12, 6));
  home.provider.present = true;
  home.provider.name = word("Pinecone Example Home Supports");
  home.provider.npi = word("2000000002");
  home.provider.type = word("agency");
  home.provider.ein = word("00-0000000");
  home.provider.phone = word("207-555-0101");
  home.provider.fax = word("207-555-0100");
  home.provider.address = address("1 Agency Road");
  home.house.present = true;
  home.house.id = word("maple-street");
  home.house.name = word("Maple Street");
  home.house.location = word("2000000002-001");
  home.house.address = address("1 Example Way");
  home.house.roster = {word("A"), word("B")};
  home.period = period("2027-01-04", "2028-01-03");
  home.staffing = maple_street();
  StaffPerson person;
  person.id = word("N");
  person.role = word("DSP");
  home.staffing.staff = {person};
  home.documents = {document("documents/house.pdf")};
  home.attest.present = true;
  home.attest.precertification = field(true, "yes");
  home.attest.by = word("A. Sample User");
  home.attest.on = field(make_date(2026, 12, 7));

  Member member;
  member.label = word("A");
  member.id = word("99000001A");
  member.name.last = word("Sampleton");
  member.name.first = word("Testa");
  member.name.middle = word("T");
  member.born = field(make_date(1988, 2, 29));
  member.gender = word("female");
  member.waiver = {word("section-21")};
  member.phone = word("207-555-0177");
  member.guardian.none = true;
  member.case_manager.name = word("C. Manager Example");
  member.case_manager.phone = word("207-555-0178");
  member.case_manager.address = address("PO Box 0");
  member.diagnoses = {word("F71"), word("F84.0")};
  Service service;
  service.code = word("T2016");
  service.modifiers = {word("SC")};
  service.units = field(std::int64_t{365});
  service.weekly_hours = field(Rational(271, 4));
  service.frequency = word("daily");
  service.rate = word("1");
  member.services = {service};
  member.plan.present = true;
  member.plan.system = word("EIS");
  member.plan.location = address("1 Example Way");
  member.plan.weekly_hours = field(Rational(271, 4));
  member.plan.checked_on = field(make_date(2026, 12, 1));
  member.plan.reviewed_on = field(make_date(2026, 6, 15));
  QuestionnaireAnswers answers;
  answers.name = "home-support";
  answers.version = word("1");
  answers.answers = {answer("1", "new placement"), answer("2", "67.75")};
  member.questionnaires = {answers};
  member.routinely_out = word("none");
  member.min_ratio = word("1:2");
  member.may_be_alone = {span("mon", "09:00", "10:00")};
  member.staffing = maple_street();
  member.documents = {document("documents/a.pdf")};
  home.members = {member, member};
  home.members[1].label = word("B");
  return home;
}

const std::vector<std::string> kDigests = {"aa", "bb"};

std::string text(const Home& home) {
  return canonical_request(home, 0, kDigests);
}

struct Change {
  const char* what;
  std::function<void(Home&)> make;
};

Member& first(Home& home) {
  return home.members[0];
}
Service& service(Home& home) {
  return home.members[0].services[0];
}

std::vector<Change> meaningful() {
  using H = Home&;
  return {
      {"request", [](H h) { h.request = field(RequestKind::smi_termination); }},
      {"member request", [](H h) { first(h).request = field(RequestKind::service_notification_extension); }},
      {"type", [](H h) { h.type = word("Inpatient"); }},
      {"subcontract", [](H h) { h.subcontract = word("Other"); }},
      {"expedited", [](H h) { h.priority.expedited = field(false); }},
      {"reason", [](H h) { h.priority.reason = word("other"); }},
      {"called on", [](H h) { h.priority.called_on = field(make_date(2026, 12, 5)); }},
      {"provider name", [](H h) { h.provider.name = word("Lantern Example"); }},
      {"npi", [](H h) { h.provider.npi = word("2000000028"); }},
      {"provider type", [](H h) { h.provider.type = word("other"); }},
      {"ein", [](H h) { h.provider.ein = word("00-0000001"); }},
      {"provider phone", [](H h) { h.provider.phone = word("207-555-0102"); }},
      {"fax", [](H h) { h.provider.fax = word("207-555-0103"); }},
      {"id kind", [](H h) { h.provider.id_kind = word("other"); }},
      {"provider address", [](H h) { h.provider.address.line = word("2 Agency Road"); }},
      {"house name", [](H h) { h.house.name = word("Oak Street"); }},
      {"location", [](H h) { h.house.location = word("2000000002-002"); }},
      {"house address", [](H h) { h.house.address.city = word("Sampleton"); }},
      {"roster", [](H h) { h.house.roster.push_back(word("C")); }},
      {"period start", [](H h) { h.period.start = field(make_date(2027, 1, 5)); }},
      {"period end", [](H h) { h.period.end = field(make_date(2028, 1, 2)); }},
      {"member period", [](H h) { first(h).period = period("2027-02-01", "2028-01-03"); }},
      {"label", [](H h) { first(h).label = word("X"); }},
      {"id", [](H h) { first(h).id = word("99000009A"); }},
      {"last name", [](H h) { first(h).name.last = word("Mockley"); }},
      {"first name", [](H h) { first(h).name.first = word("Moxie"); }},
      {"middle name", [](H h) { first(h).name.middle = word("M"); }},
      {"born", [](H h) { first(h).born = field(make_date(1988, 3, 1)); }},
      {"gender", [](H h) { first(h).gender = word("male"); }},
      {"waiver", [](H h) { first(h).waiver = {word("section-29")}; }},
      {"phone", [](H h) { first(h).phone = word("207-555-0179"); }},
      {"member address", [](H h) { first(h).address = address("9 Other Way"); }},
      {"guardian", [](H h) { first(h).guardian.none = false; }},
      {"guardian name", [](H h) { first(h).guardian.name = word("G. Guardian Example"); }},
      {"manager name", [](H h) { first(h).case_manager.name = word("D. Manager Example"); }},
      {"manager phone", [](H h) { first(h).case_manager.phone = word("207-555-0179"); }},
      {"manager address", [](H h) { first(h).case_manager.address.line2 = word("Unit 2"); }},
      {"diagnosis", [](H h) { first(h).diagnoses[0] = word("F72"); }},
      {"order of diagnoses", [](H h) { std::swap(first(h).diagnoses[0], first(h).diagnoses[1]); }},
      {"code", [](H h) { service(h).code = word("T2017"); }},
      {"modifier", [](H h) { service(h).modifiers.clear(); }},
      {"units", [](H h) { service(h).units = field(std::int64_t{364}); }},
      {"weekly hours", [](H h) { service(h).weekly_hours = field(Rational(68)); }},
      {"service period", [](H h) { service(h).period = period("2027-01-04", "2027-12-31"); }},
      {"frequency", [](H h) { service(h).frequency = word("weekly"); }},
      {"rate", [](H h) { service(h).rate = word("2"); }},
      {"second service", [](H h) { first(h).services.push_back(service(h)); }},
      {"plan system", [](H h) { first(h).plan.system = word("Evergreen"); }},
      {"plan location", [](H h) { first(h).plan.location.line = word("2 Example Way"); }},
      {"plan hours", [](H h) { first(h).plan.weekly_hours = field(Rational(60)); }},
      {"plan checked", [](H h) { first(h).plan.checked_on = field(make_date(2026, 12, 2)); }},
      {"plan reviewed", [](H h) { first(h).plan.reviewed_on = field(make_date(2026, 6, 16)); }},
      {"questionnaire name", [](H h) { first(h).questionnaires[0].name = "other"; }},
      {"questionnaire version", [](H h) { first(h).questionnaires[0].version = word("2"); }},
      {"questionnaire status", [](H h) { first(h).questionnaires[0].status = word("in-progress"); }},
      {"answer", [](H h) { first(h).questionnaires[0].answers[0] = answer("1", "change"); }},
      {"answer added", [](H h) { first(h).questionnaires[0].answers.push_back(answer("3", "No")); }},
      {"routinely out", [](H h) { first(h).routinely_out = {}; }},
      {"min ratio", [](H h) { first(h).min_ratio = word("1:3"); }},
      {"may be alone", [](H h) { first(h).may_be_alone = {span("mon", "09:00", "10:15")}; }},
      {"effective", [](H h) { h.staffing.effective = field(make_date(2027, 1, 5)); }},
      {"staff id", [](H h) { h.staffing.staff[0].id = word("M"); }},
      {"staff role", [](H h) { h.staffing.staff[0].role = word("nurse"); }},
      {"staff counts", [](H h) { h.staffing.staff[0].counts = word("admin"); }},
      {"shift staff", [](H h) { h.staffing.shifts[0].staff = word("M"); }},
      {"shift days", [](H h) { h.staffing.shifts[0].days = field(Weekdays{3}); }},
      {"shift from", [](H h) { h.staffing.shifts[0].from = field(21 * 60); }},
      {"shift to", [](H h) { h.staffing.shifts[0].to = field(7 * 60); }},
      {"shift asleep", [](H h) { h.staffing.shifts[0].awake = field(false); }},
      {"shift 1:1", [](H h) { h.staffing.shifts[0].one_to_one = word("A"); }},
      {"shift on behalf", [](H h) { h.staffing.shifts[0].on_behalf_of = word("A"); }},
      {"shift companions", [](H h) { h.staffing.shifts[0].accompanying = {word("A")}; }},
      {"shift line", [](H h) { h.staffing.shifts[0].line = word("T2016SC"); }},
      {"shift gone", [](H h) { h.staffing.shifts.pop_back(); }},
      {"shift twice", [](H h) { h.staffing.shifts.push_back(h.staffing.shifts[0]); }},
      {"out member", [](H h) { h.staffing.out[0].member = word("C"); }},
      {"out times", [](H h) { h.staffing.out[0].from = field(0); }},
      {"out kind", [](H h) { h.staffing.out[0].kind = word("school"); }},
      {"out code", [](H h) { h.staffing.out[0].code = word("T2019"); }},
      {"out provider", [](H h) { h.staffing.out[0].provider = word("Example Center"); }},
      {"out note", [](H h) { h.staffing.out[0].note = word("note"); }},
      {"individual pattern", [](H h) { first(h).staffing.shifts.pop_back(); }},
      {"document type", [](H h) { h.documents[0].type = word("other"); }},
      {"document title", [](H h) { h.documents[0].title = word("Other"); }},
      {"document name", [](H h) { first(h).documents[0].file = word("documents/b.pdf"); }},
      {"document of another", [](H h) { h.documents[0].member = word("B"); }},
      {"attested", [](H h) { h.attest.precertification = field(false); }},
      {"attested by", [](H h) { h.attest.by = word("B. Sample User"); }},
      {"attested on", [](H h) { h.attest.on = field(make_date(2026, 12, 6)); }},
  };
}

std::vector<Change> meaningless() {
  using H = Home&;
  return {
      {"home id", [](H h) { h.house.id = word("maple"); }},
      {"spans",
       [](H h) {
         first(h).span.line = 7;
         h.house.location.span.line = 9;
       }},
      {"format", [](H h) { h.format = {}; }},
      {"provider ID kind spelled out", [](H h) { h.provider.id_kind = word("npi"); }},
      {"fax", [](H h) { h.provider.fax = word("(207) 555 0100"); }},
      {"npi", [](H h) { h.provider.npi = word(" 2000000002 "); }},
      {"location", [](H h) { h.house.location = word("2000000002+001"); }},
      {"state", [](H h) { h.house.address.state = word("me"); }},
      {"blanks", [](H h) { first(h).name.last = word("  Sampleton "); }},
      {"id", [](H h) { first(h).id = word("99000001a"); }},
      {"gender", [](H h) { first(h).gender = word("Female"); }},
      {"diagnosis", [](H h) { first(h).diagnoses[1] = word("f84.0"); }},
      {"hours", [](H h) { service(h).weekly_hours = field(Rational(6775, 100), "67.750"); }},
      {"period said twice", [](H h) { service(h).period = period("2027-01-04", "2028-01-03"); }},
      {"address said twice", [](H h) { first(h).address = address("1 Example Way"); }},
      {"order of answers",
       [](H h) { std::swap(first(h).questionnaires[0].answers[0], first(h).questionnaires[0].answers[1]); }},
      {"completed said", [](H h) { first(h).questionnaires[0].status = word("completed"); }},
      {"order of shifts", [](H h) { std::swap(h.staffing.shifts[0], h.staffing.shifts[3]); }},
      {"order of out blocks", [](H h) { std::swap(h.staffing.out[0], h.staffing.out[2]); }},
      {"awake said", [](H h) { h.staffing.shifts[0].awake = field(true); }},
      {"line said", [](H h) { h.staffing.shifts[0].line = word("t2016"); }},
      {"direct said", [](H h) { h.staffing.staff[0].counts = word("direct"); }},
      {"days spelled", [](H h) { h.staffing.shifts[1].days.text = "monday-friday"; }},
      {"staffing file", [](H h) { h.staffing.file = word("staffing.yaml"); }},
      {"folder of a document", [](H h) { h.documents[0].file = word("elsewhere/house.pdf"); }},
      {"ignored rule", [](H h) { h.ignore.push_back({}); }},
      {"started on", [](H h) { first(h).service_started_on = field(make_date(2027, 1, 4)); }},
      {"another member",
       [](H h) {
         h.members[1].id = word("99000008A");
         h.members[1].staffing.shifts.clear();
       }},
  };
}

}  // namespace

TEST_CASE("every field that reaches the payer changes the text") {
  const std::string before = text(example());
  std::set<std::string> seen = {before};
  for (const Change& change : meaningful()) {
    CAPTURE(change.what);
    Home home = example();
    change.make(home);
    CHECK(seen.insert(text(home)).second);
  }
  CHECK(canonical_request(example(), 0, std::vector<std::string>{"aa"}) != before);
  CHECK(canonical_request(example(), 0, std::vector<std::string>{"bb", "aa"}) != before);
  CHECK(canonical_request(example(), 1, kDigests) != before);
}

TEST_CASE("spelling, layout, order and what stays here change nothing") {
  const std::string before = text(example());
  for (const Change& change : meaningless()) {
    CAPTURE(change.what);
    Home home = example();
    change.make(home);
    CHECK(text(home) == before);
  }
}

TEST_CASE("companions are a set") {
  Home one = example();
  one.staffing.shifts[0].accompanying = {word("A"), word("B")};
  Home other = example();
  other.staffing.shifts[0].accompanying = {word("B"), word("A")};
  CHECK(text(one) == text(other));
}

TEST_CASE("the text has its version first and one value a line") {
  Home home = example();
  home.provider.name = word("Two\nprovider.npi = 1");
  const std::string result = text(home);
  CHECK(result.rfind("atz/content/1\n", 0) == 0);
  CHECK(result.find("provider.name = Two\\nprovider.npi = 1\n") != std::string::npos);
  CHECK(result.find("service 0.weekly_hours = 271/4\n") != std::string::npos);
  CHECK(result.find("staffing.shift 0 = ") != std::string::npos);
  CHECK(result.find("home.location = 2000000002001\n") != std::string::npos);
}

TEST_CASE("a value that could not be read is neither absent nor read") {
  Home unreadable = example();
  unreadable.members[0].services[0].units = {};
  const std::string absent = text(unreadable);
  unreadable.members[0].services[0].units.present = true;
  unreadable.members[0].services[0].units.text = "365";
  CHECK(text(unreadable) != absent);
  CHECK(text(unreadable) != text(example()));
}
