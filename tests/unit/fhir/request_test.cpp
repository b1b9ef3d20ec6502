#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "fhir/json.hpp"
#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

Json parsed(const std::string& bytes) {
  return *parse_json(bytes);
}

const Json& resource(const Json& bundle, std::size_t entry) {
  return bundle.at("entry").at(entry).at("resource");
}

const Json* answers_to(const Json& bundle, const std::string& questionnaire) {
  for (const auto& entry : bundle.at("entry")) {
    const auto& candidate = entry.at("resource");
    if (candidate.at("resourceType") != "QuestionnaireResponse") continue;
    if (candidate.at("questionnaire").get<std::string>().find("/" + questionnaire + "|") != std::string::npos)
      return &candidate;
  }
  return nullptr;
}

std::vector<std::string> links(const Json& items) {
  std::vector<std::string> out;
  for (const auto& item : items) out.push_back(item.at("linkId").get<std::string>());
  return out;
}

}  // namespace

TEST_CASE("the same input gives the same bytes, on any number of threads") {
  const Fixture fixture;
  const std::string expected = fixture.bytes();
  std::vector<std::string> made(8);
  std::vector<std::thread> threads;
  for (auto& bytes : made) threads.emplace_back([&fixture, &bytes] { bytes = build_submit(fixture.input()).bytes; });
  for (auto& thread : threads) thread.join();
  for (const auto& bytes : made) CHECK(bytes == expected);
}

TEST_CASE("identifiers follow the batch, the label and the attempt") {
  const Fixture fixture;
  auto input = fixture.input();
  const auto first = build_submit(input);
  CHECK(first.claim_identifier == "maple-street-20261207-k3m9q-A");
  CHECK(first.bundle_identifier == "maple-street-20261207-k3m9q-A-S1");
  REQUIRE(first.lines.size() == 1);
  CHECK(first.lines[0].trace == "maple-street-20261207-k3m9q-A-L1");
  CHECK(first.lines[0].code == "T2016");
  input.attempt = 2;
  const auto second = build_submit(input);
  CHECK(second.claim_identifier == "maple-street-20261207-k3m9q-A-2");
  CHECK(second.bundle_identifier == "maple-street-20261207-k3m9q-A-2-S1");
  CHECK(second.lines[0].trace == "maple-street-20261207-k3m9q-A-2-L1");
  CHECK(second.claim_url != first.claim_url);
}

TEST_CASE("agency, insurer and house are the same instances for all members; nothing else is") {
  const Fixture fixture;
  const auto a = parsed(fixture.bytes(0));
  const auto b = parsed(fixture.bytes(1));
  for (std::size_t i = 0; i < a.at("entry").size(); ++i) {
    const bool same = a.at("entry")[i].at("fullUrl") == b.at("entry")[i].at("fullUrl");
    CHECK(same == (resource(a, i).at("resourceType") == "Organization"));
  }
}

TEST_CASE("hours are written as they were meant, to the digit") {
  const Fixture fixture;
  for (const auto& [member, digits] : {std::pair<std::size_t, const char*>{0, "67.75"}, {1, "85.75"}, {2, "96.5"}}) {
    const auto bytes = fixture.bytes(member);
    CHECK(bytes.find("\"quantityQuantity\":{\"value\":" + std::string(digits) + ",\"unit\":\"Hours\"") !=
          std::string::npos);
    CHECK(bytes.find(std::string("weekly support hours ") + digits + ",") != std::string::npos);
  }
}

TEST_CASE("a line asks for days, or for hours where the payer wants hours") {
  Fixture fixture;
  CHECK(fixture.bytes().find(
            R"("quantity":{"value":365,"unit":"Days","system":"https://codesystem.x12.org/005010/673","code":"DY"})") !=
        std::string::npos);
  fixture.settings.quantity_means = model::Settings::QuantityMeans::weekly_hours;
  CHECK(
      fixture.bytes().find(
          R"("quantity":{"value":67.75,"unit":"Hours","system":"https://codesystem.x12.org/005010/673","code":"HS"})") !=
      std::string::npos);
}

TEST_CASE("a service type travels when the tables know its number") {
  Fixture fixture;
  CHECK(fixture.bytes().find("programCode") == std::string::npos);
  fixture.tables.service_types[0].number = "321";
  const auto bytes = fixture.bytes();
  CHECK(bytes.find(R"("programCode":[{"coding":[{"system":"https://payer.example/ns/service-type","code":"321")") !=
        std::string::npos);
  CHECK(fixture.received().lines[0].program_code == "321");
}

TEST_CASE("an expedited request says so in three places") {
  Fixture fixture;
  CHECK(fixture.received().priority == "normal");
  CHECK(fixture.received().level_of_service.empty());
  fixture.home.priority.expedited = field(true);
  fixture.home.priority.reason = field("Hospital discharge on Friday");
  const auto received = fixture.received();
  CHECK(received.priority == "stat");
  CHECK(received.level_of_service == "U");
  CHECK(received.messages.at(0).text.find("Expedited review, Hospital discharge on Friday.") != std::string::npos);
}

TEST_CASE("the location is written as the payer wants it") {
  Fixture fixture;
  CHECK(fixture.received().location == "2000000002-001");
  fixture.profile.location_format = "plain";
  CHECK(fixture.received().location == "2000000002001");
  fixture.profile.location_format = "plus";
  CHECK(fixture.received().location == "2000000002+001");
  fixture.home.house.location = field("north wing");
  CHECK(fixture.received().location == "north wing");
}

TEST_CASE("questionnaires: enabled questions only, in their order, each with its type") {
  const Fixture fixture;
  const auto bundle = parsed(fixture.bytes());
  const auto* answers = answers_to(bundle, "home-support");
  REQUIRE(answers != nullptr);
  CHECK(answers->at("questionnaire") == "https://atz.invalid/Questionnaire/home-support|1");
  CHECK(answers->at("status") == "completed");
  const auto& items = answers->at("item");
  CHECK(links(items) == std::vector<std::string>{"2", "3", "3.1.1", "6", "7", "9"});
  CHECK(to_bytes(items[0].at("answer")) == R"([{"valueDecimal":67.750}])");
  CHECK(to_bytes(items[1].at("answer")) == R"([{"valueString":"awake staff"}])");
  CHECK(to_bytes(items[3].at("answer")) ==
        R"([{"valueString":"community support"},{"valueString":"natural support"}])");
  CHECK(to_bytes(items[4].at("answer")) == R"([{"valueBoolean":false}])");
  CHECK(to_bytes(items[5].at("answer")) == R"([{"valueDate":"2026-12-01"}])");
}

TEST_CASE("a number that JSON would not take is put right") {
  Fixture fixture;
  for (const auto& [written, sent] :
       {std::pair<const char*, const char*>{"067.75", "67.75"}, {"0.50", "0.50"}, {"0", "0"}, {"-0.25", "-0.25"}}) {
    fixture.home.members[0].questionnaires[0].answers[1].values = {field(written)};
    const auto bytes = fixture.bytes();
    CHECK(bytes.find("\"valueDecimal\":" + std::string(sent) + "}") != std::string::npos);
    CHECK(parse_json(bytes).has_value());
  }
}

TEST_CASE("the plan statement and the staffing pattern travel as answers, members by label") {
  const Fixture fixture;
  const auto bundle = parsed(fixture.bytes());
  const auto* plan = answers_to(bundle, "plan-statement");
  REQUIRE(plan != nullptr);
  CHECK(links(plan->at("item")) ==
        std::vector<std::string>{"system", "location", "weekly-hours", "checked-on", "reviewed-on"});
  const auto* staffing = answers_to(bundle, "staffing-pattern");
  REQUIRE(staffing != nullptr);
  const std::string text = to_bytes(*staffing);
  CHECK(text.find(R"({"linkId":"member.hours","text":"Weekly hours","answer":[{"valueDecimal":67.75}]})") !=
        std::string::npos);
  CHECK(text.find(R"({"linkId":"house.hours","text":"Weekly hours of the home","answer":[{"valueString":"250"}]})") !=
        std::string::npos);
  CHECK(
      text.find(
          R"("answer":[{"valueString":"one-to-one"}]},{"linkId":"shift.member","text":"Member","answer":[{"valueString":"C"}]})") !=
      std::string::npos);
  for (const char* private_word : {"Sampleton", "Testa", "99000001A", "1988"})
    CHECK(text.find(private_word) == std::string::npos);
  auto without = fixture.input();
  without.week = nullptr;
  CHECK(answers_to(parsed(build_submit(without).bytes), "staffing-pattern") == nullptr);
}

TEST_CASE("patterns of the members are sent joined when the home has none") {
  Fixture fixture;
  fixture.home.members[0].staffing = fixture.home.staffing;
  fixture.home.staffing = {};
  const auto bundle = parsed(fixture.bytes(1));
  const auto* staffing = answers_to(bundle, "staffing-pattern");
  REQUIRE(staffing != nullptr);
  CHECK(to_bytes(*staffing).find("\"linkId\":\"shift\"") != std::string::npos);
}

TEST_CASE("documents are embedded, with a LOINC code where one fits") {
  const Fixture fixture;
  const auto received = fixture.received();
  REQUIRE(received.documents.size() == 2);
  CHECK(received.documents[0].type == "Staffing Pattern");
  CHECK(received.documents[0].report_type == "77");
  CHECK(received.documents[0].control_number == "maple-street-20261207-k3m9q-A-D2");
  CHECK(received.documents[0].bytes == 13);
  CHECK(received.documents[1].report_type == "08");
  const auto bytes = fixture.bytes();
  CHECK(bytes.find(
            R"("type":{"coding":[{"system":"http://loinc.org","code":"18776-5"}],"text":"Person-Centered Plan"})") !=
        std::string::npos);
  CHECK(bytes.find(R"("code":"UNK"}],"text":"Staffing Pattern"})") != std::string::npos);
}

TEST_CASE("payers before PAS 2.2 get no document information") {
  Fixture fixture;
  CHECK(fixture.bytes().find("extension-documentInformation") != std::string::npos);
  fixture.profile.pas_version = "2.1.0";
  CHECK(fixture.bytes().find("extension-documentInformation") == std::string::npos);
}

TEST_CASE("people who get letters are contacts of the patient") {
  const Fixture fixture;
  const auto a = fixture.received(0);
  REQUIRE(a.contacts.size() == 1);
  CHECK(a.contacts[0].relationship == "case manager");
  CHECK(a.contacts[0].has_address);
  const auto b = fixture.received(1);
  REQUIRE(b.contacts.size() == 2);
  CHECK(b.contacts[0].relationship == "GUARD");
  CHECK(b.contacts[0].name == "G. Guardian Example");
}

TEST_CASE("the member's own address goes before the home's") {
  Fixture fixture;
  CHECK(fixture.received().patient_json.find("1 Example Way") != std::string::npos);
  fixture.home.members[0].address = fixture.home.provider.address;
  CHECK(fixture.received().patient_json.find("1 Agency Road") != std::string::npos);
}
