// From text to the model: values, normal forms, places.
#include "support.hpp"

namespace atz::casefile {
namespace {

using model::make_date;
using testing::covered;
using testing::load_alone;
using testing::load_from;
using testing::place;
using testing::problem_at;

const char* const kSmall = R"(atz: 1
request: service-notification
provider: {name: P, npi: 2000000002, fax: 207-555-0100, address: {line: 1 Agency Road, city: T, state: ME, zip: 00000}}
home:
  id: maple-street
  name: Maple Street
  location: 2000000002+001
  address: {line: 1 Example Way, city: Testville, state: ME, zip: 00000}
  roster: [A, B]
period: {start: 2027-01-04, end: 2028-01-03}
members:
  - label: A
    id: 99000001a
    name: {last: Null, first: "No"}
    born: 1988-02-29
    gender: female
    waiver: section-21
    guardian: none
    diagnoses: [f71, F840, f84.0]
    services:
      - {code: t2016sc, modifiers: [u9], units: 0365, weekly_hours: 67.75}
    may_be_alone:
      - {days: [sat, sun], from: 9:00, to: 10:00}
attest: {precertification: Yes, by: A. Sample User, on: 2026-12-07}
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("values reach the model in their normal form, with their text and place") {
  const CaseFile file = load_alone(kSmall);
  for (const Problem& problem : file.problems) FAIL_CHECK(problem.path << ": " << problem.message);
  CHECK(file.unreadable.empty());
  CHECK(file.unknown_keys.empty());
  CHECK(file.readable);
  CHECK_FALSE(file.staffing_only);
  const model::Home& home = file.home;
  CHECK(*home.format == 1);
  CHECK(*home.request == model::RequestKind::service_notification);
  CHECK(*home.provider.address.zip == "00000");
  CHECK(*home.house.location == "2000000002+001");
  REQUIRE(home.house.roster.size() == 2);
  CHECK(*home.house.roster[1] == "B");
  CHECK(home.period.days() == model::DateSpan{make_date(2027, 1, 4), make_date(2028, 1, 3)});
  CHECK(covered(kSmall, home.period.start.span) == "2027-01-04");
  REQUIRE(home.members.size() == 1);
  const model::Member& member = home.members[0];
  CHECK(covered(kSmall, member.span) == "A");
  CHECK(*member.id == "99000001A");
  CHECK(member.id.text == "99000001a");
  CHECK(*member.name.last == "Null");
  CHECK(*member.name.first == "No");
  CHECK(*member.born == make_date(1988, 2, 29));
  REQUIRE(member.waiver.size() == 1);
  CHECK(*member.waiver[0] == "section-21");
  CHECK(member.guardian.present);
  CHECK(member.guardian.none);
  CHECK_FALSE(member.case_manager.present);
  CHECK(*member.diagnoses[0] == "F71");
  CHECK(*member.diagnoses[1] == "F84.0");
  CHECK(*member.diagnoses[2] == "F84.0");
  CHECK(member.diagnoses[1].text == "F840");
  REQUIRE(member.services.size() == 1);
  const model::Service& service = member.services[0];
  CHECK(*service.code == "T2016");
  CHECK(service.code.text == "t2016sc");
  REQUIRE(service.modifiers.size() == 2);
  CHECK(*service.modifiers[0] == "SC");
  CHECK(*service.modifiers[1] == "U9");
  CHECK(*service.units == 365);
  CHECK(*service.weekly_hours == Rational(271, 4));
  CHECK(covered(kSmall, service.span) == "{code: t2016sc, modifiers: [u9], units: 0365, weekly_hours: 67.75}");
  REQUIRE(member.may_be_alone.size() == 1);
  CHECK(member.may_be_alone[0].days->bits == 0b1000001);
  CHECK(*member.may_be_alone[0].from == 540);
  CHECK(*home.attest.precertification);
  CHECK_FALSE(home.staffing.present);
}

TEST_CASE("what is absent points at what surrounds it") {
  const CaseFile file = load_alone(kSmall);
  const model::Member& member = file.home.members[0];
  CHECK_FALSE(member.phone.present);
  CHECK(covered(kSmall, member.phone.span) == "A");
  CHECK(covered(kSmall, member.name.middle.span) == "name");
  CHECK(covered(kSmall, member.plan.span) == "A");
  CHECK(covered(kSmall, member.plan.checked_on.span) == "A");
  CHECK(covered(kSmall, file.home.staffing.span) == "atz");
  CHECK(covered(kSmall, file.home.house.roster_span) == "roster");
}

TEST_CASE("glued modifiers are taken off a code, and only these") {
  const auto decode = [](const std::string& code) {
    const CaseFile file = load_alone(replaced(kSmall, "t2016sc, modifiers: [u9]", "'" + code + "'"));
    const model::Service& service = file.home.members[0].services[0];
    std::string all = *service.code;
    for (const auto& modifier : service.modifiers) all += "/" + *modifier;
    return all;
  };
  CHECK(decode("T2016") == "T2016");
  CHECK(decode("T2016SC") == "T2016/SC");
  CHECK(decode("T2016 SC") == "T2016/SC");
  CHECK(decode("T2016-SC") == "T2016/SC");
  CHECK(decode("T2016-SC-U9") == "T2016/SC/U9");
  CHECK(decode("T2016S") == "T2016S");
  CHECK(decode("T2016SCU") == "T2016SCU");
  CHECK(decode("T2016  SC") == "T2016  SC");
}

TEST_CASE("a missing required field is shown at the key around it") {
  const CaseFile file = load_alone(replaced(kSmall, "    born: 1988-02-29\n", ""));
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems[0].kind == Problem::Kind::missing_field);
  CHECK(file.problems[0].path == "members[0].born");
  CHECK(file.problems[0].message == "`born` is missing");
  CHECK(place(file.problems[0].span) == "12:12-12:13");

  const CaseFile name = load_alone(replaced(kSmall, "{last: Null, first: \"No\"}", "{first: \"No\"}"));
  REQUIRE(problem_at(name.problems, "members[0].name.last") != nullptr);
  CHECK(place(problem_at(name.problems, "members[0].name.last")->span) == "14:5-14:9");

  const CaseFile root =
      load_alone(replaced(kSmall, "attest: {precertification: Yes, by: A. Sample User, on: 2026-12-07}\n", ""));
  REQUIRE(problem_at(root.problems, "attest") != nullptr);
  CHECK(place(problem_at(root.problems, "attest")->span) == "1:1-1:4");
}

TEST_CASE("an empty required field is shown at its key") {
  const CaseFile file = load_alone(replaced(kSmall, "born: 1988-02-29", "born:"));
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems[0].message == "`born` is empty");
  CHECK(place(file.problems[0].span) == "15:5-15:9");
  CHECK(file.home.members[0].born.present);
  CHECK_FALSE(file.home.members[0].born);
  CHECK(problem_at(load_alone(replaced(kSmall, "[A, B]", "[]")).problems, "home.roster") != nullptr);
  CHECK(problem_at(load_alone(replaced(kSmall, "id: maple-street", "id: ''")).problems, "home.id") != nullptr);
  CHECK(load_alone(replaced(kSmall, "waiver: section-21", "waiver:")).problems.empty());
}

TEST_CASE("a member who needs no home support needs little more than a label") {
  const CaseFile file = load_alone(replaced(
      kSmall,
      "attest:", "  - {label: B, receives_home_support: no, receives_home_support_reason: lives on his own}\nattest:"));
  CHECK(file.problems.empty());
  CHECK(file.home.members[1].receives_home_support.value == false);
  const CaseFile yes = load_alone(replaced(kSmall, "attest:", "  - {label: B, receives_home_support: yes}\nattest:"));
  CHECK(problem_at(yes.problems, "members[1].services") != nullptr);
}

TEST_CASE("a scalar that is not of its type is recorded with its text") {
  const CaseFile file = load_alone(replaced(kSmall, "1988-02-29", "1987-02-29"));
  CHECK(file.problems.empty());
  REQUIRE(file.unreadable.size() == 1);
  CHECK(file.unreadable[0].path == "members[0].born");
  CHECK(file.unreadable[0].type == FieldType::date);
  CHECK(file.unreadable[0].text == "1987-02-29");
  CHECK(file.unreadable[0].member == "A");
  CHECK(place(file.unreadable[0].span) == "15:11-15:21");
  CHECK_FALSE(file.home.members[0].born);
  CHECK(file.home.members[0].born.text == "1987-02-29");

  const auto type_of = [](const std::string& from, const std::string& to) {
    const CaseFile changed = load_alone(replaced(kSmall, from, to));
    REQUIRE(changed.unreadable.size() == 1);
    return changed.unreadable[0].type;
  };
  CHECK(type_of("units: 0365", "units: 1.5") == FieldType::integer);
  CHECK(type_of("weekly_hours: 67.75", "weekly_hours: 6e1") == FieldType::decimal);
  CHECK(type_of("from: 9:00", "from: 25:00") == FieldType::time);
  CHECK(type_of("[sat, sun]", "[sat, sonntag]") == FieldType::weekdays);
  CHECK(type_of("precertification: Yes", "precertification: maybe") == FieldType::boolean);
  CHECK(type_of("gender: female", "gender: Female") == FieldType::choice);
  CHECK(type_of("request: service-notification", "request: prior-authorization") == FieldType::request_kind);
  CHECK(type_of("id: maple-street", "id: Maple Street") == FieldType::identifier);
  CHECK(type_of("born: 1988-02-29", "born: ''") == FieldType::date);
}

TEST_CASE("a label that is too long is recorded once and still used") {
  const CaseFile file =
      load_alone(replaced(replaced(kSmall, "label: A", "label: Ann-Marie"), "[A, B]", "[A, B, Ann-Marie]"));
  REQUIRE(file.unreadable.size() == 2);
  CHECK(file.unreadable[0].path == "home.roster[2]");
  CHECK(file.unreadable[1].path == "members[0].label");
  CHECK(*file.home.members[0].label == "Ann-Marie");
}

TEST_CASE("booleans are yes, no, true, false, on, off in any case") {
  for (const char* yes : {"yes", "YES", "True", "on"}) {
    CHECK(*load_alone(replaced(kSmall, "precertification: Yes", std::string("precertification: ") + yes))
               .home.attest.precertification);
  }
  for (const char* no : {"no", "False", "OFF"}) {
    CHECK_FALSE(*load_alone(replaced(kSmall, "precertification: Yes", std::string("precertification: ") + no))
                     .home.attest.precertification);
  }
  CHECK(load_alone(replaced(kSmall, "precertification: Yes", "precertification: 1")).unreadable.size() == 1);
}

TEST_CASE("shapes that are wrong are named with what was expected") {
  const CaseFile file = load_alone(replaced(kSmall, "[f71, F840, f84.0]", "F71"));
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems[0].kind == Problem::Kind::wrong_shape);
  CHECK(file.problems[0].path == "members[0].diagnoses");
  CHECK(file.problems[0].message == "`diagnoses` must be a list");
  CHECK(file.problems[0].found == "a single value");
  CHECK(place(file.problems[0].span) == "19:16-19:19");
  const auto message = [](const std::string& from, const std::string& to) {
    const CaseFile changed = load_alone(replaced(kSmall, from, to));
    REQUIRE(changed.problems.size() == 1);
    CHECK(changed.problems[0].kind == Problem::Kind::wrong_shape);
    return changed.problems[0].message;
  };
  CHECK(message("period: {start: 2027-01-04, end: 2028-01-03}", "period: 2027") == "`period` must be a group of keys");
  CHECK(message("born: 1988-02-29", "born: [1988]") == "`born` must be a date such as 2027-01-04");
  CHECK(message("guardian: none", "guardian: nobody") == "`guardian` must be a group of keys");
  CHECK(message("[A, B]", "[A, {b: c}]") == "`roster[1]` must be up to 8 letters and digits");
  CHECK(message("atz: 1", "atz: 2") == "this version of atz reads file format 1 only");
}

TEST_CASE("lists that are often one entry may be written as that entry") {
  const CaseFile file = load_alone(replaced(replaced(kSmall, "modifiers: [u9]", "modifiers: u9"), "waiver: section-21",
                                            "waiver: [section-21, section-29]"));
  CHECK(file.problems.empty());
  CHECK(*file.home.members[0].services[0].modifiers[1] == "U9");
  CHECK(file.home.members[0].waiver.size() == 2);
}

TEST_CASE("unknown keys come with the nearest known one") {
  const CaseFile file = load_alone(replaced(kSmall, "weekly_hours: 67.75", "weekly_hour: 67.75"));
  REQUIRE(file.unknown_keys.size() == 1);
  CHECK(file.unknown_keys[0].path == "members[0].services[0].weekly_hour");
  CHECK(file.unknown_keys[0].key == "weekly_hour");
  CHECK(file.unknown_keys[0].suggestion == "weekly_hours");
  CHECK(file.unknown_keys[0].member == "A");
  CHECK_FALSE(file.unknown_keys[0].secret);
  CHECK(covered(replaced(kSmall, "weekly_hours", "weekly_hour"), file.unknown_keys[0].span) == "weekly_hour");

  const CaseFile elsewhere = load_alone(std::string(kSmall) + "rooster: [A]\nxyzzyplugh: 1\n");
  REQUIRE(elsewhere.unknown_keys.size() == 2);
  CHECK(elsewhere.unknown_keys[0].suggestion == "home.roster");
  CHECK(elsewhere.unknown_keys[1].suggestion.empty());
}

TEST_CASE("secrets are recognised by their key") {
  const CaseFile file = load_alone(std::string(kSmall) + "password: x\napi-key: y\nclient_secret: z\n");
  REQUIRE(file.unknown_keys.size() == 3);
  for (const UnknownKey& key : file.unknown_keys) CHECK_MESSAGE(key.secret, key.key);
}

TEST_CASE("questionnaires keep every answer, its place and what was left open") {
  const std::string text = replaced(kSmall, "    may_be_alone:",
                                    "    questionnaires:\n"
                                    "      home-support:\n"
                                    "        version: 1\n"
                                    "        status: in-progress\n"
                                    "        2: 067.750\n"
                                    "        4: No\n"
                                    "        3.1.1: ''\n"
                                    "        5:\n"
                                    "        6: [school, other]\n"
                                    "        7: {x: y}\n"
                                    "    may_be_alone:");
  const CaseFile file = load_alone(text);
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems[0].path == "members[0].questionnaires.home-support.7");
  REQUIRE(file.home.members[0].questionnaires.size() == 1);
  const model::QuestionnaireAnswers& answers = file.home.members[0].questionnaires[0];
  CHECK(answers.name == "home-support");
  CHECK(covered(text, answers.span) == "home-support");
  CHECK(*answers.version == "1");
  CHECK(*answers.status == "in-progress");
  REQUIRE(answers.answers.size() == 6);
  CHECK(answers.answers[0].link == "2");
  CHECK(*answers.answers[0].values[0] == "067.750");
  CHECK(*answers.answers[1].values[0] == "No");
  CHECK(answers.answers[2].values[0].value == "");
  CHECK(covered(text, answers.answers[2].values[0].span) == "''");
  CHECK_FALSE(answers.answers[3].values[0]);
  CHECK(covered(text, answers.answers[3].values[0].span) == "5");
  CHECK(answers.answers[4].is_list);
  REQUIRE(answers.answers[4].values.size() == 2);
  CHECK(*answers.answers[4].values[1] == "other");
  CHECK(answers.answers[5].values.empty());
}

TEST_CASE("24 members are read, a 25th is refused") {
  const auto home = [](int members) {
    std::string text = "atz: 1\nmembers:\n";
    for (int i = 0; i < members; ++i) text += fmt::format("- {{label: M{}, receives_home_support: no}}\n", i);
    return load_alone(text);
  };
  CHECK(problem_at(home(24).problems, "members") == nullptr);
  const CaseFile many = home(25);
  REQUIRE(problem_at(many.problems, "members") != nullptr);
  CHECK(place(problem_at(many.problems, "members")->span) == "2:1-2:8");
  CHECK(many.home.members.size() == 24);
}

TEST_CASE("a repeated key or an anchor leaves the rest readable, an alias does not") {
  CHECK(load_alone(std::string(kSmall) + "atz: 2\n").readable);
  CHECK(load_alone(replaced(kSmall, "roster: [A", "roster: [&x A")).readable);
  const CaseFile file = load_alone(replaced(replaced(kSmall, "roster: [A", "roster: [&x A"), "label: A", "label: *x"));
  CHECK_FALSE(file.readable);
  CHECK(file.problems.size() == 2);
  CHECK(file.home.members.empty());
}

TEST_CASE("a file that is no group of keys is one problem") {
  for (const char* text : {"just text", "[1, 2]", "- a\n- b\n"}) {
    const CaseFile file = load_alone(text);
    CHECK(file.problems.size() == 1);
    CHECK_FALSE(file.readable);
  }
}

TEST_CASE("whatever is cut off a file, reading it ends in problems and never in harm") {
  const std::string text = kSmall;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const CaseFile file = load_alone(text.substr(0, size));
    CHECK_FALSE((file.problems.empty() && file.unreadable.empty() && size + 2 < text.size()));
  }
}

}  // namespace
}  // namespace atz::casefile
