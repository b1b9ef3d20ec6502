#include "sandbox/checks.hpp"

#include <functional>

#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

constexpr const char* kHcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";

Incoming good() {
  const auto payer = model::sandbox_profile();
  Incoming incoming;
  fhir::ReceivedRequest& request = incoming.request;
  request.request_kind = "service-notification";
  request.patient_url = "urn:patient";
  request.member_id_system = payer.namespaces.member_id;
  request.member_id = "99000001A";
  request.last = "Sampleton";
  request.born = "1988-02-29";
  request.insurer_url = "urn:insurer";
  request.insurer_id_system = payer.insurer.system;
  request.insurer_id = payer.insurer.payer_id;
  request.provider_url = "urn:provider";
  request.provider_npi = "2000000002";
  request.location = "2000000002-001";
  request.diagnoses = {"F71", "F84.0"};
  fhir::ReceivedLine line;
  line.sequence = 1;
  line.code_system = kHcpcs;
  line.code = "T2016";
  line.certification_type = "I";
  line.period = {model::make_date(2027, 1, 4), model::make_date(2028, 1, 3)};
  line.quantity = 365;
  line.quantity_unit = "DY";
  line.weekly_hours = model::Hours{271};
  request.lines = {line};
  fhir::ReceivedDocument pattern;
  pattern.type = "Staffing Pattern";
  pattern.bytes = 100;
  request.documents = {pattern};
  request.questionnaires = {{"https://atz.invalid/Questionnaire/home-support|1", "completed", {{"1", "", "change"}}}};
  incoming.full_urls = {"urn:claim", "urn:patient", "urn:coverage", "urn:provider", "urn:insurer"};
  incoming.item_sequences = {1};
  return incoming;
}

using Edit = std::function<void(fhir::ReceivedRequest&)>;

std::vector<fhir::BusinessError> errors(const Edit& edit, model::Date today = model::make_date(2026, 12, 7)) {
  Incoming incoming = good();
  edit(incoming.request);
  return check_request(incoming, today, model::sandbox_profile());
}

// "57 Bundle.entry[0].resource.item[0].servicedPeriod"; "" when nothing is wrong.
std::string first(const Edit& edit, model::Date today = model::make_date(2026, 12, 7)) {
  const auto found = errors(edit, today);
  if (found.empty()) return "";
  CHECK(found.size() == 1);
  CHECK_FALSE(found.front().reject_text.empty());
  CHECK_FALSE(found.front().followup_code.empty());
  CHECK_FALSE(found.front().element.empty());
  CHECK_FALSE(found.front().text.empty());
  return found.front().reject_code + " " + found.front().path;
}

}  // namespace

TEST_CASE("a good request has no fault") {
  CHECK(first([](auto&) {}) == "");
}

TEST_CASE("the member must be this payer's and named") {
  const std::string id = "72 Bundle.entry[1].resource.identifier[0].value";
  for (const char* wrong : {"", "9900001A", "99000001B", "99000001a", "990000011A", "TEMP0000001", "TEMP0000000A"}) {
    CHECK_MESSAGE(first([&](auto& request) { request.member_id = wrong; }) == id, wrong);
  }
  CHECK(first([](auto& request) { request.member_id = "TEMP00000001"; }) == "");
  CHECK(first([](auto& request) { request.member_id_system = "urn:other"; }) == id);
  CHECK(first([](auto& request) { request.last = " "; }) == "65 Bundle.entry[1].resource.name[0].family");
  CHECK(first([](auto& request) { request.born = ""; }) == "58 Bundle.entry[1].resource.birthDate");
}

TEST_CASE("the payer is us, and the provider has an NPI and a location") {
  const std::string payer = "T4 Bundle.entry[4].resource.identifier[0].value";
  CHECK(first([](auto& request) { request.insurer_id = "PAYER002"; }) == payer);
  CHECK(first([](auto& request) { request.insurer_id_system = "urn:other"; }) == payer);
  const std::string npi = "43 Bundle.entry[3].resource.identifier[0].value";
  for (const char* wrong : {"", "2000000003", "3000000000", "200000000", "20000000020", "200000000x"}) {
    CHECK_MESSAGE(first([&](auto& request) { request.provider_npi = wrong; }) == npi, wrong);
  }
  CHECK(first([](auto& request) { request.provider_npi = "1234567893"; }) == "");
  const std::string place = "43 Bundle.entry[0].resource.careTeam[0].provider";
  for (const char* wrong : {"", "2000000002", "2000000002-01", "2000000003-001", "2000000002-00x"}) {
    CHECK_MESSAGE(first([&](auto& request) { request.location = wrong; }) == place, wrong);
  }
  for (const char* right : {"2000000002001", "2000000002+001", "2000000002 001"}) {
    CHECK_MESSAGE(first([&](auto& request) { request.location = right; }) == "", right);
  }
}

TEST_CASE("diagnoses have the form of ICD-10-CM") {
  for (const char* right : {"F71", "F84.0", "F78.A1", "C7A.010", "G40.909", "S72.001A"}) {
    CHECK_MESSAGE(first([&](auto& request) { request.diagnoses = {right}; }) == "", right);
  }
  for (const char* wrong : {"F8", "F8.40", "F84.", "84.0", "F84.0.1", "f84.0", "F840", "F84.00000"}) {
    CHECK_MESSAGE(first([&](auto& request) {
                    request.diagnoses = {"F71", wrong};
                  }) == "AF Bundle.entry[0].resource.diagnosis[1]",
                  wrong);
  }
  CHECK(first([](auto& request) { request.diagnoses.clear(); }) == "AF Bundle.entry[0].resource.diagnosis");
  CHECK(first([](auto& request) { request.diagnoses.assign(12, "F71"); }) == "");
  CHECK(first([](auto& request) { request.diagnoses.assign(13, "F71"); }) == "AF Bundle.entry[0].resource.diagnosis");
}

TEST_CASE("only T2016 without a modifier, as a first request") {
  const std::string code = "AG Bundle.entry[0].resource.item[0].productOrService";
  CHECK(first([](auto& request) { request.lines[0].code = "T2017"; }) == code);
  CHECK(first([](auto& request) { request.lines[0].code_system = "urn:other"; }) == code);
  CHECK(errors([](auto& request) { request.lines[0].modifiers = {"SC"}; }).front().reject_code == "33");
  CHECK(first([](auto& request) { request.lines[0].certification_type = "4"; }).starts_with("33 "));
  CHECK(first([](auto& request) { request.request_kind = "smi-termination"; }).starts_with("AA "));
  CHECK(first([](auto& request) { request.request_kind = ""; }) == "");
}

TEST_CASE("dates: not before the day of submission, not more than 30 days ahead, not longer than a year") {
  const std::string period = "57 Bundle.entry[0].resource.item[0].servicedPeriod";
  const auto same = [](auto&) {};
  CHECK(first(same, model::make_date(2027, 1, 4)) == "");
  CHECK(first(same, model::make_date(2027, 1, 5)) == period);
  CHECK(first(same, model::make_date(2026, 12, 5)) == "");
  CHECK(first(same, model::make_date(2026, 12, 4)) == period);
  CHECK(first([](auto& request) {
          request.lines[0].period.last = model::make_date(2028, 1, 4);
          request.lines[0].quantity = 366;
        }) == period);
  CHECK(first([](auto& request) {
          request.lines[0].period.last = request.lines[0].period.first;
          request.lines[0].quantity = 1;
        }) == "");
  CHECK(first([](auto& request) { request.lines[0].period.last = model::make_date(2027, 1, 3); }) == period);
}

TEST_CASE("the quantity is the days of the period") {
  const std::string quantity = "Bundle.entry[0].resource.item[0].quantity";
  CHECK(first([](auto& request) { request.lines[0].quantity = 366; }) == "04 " + quantity);
  CHECK(first([](auto& request) { request.lines[0].quantity = 364; }) == "33 " + quantity);
  CHECK(first([](auto& request) { request.lines[0].quantity_unit = "HS"; }) == "33 " + quantity);
  CHECK(first([](auto& request) { request.lines[0].quantity_unit = ""; }) == "33 " + quantity);
  CHECK(first([](auto& request) { request.lines[0].quantity_unit = "FL"; }) == "");
}

TEST_CASE("weekly hours, staffing pattern and questionnaire must be there") {
  const std::string info = "15 Bundle.entry[0].resource.supportingInfo";
  CHECK(first([](auto& request) { request.lines[0].weekly_hours.reset(); }).starts_with("15 "));
  CHECK(first([](auto& request) { request.lines[0].weekly_hours = model::Hours{0}; }).starts_with("15 "));
  CHECK(first([](auto& request) { request.documents.clear(); }) == info);
  CHECK(first([](auto& request) { request.documents[0].bytes = 0; }) == info);
  CHECK(first([](auto& request) { request.documents[0].type = "Decision Letter"; }) == info);
  CHECK(first([](auto& request) { request.questionnaires.clear(); }) == info);
  CHECK(first([](auto& request) { request.questionnaires[0].status = "in-progress"; }) == info);
  CHECK(first([](auto& request) { request.questionnaires[0].answers.clear(); }) == info);
  CHECK(first([](auto& request) { request.questionnaires[0].canonical = "urn:q/add-on"; }) == info);
}

TEST_CASE("two lines may not ask for the same days") {
  CHECK(first([](auto& request) {
          request.lines.push_back(request.lines[0]);
          request.lines[1].sequence = 2;
        }).starts_with("91 "));
  CHECK(first(
            [](auto& request) {
              request.lines.push_back(request.lines[0]);
              request.lines[0].period.last = model::make_date(2027, 1, 13);
              request.lines[0].quantity = 10;
              request.lines[1].sequence = 2;
              request.lines[1].period = {model::make_date(2027, 1, 14), model::make_date(2027, 1, 14)};
              request.lines[1].quantity = 1;
              request.lines[1].period.first = model::make_date(2027, 1, 14);
            },
            model::make_date(2027, 1, 4)) == "");
}

TEST_CASE("all faults are told at once, in the order of the request") {
  std::string codes;
  for (const auto& error : errors([](auto& request) {
         request.member_id = "1";
         request.insurer_id = "x";
         request.provider_npi = "1";
         request.diagnoses = {"x"};
         request.lines[0].code = "T2017";
         request.lines[0].quantity = 1;
         request.documents.clear();
       })) {
    codes += error.reject_code + " ";
  }
  CHECK(codes == "72 T4 43 AF AG 33 15 ");
}

}  // namespace atz::sandbox::test
