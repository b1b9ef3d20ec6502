#include <doctest/doctest.h>

#include <algorithm>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

const std::string kBody =
    R"({"resourceType":"Parameters","parameter":[{"name":"TrackingId","valueIdentifier":{"system":"urn:x","value":"ACN-1"}},)"
    R"({"name":"AdminRefNumber","valueIdentifier":{"value":"900000101"}},{"name":"AttachTo","valueCode":"preauthorization"},)"
    R"({"name":"OrganizationId","valueIdentifier":{"system":"http://hl7.org/fhir/sid/us-npi","value":"2000000002"}},)"
    R"({"name":"MemberId","valueIdentifier":{"system":"urn:m","value":"99000001A"}},)"
    R"({"name":"Attachment","part":[{"name":"LineItem","valueString":"1"},{"name":"Content","resource":{"resourceType":"DocumentReference","status":"current",)"
    R"("type":{"text":"Order"},"category":[{"text":"x"}],"subject":{"identifier":{"value":"99000001A"}},"content":[{"attachment":{"contentType":"text/plain","data":"aGVsbG8=","title":"order.txt"}}]}}]},)"
    R"({"name":"Final","valueBoolean":false}]})";

int fault_status(const std::string& body) {
  const auto read = read_attachments(body);
  const auto* fault = std::get_if<Fault>(&read);
  if (fault == nullptr) return 0;
  CHECK_FALSE(fault->issues.empty());
  return fault->http_status;
}

}  // namespace

TEST_CASE("attachments are read") {
  const auto read = read_attachments(kBody);
  if (const auto* fault = std::get_if<Fault>(&read)) FAIL(write_outcome(fault->issues));
  const auto& got = std::get<ReceivedAttachments>(read);
  CHECK(got.tracking_system == "urn:x");
  CHECK(got.tracking_id == "ACN-1");
  CHECK(got.case_id == "900000101");
  CHECK(got.provider_npi == "2000000002");
  CHECK(got.member_id_system == "urn:m");
  CHECK(got.member_id == "99000001A");
  CHECK_FALSE(got.final);
  REQUIRE(got.documents.size() == 1);
  CHECK(got.documents[0].type == "Order");
  CHECK(got.documents[0].title == "order.txt");
  CHECK(got.documents[0].bytes == 5);
  CHECK(got.documents[0].control_number == "ACN-1");
}

TEST_CASE("attachments that break the profile are refused with a reason") {
  CHECK(fault_status("") == 400);
  CHECK(fault_status(R"({"resourceType":"Bundle"})") == 400);
  CHECK(fault_status(R"({"resourceType":"Parameters"})") == 422);
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"\"name\":\"TrackingId\"", "\"name\":\"Tracking\""},
                                                        {"\"name\":\"AdminRefNumber\"", "\"name\":\"TrackingId\""},
                                                        {"\"preauthorization\"", "\"claim\""},
                                                        {"\"name\":\"OrganizationId\"", "\"name\":\"PayerId\""},
                                                        {"\"name\":\"MemberId\"", "\"name\":\"OrganizationId\""},
                                                        {"\"name\":\"Attachment\"", "\"name\":\"Attached\""},
                                                        {"\"name\":\"LineItem\"", "\"name\":\"Content\""},
                                                        {"\"name\":\"Content\"", "\"name\":\"Code\""},
                                                        {"DocumentReference", "Patient"},
                                                        {"\"subject\":{\"identifier\":{\"value\":\"99000001A\"}},", ""},
                                                        {"\"data\":\"aGVsbG8=\",", ""},
                                                        {"\"valueBoolean\":false", "\"valueBoolean\":\"no\""},
                                                        {"{\"value\":\"900000101\"}", "{\"system\":\"urn:y\"}"}}) {
    CAPTURE(from);
    CHECK(fault_status(replaced(kBody, from, to)) == 422);
  }
  CHECK(fault_status(replaced(kBody, "OrganizationId", "ProviderId")) == 0);
}
