#include <doctest/doctest.h>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

ReceivedInquiry received(const InquiryInput& input) {
  auto result = read_inquiry(build_inquiry(input));
  if (const auto* fault = std::get_if<Fault>(&result)) FAIL(write_outcome(fault->issues));
  return std::get<ReceivedInquiry>(std::move(result));
}

}  // namespace

TEST_CASE("an inquiry asks by the best number that is known") {
  const Fixture fixture;
  auto input = fixture.inquiry();
  input.authorization_number = "PA1";
  const auto by_case = received(input);
  CHECK(by_case.case_id == "900000101");
  CHECK(by_case.authorization_number.empty());
  CHECK(by_case.code.empty());
  CHECK_FALSE(by_case.period.has_value());
  CHECK(by_case.member_id == "99000001A");
  CHECK(by_case.provider_npi == "2000000002");
  CHECK(by_case.insurer_id == "PAYER001");
  CHECK(by_case.claim_identifier == input.inquiry_id);
  input.case_id.clear();
  CHECK(received(input).authorization_number == "PA1");
  input.authorization_number.clear();
  input.modifiers = {"SC"};
  const auto by_days = received(input);
  CHECK(by_days.code == "T2016");
  CHECK(by_days.period == input.period);
  CHECK(build_inquiry(input) == build_inquiry(input));
}

TEST_CASE("an inquiry must name a member, a provider and a payer") {
  const Fixture fixture;
  const auto good = build_inquiry(fixture.inquiry());
  CHECK(std::holds_alternative<ReceivedInquiry>(read_inquiry(good)));
  CHECK(std::holds_alternative<Fault>(
      read_inquiry(replaced(good, "\"value\":\"2000000002\"", "\"value\":\"2000000003\""))));
  CHECK(std::holds_alternative<Fault>(
      read_inquiry(replaced(good, "\"birthDate\":\"1988-02-29\"", "\"birthDate\":\"1988\""))));
  CHECK(std::holds_alternative<Fault>(read_inquiry("{")));
}

TEST_CASE("answers to an inquiry: Parameters today, a bare Bundle before PAS 2.2") {
  Fixture fixture;
  const auto first = fixture.received(0);
  const auto second = fixture.received(1);
  const auto pended = fixture.answer(first, "A4");
  auto denied = fixture.answer(second, "A3");
  denied.case_id = "900000102";
  const auto inquiry = received(fixture.inquiry());
  for (const char* version : {"2.2.1", "2.0.1"}) {
    fixture.profile.pas_version = version;
    const auto bytes =
        write_inquiry_reply(inquiry, {{&first, &pended}, {&second, &denied}}, fixture.created, fixture.profile);
    CHECK((bytes.find("\"Parameters\"") != std::string::npos) == (std::string(version) == "2.2.1"));
    const auto reply = read_inquiry_reply(bytes, fixture.profile);
    REQUIRE(reply.has_value());
    REQUIRE(reply->cases.size() == 2);
    CHECK(reply->cases[0].case_id == "900000101");
    CHECK(reply->cases[0].claim_identifier == first.claim_identifier);
    CHECK(reply->cases[0].patient_member_id == "99000001A");
    CHECK(reply->cases[1].case_id == "900000102");
    CHECK(reply->cases[1].status == model::CaseStatus::denied);
    CHECK(reply->cases[1].patient_member_id == "99000002A");
    const auto nothing =
        read_inquiry_reply(write_inquiry_reply(inquiry, {}, fixture.created, fixture.profile), fixture.profile);
    REQUIRE(nothing.has_value());
    CHECK(nothing->cases.empty());
  }
}

TEST_CASE("any parameter that holds a Bundle counts, and warnings are kept") {
  const Fixture fixture;
  const auto request = fixture.received();
  const auto bundle = write_submit_reply(request, fixture.answer(request, "A1"), fixture.profile);
  const auto reply = read_inquiry_reply(
      R"({"resourceType":"Parameters","parameter":[{"name":"responseBundle","resource":)" + bundle +
          R"(},{"name":"x","valueString":"y"},{"name":"note","resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"suppressed"}]}}]})",
      fixture.profile);
  REQUIRE(reply.has_value());
  CHECK(reply->cases.size() == 1);
  CHECK(reply->issues.size() == 1);
  CHECK_FALSE(reply->issues[0].is_error());
  CHECK_FALSE(read_inquiry_reply("{}", fixture.profile).has_value());
}

TEST_CASE("bundled inquiries are answered entry by entry") {
  const Fixture fixture;
  const auto request = fixture.received();
  const auto answer = fixture.answer(request, "A1");
  const auto inquiry = received(fixture.inquiry());
  const auto hit = write_inquiry_reply(inquiry, {{&request, &answer}}, fixture.created, fixture.profile);
  const auto miss = write_inquiry_reply(inquiry, {}, fixture.created, fixture.profile);
  const auto bytes = write_outer_reply(false, {{200, hit}, {200, miss}}, fixture.created);
  const auto replies = read_outer_inquiry_reply(bytes, 2, fixture.profile);
  REQUIRE(replies.has_value());
  CHECK(replies->at(0).cases.size() == 1);
  CHECK(replies->at(1).cases.empty());
  CHECK_FALSE(read_outer_inquiry_reply(bytes, 3, fixture.profile).has_value());
}
