#include <doctest/doctest.h>

#include <functional>

#include "fhir/json.hpp"
#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

using Pointer = Json::json_pointer;

std::string mutated(const std::string& bytes, const std::function<void(Json&)>& change) {
  Json json = *parse_json(bytes);
  change(json);
  return to_bytes(json);
}

std::string with(const std::string& bytes, const char* pointer, Json value) {
  return mutated(bytes, [&](Json& json) { json[Pointer(pointer)] = value; });
}

std::string without(const std::string& bytes, const std::string& pointer) {
  return mutated(bytes, [&](Json& json) {
    const auto cut = pointer.rfind('/');
    Json& holder = json[Pointer(pointer.substr(0, cut))];
    const auto name = pointer.substr(cut + 1);
    if (holder.is_array()) {
      holder.erase(std::stoul(name));
    } else {
      holder.erase(name);
    }
  });
}

// The places of all faults; empty when the request was accepted.
std::vector<std::string> faults(const std::string& body, bool tolerant = false) {
  const auto result = read_submit(body, tolerant);
  std::vector<std::string> places;
  if (const auto* fault = std::get_if<Fault>(&result)) {
    for (const auto& issue : fault->issues) places.push_back(issue.expressions.empty() ? "" : issue.expressions[0]);
  }
  return places;
}

bool mentions(const std::vector<std::string>& places, const std::string& start) {
  for (const auto& place : places) {
    if (place.compare(0, start.size(), start) == 0) return true;
  }
  return false;
}

const Json kEmpty = Json::object();

}  // namespace

TEST_CASE("a request of ours is accepted and understood") {
  const Fixture fixture;
  const auto received = fixture.received();
  CHECK(received.bundle_system == "https://atz.invalid/ns/submission");
  CHECK(received.bundle_identifier == "maple-street-20261207-k3m9q-A-S1");
  CHECK(received.batch == "maple-street-20261207-k3m9q");
  CHECK(received.claim_system == "urn:trnorg:9000012345");
  CHECK(received.claim_identifier == "maple-street-20261207-k3m9q-A");
  CHECK(received.request_kind == "service-notification");
  CHECK_FALSE(received.is_update);
  CHECK(received.member_id == "99000001A");
  CHECK(received.member_id_system == "https://payer.example/ns/member-id");
  CHECK(received.last == "Sampleton");
  CHECK(received.first == "Testa");
  CHECK(received.born == "1988-02-29");
  CHECK(received.gender == "female");
  CHECK(received.insurer_id == "PAYER001");
  CHECK(received.provider_npi == "2000000002");
  CHECK(received.provider_name == "Pinecone Example Home Supports");
  CHECK(received.provider_fax == "207-555-0100");
  CHECK(received.home_name == "Maple Street");
  CHECK(received.home_address == "1 Example Way, Testville ME 00000");
  CHECK(received.diagnoses == std::vector<std::string>{"F71", "F84.0"});
  REQUIRE(received.lines.size() == 1);
  const auto& line = received.lines[0];
  CHECK(line.sequence == 1);
  CHECK(line.code == "T2016");
  CHECK(line.certification_type == "I");
  CHECK(line.period == fixture.home.period.days());
  CHECK(line.quantity == 365);
  CHECK(line.quantity_unit == "DY");
  REQUIRE(line.weekly_hours.has_value());
  CHECK(line.weekly_hours->quarters == 271);
  REQUIRE(received.questionnaires.size() == 3);
  CHECK(received.questionnaires[1].canonical == "https://atz.invalid/Questionnaire/plan-statement|1");
  CHECK(received.questionnaires[1].answers.at(1).value == "1 Example Way, Testville ME 00000");
}

TEST_CASE("Parameters around the Bundle are taken too") {
  const Fixture fixture;
  CHECK(faults(R"({"resourceType":"Parameters","parameter":[{"name":"resource","resource":)" + fixture.bytes() + "}]}")
            .empty());
  CHECK_FALSE(faults(R"({"resourceType":"Parameters","parameter":[]})").empty());
}

TEST_CASE("what is no Bundle at all is answered with 400, what breaks the profile with 422") {
  const Fixture fixture;
  const auto status = [](const std::string& body) { return std::get<Fault>(read_submit(body, false)).http_status; };
  for (const char* body : {"", "hello", "{}", "[]", "null", R"({"resourceType":"Patient"})",
                           R"({"resourceType":"Bundle","resourceType":"Bundle"})", "\"\xff\""}) {
    CHECK(status(body) == 400);
  }
  CHECK(status(std::string(65, '[')) == 400);
  CHECK(status(R"({"resourceType":"Bundle"})") == 422);
  CHECK(status(without(fixture.bytes(), "/identifier")) == 422);
}

TEST_CASE("every fault is found at its place, and without it the request is accepted") {
  const Fixture fixture;
  const std::string good = fixture.bytes();
  REQUIRE(faults(good).empty());
  const std::string claim = "Bundle.entry[0].resource";
  struct Case {
    const char* name;
    std::string body;
    std::string place;
  };
  const Case cases[] = {
      {"no identifier", without(good, "/identifier"), "Bundle.identifier"},
      {"wrong type", with(good, "/type", "batch"), "Bundle.type"},
      {"no timestamp", without(good, "/timestamp"), "Bundle.timestamp"},
      {"timestamp without zone", with(good, "/timestamp", "2026-12-07T10:05:00"), "Bundle.timestamp"},
      {"unknown member", with(good, "/total", 1), "Bundle"},
      {"request in an entry", with(good, "/entry/1/request", Json{{"method", "POST"}, {"url", "x"}}),
       "Bundle.entry[1].request"},
      {"no fullUrl", without(good, "/entry/1/fullUrl"), "Bundle.entry[1].fullUrl"},
      {"upper-case UUID", with(good, "/entry/1/fullUrl", "urn:uuid:93351A10-7E6B-5CB4-A5E0-BC228A152166"),
       "Bundle.entry[1].fullUrl"},
      {"same fullUrl twice", mutated(good, [](Json& j) { j["entry"][2]["fullUrl"] = j["entry"][1]["fullUrl"]; }),
       "Bundle.entry[2].fullUrl"},
      {"first is no Claim", mutated(good, [](Json& j) { std::swap(j["entry"][0], j["entry"][1]); }), "Bundle.entry[0]"},
      {"reference to nothing",
       with(good, "/entry/0/resource/patient/reference", "urn:uuid:00000000-0000-4000-8000-000000000000"),
       claim + ".patient"},
      {"reference of a wrong type",
       mutated(good, [](Json& j) { j["entry"][0]["resource"]["patient"] = j["entry"][0]["resource"]["insurer"]; }),
       claim + ".patient"},
      {"nothing refers to it",
       mutated(good,
               [](Json& j) {
                 j["entry"][0]["resource"].erase("careTeam");
                 j["entry"][0]["resource"]["item"][0].erase("careTeamSequence");
               }),
       "Bundle.entry[5]"},
      {"second Claim",
       mutated(good,
               [](Json& j) {
                 Json e = j["entry"][0];
                 e["fullUrl"] = "urn:uuid:00000000-0000-4000-8000-000000000001";
                 j["entry"].push_back(e);
               }),
       "Bundle.entry"},
      {"status", with(good, "/entry/0/resource/status", "cancelled"), claim + ".status"},
      {"use", with(good, "/entry/0/resource/use", "claim"), claim + ".use"},
      {"type", with(good, "/entry/0/resource/type/coding/0/code", "vision"), claim + ".type"},
      {"no trace number", without(good, "/entry/0/resource/identifier"), claim + ".identifier"},
      {"trace number without system", without(good, "/entry/0/resource/identifier/0/system"),
       claim + ".identifier[0].system"},
      {"trace number with a blank", with(good, "/entry/0/resource/identifier/0/value", "a b"),
       claim + ".identifier[0].value"},
      {"three trace numbers",
       mutated(good,
               [](Json& j) {
                 auto& n = j["entry"][0]["resource"]["identifier"];
                 const Json one = n[0];
                 n.push_back(one);
                 n.push_back(one);
               }),
       claim + ".identifier"},
      {"no insurer", without(good, "/entry/0/resource/insurer"), claim + ".insurer"},
      {"no priority", without(good, "/entry/0/resource/priority"), claim + ".priority"},
      {"no insurance", without(good, "/entry/0/resource/insurance"), claim + ".insurance"},
      {"not focal", with(good, "/entry/0/resource/insurance/0/focal", false), claim + ".insurance[0].focal"},
      {"created without zone", with(good, "/entry/0/resource/created", "2026-12-07T10:05:00"), claim + ".created"},
      {"unknown member of the Claim", with(good, "/entry/0/resource/colour", "red"), claim},
      {"array instead of one", with(good, "/entry/0/resource/patient", Json::array({kEmpty})), claim + ".patient"},
      {"one instead of an array",
       mutated(good,
               [](Json& j) {
                 auto& n = j["entry"][0]["resource"]["identifier"];
                 const Json one = n[0];
                 n = one;
               }),
       claim + ".identifier"},
      {"null", with(good, "/entry/0/resource/total", nullptr), claim + ".total"},
      {"empty text", with(good, "/entry/1/resource/name/0/family", ""), "Bundle.entry[1].resource.name[0].family"},
      {"empty array", with(good, "/entry/1/resource/telecom", Json::array()), "Bundle.entry[1].resource.telecom"},
      {"extension without url", without(good, "/entry/0/resource/item/0/extension/0/url"),
       claim + ".item[0].extension[0].url"},
      {"extension with two values", with(good, "/entry/0/resource/item/0/extension/0/valueString", "x"),
       claim + ".item[0].extension[0]"},
      {"unknown modifier extension",
       with(good, "/entry/0/resource/item/0/modifierExtension",
            Json::array({Json{{"url", "https://x.example/not"}, {"valueBoolean", true}}})),
       claim + ".item[0].modifierExtension"},
      {"number of the case on the Claim",
       with(good, "/entry/0/resource/extension",
            Json::array({Json{
                {"url",
                 "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-administrationReferenceNumber"},
                {"valueString", "1"}}})),
       claim + ".extension[0]"},
      {"care team without scope", without(good, "/entry/0/resource/careTeam/0/extension"),
       claim + ".careTeam[0].extension"},
      {"no diagnosis",
       mutated(good,
               [](Json& j) {
                 j["entry"][0]["resource"].erase("diagnosis");
                 j["entry"][0]["resource"]["item"][0].erase("diagnosisSequence");
               }),
       claim + ".diagnosis"},
      {"no principal diagnosis", without(good, "/entry/0/resource/diagnosis/0/type"), claim + ".diagnosis"},
      {"diagnosis without dot",
       with(good, "/entry/0/resource/diagnosis/1/diagnosisCodeableConcept/coding/0/code", "F840"),
       claim + ".diagnosis[1]"},
      {"same sequence twice", with(good, "/entry/0/resource/diagnosis/1/sequence", 1),
       claim + ".diagnosis[1].sequence"},
      {"sequence zero", with(good, "/entry/0/resource/item/0/sequence", 0), claim + ".item[0].sequence"},
      {"sequence that does not exist", with(good, "/entry/0/resource/item/0/diagnosisSequence/0", 9),
       claim + ".item[0].diagnosisSequence[0]"},
      {"message missing", without(good, "/entry/0/resource/supportingInfo/0/valueString"),
       claim + ".supportingInfo[0].valueString"},
      {"message with a colon", with(good, "/entry/0/resource/supportingInfo/0/valueString", "a: b"),
       claim + ".supportingInfo[0].valueString"},
      {"message of 265", with(good, "/entry/0/resource/supportingInfo/0/valueString", std::string(265, 'x')),
       claim + ".supportingInfo[0].valueString"},
      {"document without information", without(good, "/entry/0/resource/supportingInfo/1/extension"),
       claim + ".supportingInfo[1].extension"},
      {"document with a date", with(good, "/entry/0/resource/supportingInfo/1/timingDate", "2026-12-07"),
       claim + ".supportingInfo[1].timing"},
      {"unknown category", with(good, "/entry/0/resource/supportingInfo/0/category/coding/0/code", "note"),
       claim + ".supportingInfo[0].category"},
      {"no certification type", without(good, "/entry/0/resource/item/0/extension/3"), claim + ".item[0].extension"},
      {"no category", without(good, "/entry/0/resource/item/0/category"), claim + ".item[0].category"},
      {"no place of service", without(good, "/entry/0/resource/item/0/locationCodeableConcept"),
       claim + ".item[0].location"},
      {"no quantity", without(good, "/entry/0/resource/item/0/quantity"), claim + ".item[0].quantity"},
      {"quantity without unit",
       mutated(good,
               [](Json& j) {
                 j["entry"][0]["resource"]["item"][0]["quantity"] = Json{{"value", 365}};
               }),
       claim + ".item[0].quantity.unit"},
      {"unit of another list", with(good, "/entry/0/resource/item/0/quantity/system", "http://unitsofmeasure.org"),
       claim + ".item[0].quantity.system"},
      {"days too few", with(good, "/entry/0/resource/item/0/quantity/value", 364), claim + ".item[0].quantity"},
      {"days too many", with(good, "/entry/0/resource/item/0/quantity/value", 366), claim + ".item[0].quantity"},
      {"month instead of a day", with(good, "/entry/0/resource/item/0/servicedPeriod/start", "2027-01"),
       claim + ".item[0].servicedPeriod.start"},
      {"29 February of a common year", with(good, "/entry/0/resource/item/0/servicedPeriod/start", "2027-02-29"),
       claim + ".item[0].servicedPeriod.start"},
      {"end before start", with(good, "/entry/0/resource/item/0/servicedPeriod/end", "2027-01-03"),
       claim + ".item[0].servicedPeriod"},
      {"no period", without(good, "/entry/0/resource/item/0/servicedPeriod"), claim + ".item[0].serviced"},
      {"no items", without(good, "/entry/0/resource/item"), claim + ".item"},
      {"HCPCS form", with(good, "/entry/0/resource/item/0/productOrService/coding/0/code", "T201"),
       claim + ".item[0].productOrService"},
      {"modifier form",
       with(good, "/entry/0/resource/item/0/modifier",
            Json::array({Json{
                {"coding", Json::array({Json{{"system", "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"},
                                             {"code", "SCX"}}})}}})),
       claim + ".item[0].modifier[0]"},
      {"member without number", without(good, "/entry/1/resource/identifier/0/type"),
       "Bundle.entry[1].resource.identifier"},
      {"no birth date", without(good, "/entry/1/resource/birthDate"), "Bundle.entry[1].resource.birthDate"},
      {"birth date of a year", with(good, "/entry/1/resource/birthDate", "1988"), "Bundle.entry[1].resource.birthDate"},
      {"gender", with(good, "/entry/1/resource/gender", "f"), "Bundle.entry[1].resource.gender"},
      {"no name", without(good, "/entry/1/resource/name"), "Bundle.entry[1].resource.name"},
      {"name with an asterisk", with(good, "/entry/1/resource/name/0/family", "Sample*ton"),
       "Bundle.entry[1].resource.name[0].family"},
      {"name of 61", with(good, "/entry/1/resource/name/0/family", std::string(61, 'x')),
       "Bundle.entry[1].resource.name[0].family"},
      {"address line of 56", with(good, "/entry/1/resource/address/0/line/0", std::string(56, 'x')),
       "Bundle.entry[1].resource.address[0].line[0]"},
      {"city of 31", with(good, "/entry/1/resource/address/0/city", std::string(31, 'x')),
       "Bundle.entry[1].resource.address[0].city"},
      {"inactive patient", with(good, "/entry/1/resource/active", false), "Bundle.entry[1].resource"},
      {"patient as subscriber",
       with(good, "/entry/1/resource/meta/profile/0",
            "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-subscriber"),
       "Bundle.entry[1].resource.meta.profile"},
      {"coverage without MB", without(good, "/entry/2/resource/identifier/0/type"),
       "Bundle.entry[2].resource.identifier"},
      {"coverage without 18", without(good, "/entry/2/resource/relationship/coding/1"),
       "Bundle.entry[2].resource.subscriber"},
      {"payor is not the insurer",
       mutated(good, [](Json& j) { j["entry"][2]["resource"]["payor"][0]["reference"] = j["entry"][3]["fullUrl"]; }),
       "Bundle.entry[2].resource.payor"},
      {"two payors",
       mutated(good,
               [](Json& j) {
                 auto& p = j["entry"][2]["resource"]["payor"];
                 const Json one = p[0];
                 p.push_back(one);
               }),
       "Bundle.entry[2].resource.payor"},
      {"inactive agency", with(good, "/entry/3/resource/active", false), "Bundle.entry[3].resource.active"},
      {"NPI", with(good, "/entry/3/resource/identifier/0/value", "2000000003"),
       "Bundle.entry[3].resource.identifier[0].value"},
      {"agency without name", without(good, "/entry/3/resource/name"), "Bundle.entry[3].resource.name"},
      {"telecom without system", without(good, "/entry/3/resource/telecom/0/system"),
       "Bundle.entry[3].resource.telecom[0].system"},
      {"order without rhythm", without(good, "/entry/6/resource/occurrenceTiming/repeat/periodUnit"),
       "Bundle.entry[6].resource.occurrenceTiming"},
      {"order with another code", with(good, "/entry/6/resource/code/coding/0/code", "T2017"),
       claim + ".item[0].extension"},
      {"order with another intent", with(good, "/entry/6/resource/intent", "plan"), "Bundle.entry[6].resource.intent"},
      {"document without data", without(good, "/entry/7/resource/content/0/attachment/data"),
       "Bundle.entry[7].resource.content[0].attachment.data"},
      {"document with bad data", with(good, "/entry/7/resource/content/0/attachment/data", "a"),
       "Bundle.entry[7].resource.content[0].attachment.data"},
      {"document by URL", with(good, "/entry/7/resource/content/0/attachment/url", "https://x.example/a.pdf"),
       "Bundle.entry[7].resource.content[0].attachment.url"},
      {"document of somebody else",
       mutated(good, [](Json& j) { j["entry"][7]["resource"]["subject"]["reference"] = j["entry"][3]["fullUrl"]; }),
       "Bundle.entry[7].resource.subject"},
      {"answers without questionnaire", without(good, "/entry/9/resource/questionnaire"),
       "Bundle.entry[9].resource.questionnaire"},
      {"answer with two values", with(good, "/entry/9/resource/item/0/answer/0/valueString", "x"),
       "Bundle.entry[9].resource.item[0].answer[0]"},
      {"answer of a wrong type",
       mutated(good,
               [](Json& j) {
                 j["entry"][9]["resource"]["item"][0]["answer"][0] = Json{{"valueDate", "soon"}};
               }),
       "Bundle.entry[9].resource.item[0].answer[0].valueDate"},
  };
  for (const auto& test : cases) {
    const auto places = faults(test.body);
    CHECK_MESSAGE(mentions(places, test.place), test.name << ": " << (places.empty() ? "accepted" : places[0]));
  }
}

TEST_CASE("what is exactly at a limit is accepted") {
  const Fixture fixture;
  const std::string good = fixture.bytes();
  CHECK(faults(with(good, "/entry/0/resource/supportingInfo/0/valueString", std::string(264, 'x'))).empty());
  CHECK(faults(with(good, "/entry/1/resource/name/0/family", std::string(60, 'x'))).empty());
  CHECK(faults(with(good, "/entry/1/resource/address/0/line/0", std::string(55, 'x'))).empty());
  CHECK(faults(with(good, "/entry/1/resource/address/0/city", std::string(30, 'x'))).empty());
  CHECK(faults(with(good, "/entry/0/resource/identifier/0/value", std::string(50, 'x'))).empty());
  CHECK(faults(mutated(good, [](Json& j) {
          j["entry"][0]["resource"]["item"][0]["quantity"] = Json{{"value", 365}, {"unit", "Days"}};
        })).empty());
  CHECK(faults(with(good, "/entry/0/resource/extension",
                    Json::array({Json{{"url", "https://x.example/unknown"}, {"valueString", "x"}}})))
            .empty());
}

TEST_CASE("all faults are told at once") {
  const Fixture fixture;
  const auto places =
      faults(without(with(fixture.bytes(), "/entry/0/resource/status", "draft"), "/entry/1/resource/birthDate"));
  CHECK(places.size() == 2);
}

TEST_CASE("the tolerant reader takes what public test payloads do, and no more") {
  const Fixture fixture;
  const std::string good = fixture.bytes();
  const std::string tolerated[] = {
      with(good, "/entry/0/resource/colour", "red"),
      mutated(good,
              [](Json& j) {
                j["entry"].push_back(Json{{"fullUrl", "https://x.example/fhir/Location/1"},
                                          {"resource", {{"resourceType", "Location"}, {"id", "1"}}}});
              }),
      with(good, "/entry/0/resource/extension",
           Json::array(
               {Json{{"url", "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-authorizationNumber"},
                     {"valueString", "1"}}})),
      mutated(good,
              [](Json& j) {
                j["entry"][0]["resource"]["item"][0]["quantity"] = Json{{"value", 1}, {"unit", "visit"}};
              }),
      with(good, "/entry/1/resource/meta/profile/0",
           "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-subscriber"),
      with(good, "/entry/3/resource/identifier/0/value", "1999999999"),
  };
  for (const auto& body : tolerated) {
    CHECK(faults(body, true).empty());
  }
  CHECK_FALSE(faults(tolerated[0]).empty());
  CHECK_FALSE(faults(tolerated[1]).empty());
  CHECK_FALSE(faults(tolerated[5]).empty());
  CHECK_FALSE(faults(without(good, "/entry/0/resource/insurer"), true).empty());
  CHECK_FALSE(
      faults(with(good, "/entry/0/resource/patient/reference", "urn:uuid:00000000-0000-4000-8000-000000000000"), true)
          .empty());
}

TEST_CASE("an update is known by its profile or by what it relates to") {
  const Fixture fixture;
  const auto read = [](const std::string& body) {
    return std::get<ReceivedRequest>(read_submit(body, true)).is_update;
  };
  CHECK_FALSE(read(fixture.bytes()));
  CHECK(read(with(fixture.bytes(), "/entry/0/resource/meta/profile/0",
                  "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claim-update|2.2.1")));
  CHECK(read(with(fixture.bytes(), "/entry/0/resource/related",
                  Json::array({Json{{"reference", {{"value", "900000101"}}}}}))));
}

TEST_CASE("absolute URLs with relative references are resolved from their base") {
  const Fixture fixture;
  std::string body = fixture.bytes();
  const Json json = *parse_json(body);
  std::size_t number = 0;
  for (const auto& entry : json.at("entry")) {
    const auto url = entry.at("fullUrl").get<std::string>();
    const auto type = entry.at("resource").at("resourceType").get<std::string>();
    const auto id = type + "/" + std::to_string(number++);
    for (auto at = body.find("\"reference\":\"" + url); at != std::string::npos;
         at = body.find("\"reference\":\"" + url)) {
      body.replace(at, 13 + url.size(), "\"reference\":\"" + id);
    }
    body = replaced(body, url, "https://agency.example/fhir/" + id);
  }
  CHECK(faults(body).empty());
}
