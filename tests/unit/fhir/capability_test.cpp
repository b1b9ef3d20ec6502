#include <doctest/doctest.h>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

TEST_CASE("our payer's capabilities are read back") {
  const Fixture fixture;
  const auto read = read_capabilities(write_capabilities("http://127.0.0.1:8080/fhir", fixture.created, "2.2.1"));
  REQUIRE(read.has_value());
  CHECK(read->fhir_version == "4.0.1");
  CHECK(read->software.rfind("atz sandbox", 0) == 0);
  CHECK((read->json && read->submit && read->inquire && read->transaction && read->batch && read->patient_search));
}

TEST_CASE("capabilities of others: by definition or by name, and only what is declared") {
  const auto read = [](const std::string& rest) {
    return *read_capabilities(
        R"({"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","format":["application/fhir+json"],"rest":[)" +
        rest + "]}");
  };
  const auto by_definition = read(
      R"({"mode":"server","resource":[{"type":"Claim","operation":[{"name":"x","definition":"http://hl7.org/fhir/us/davinci-pas/OperationDefinition/Claim-submit|2.1.0"}]}]})");
  CHECK(by_definition.submit);
  CHECK_FALSE(by_definition.inquire);
  CHECK_FALSE(by_definition.transaction);
  const auto by_name = read(
      R"({"mode":"server","operation":[{"name":"submit-attachment"},{"name":"inquiry"}],"interaction":[{"code":"batch"}]})");
  CHECK_FALSE(by_name.submit);
  CHECK(by_name.inquire);
  CHECK(by_name.batch);
  CHECK_FALSE(read(R"({"mode":"client","interaction":[{"code":"transaction"}]})").transaction);
  CHECK_FALSE(read_capabilities(R"({"resourceType":"CapabilityStatement","format":["xml"]})")->json);
  CHECK(read_capabilities(R"({"resourceType":"Patient"})").error().failure == Failure::input);
  CHECK(read_capabilities("<html>").error().failure == Failure::input);
}

TEST_CASE("an outcome is written and read back") {
  const std::vector<Issue> issues = {{"error",
                                      "business-rule",
                                      "No member has this ID.",
                                      "try again",
                                      {"Bundle.entry[1].resource"},
                                      {"https://codesystem.x12.org/005010/901|72"}}};
  const auto back = read_outcome(write_outcome(issues));
  REQUIRE(back.size() == 1);
  CHECK(back[0].severity == "error");
  CHECK(back[0].code == "business-rule");
  CHECK(back[0].text == issues[0].text);
  CHECK(back[0].diagnostics == "try again");
  CHECK(back[0].expressions == issues[0].expressions);
  CHECK(back[0].codings == issues[0].codings);
  CHECK(read_outcome("<html>503</html>").empty());
  CHECK(read_outcome("").empty());
}

TEST_CASE("a searchset of patients") {
  const auto none = write_patient_searchset("http://127.0.0.1/fhir", {});
  CHECK(none.find("\"total\":0") != std::string::npos);
  const auto one = write_patient_searchset("http://127.0.0.1/fhir", {R"({"resourceType":"Patient","id":"m1"})"});
  CHECK(one.find("\"fullUrl\":\"http://127.0.0.1/fhir/Patient/m1\"") != std::string::npos);
  CHECK(one.find("\"search\":{\"mode\":\"match\"}") != std::string::npos);
}
