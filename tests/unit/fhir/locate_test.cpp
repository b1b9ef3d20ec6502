#include <doctest/doctest.h>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

std::string found(const std::string& expression, const std::vector<MemberRequest>& members, bool outer) {
  const auto located = locate(expression, members, outer);
  return located ? std::to_string(located->member) + " " + located->origin->label : "";
}

}  // namespace

TEST_CASE("a payer's expression leads back to the case file") {
  const Fixture fixture;
  const std::vector<MemberRequest> one = {build_submit(fixture.input(0))};
  for (const auto& [expression, label] : std::vector<std::pair<std::string, std::string>>{
           {"Bundle.entry[1].resource.identifier[0].value", "0 MaineCare ID of member A"},
           {"Bundle.entry[1].resource.identifier", "0 MaineCare ID of member A"},
           {"Bundle.entry[1].resource.birthDate", "0 birth date of member A"},
           {"Bundle.entry[1].resource.name[0].given[0]", "0 first name of member A"},
           {"Bundle.entry[1].resource.address[0].line[0]", "0 address of member A, line"},
           {"Bundle.entry[1].resource", "0 member A"},
           {"Bundle.entry[1]", "0 member A"},
           {"Bundle", "0 member A"},
           {"Bundle.entry[0].resource.item[0].servicedPeriod.start", "0 first day of member A"},
           {"Bundle.entry[0].resource.item[0].serviced", "0 period of member A"},
           {"Bundle.entry[0].resource.ofType(Claim).item[0].quantity", "0 units of member A"},
           {"Bundle.entry[0].resource/*Claim/null*/.item[0].quantity.value", "0 units of member A"},
           {"Bundle.entry[0].resource.diagnosis[1]", "0 diagnosis of member A"},
           {"Bundle.entry[0].resource.diagnosis[7]", "0 diagnoses of member A"},
           {"Claim.diagnosis[0].diagnosisCodeableConcept", "0 diagnosis of member A"},
           {"Patient.birthDate", "0 birth date of member A"},
           {"Coverage.subscriberId", "0 MaineCare ID of member A"},
           {"Bundle.entry[3].resource.telecom[1].value", "0 fax of the provider"},
           {"Bundle.entry[5].resource.identifier[1]", "0 location of the home"},
           {"nonsense", ""},
           {"", ""},
           {"ClaimResponse.item[0]", ""},
       }) {
    CHECK_MESSAGE(found(expression, one, false) == label, expression);
  }
}

TEST_CASE("inside a transaction the entry names the member") {
  const Fixture fixture;
  const std::vector<MemberRequest> three = {build_submit(fixture.input(0)), build_submit(fixture.input(1)),
                                            build_submit(fixture.input(2))};
  CHECK(found("Bundle.entry[2].resource.entry[1].resource.birthDate", three, true) == "2 birth date of member C");
  CHECK(found("Bundle.entry[1].resource.Claim.item[0].quantity", three, true) == "1 units of member B");
  CHECK(found("Bundle.entry[1].resource", three, true) == "1 member B");
  CHECK(found("Bundle.entry[1]", three, true) == "1 member B");
  CHECK(found("Bundle.entry[3].resource.entry[1]", three, true).empty());
  CHECK(found("Bundle.identifier", three, true).empty());
}

TEST_CASE("every origin names a line of the case file, and its own path leads to it") {
  const Fixture fixture;
  const std::vector<MemberRequest> one = {build_submit(fixture.input(1))};
  CHECK(one[0].origins.size() > 60);
  for (const auto& origin : one[0].origins) {
    CHECK(origin.span.known());
    const auto located = locate(origin.path, one, false);
    REQUIRE(located.has_value());
    CHECK(located->origin->path == origin.path);
    for (const char* word : {"Placeholder", "Fakename", "99000002A"})
      CHECK(origin.label.find(word) == std::string::npos);
  }
}
