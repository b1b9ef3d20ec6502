#include <doctest/doctest.h>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;
using model::CaseStatus;
using model::ReviewAction;

namespace {

const model::PayerProfile kProfile = model::sandbox_profile();

std::string review(const std::string& code, const std::string& more = "") {
  return R"("adjudication":[{"extension":[{"extension":[)" + more +
         R"({"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewActionCode","valueCodeableConcept":)"
         R"({"coding":[{"system":"https://codesystem.x12.org/005010/306","code":")" +
         code + R"("}]}}],"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewAction"}]}])";
}

std::string item(int sequence, const std::string& code) {
  return R"({"itemSequence":)" + std::to_string(sequence) + "," + review(code) + "}";
}

std::string reason(const std::string& code) {
  return R"({"url":"reasonCode","valueCodeableConcept":{"coding":[{"system":"https://codesystem.x12.org/external/886","code":")" +
         code + R"("}]}},)";
}

std::string response(const std::string& members) {
  return R"({"resourceType":"ClaimResponse","status":"active","outcome":"complete",)" + members + "}";
}

CaseReply read(const std::string& body) {
  const auto reply = read_submit_reply(200, body, kProfile);
  REQUIRE(reply.has_value());
  REQUIRE(reply->reply.has_value());
  return *reply->reply;
}

CaseStatus status(const std::string& members) {
  return read(response(members)).status;
}

}  // namespace

TEST_CASE("the decision code of the line decides") {
  struct Row {
    const char* code;
    CaseStatus status;
    const char* flag;
  };
  for (const auto& row : {Row{"A1", CaseStatus::approved, ""}, Row{"A2", CaseStatus::partially_approved, ""},
                          Row{"A3", CaseStatus::denied, ""}, Row{"A4", CaseStatus::in_review, ""},
                          Row{"A5", CaseStatus::denied, ""}, Row{"A6", CaseStatus::partially_approved, ""},
                          Row{"C", CaseStatus::voided, ""}, Row{"CT", CaseStatus::in_review, "call the payer"},
                          Row{"NA", CaseStatus::approved, "no authorization required"},
                          Row{"ZZ", CaseStatus::in_review, "unknown decision code ZZ"}}) {
    const auto reply = read(response("\"item\":[" + item(1, row.code) + "]"));
    CHECK(reply.status == row.status);
    CHECK(reply.flag == row.flag);
    CHECK(reply.lines.at(0).action_code == row.code);
  }
}

TEST_CASE("neither the outcome word nor preAuthRef decides") {
  for (const char* outcome : {"complete", "queued", "partial"}) {
    const auto reply =
        read(std::string(R"({"resourceType":"ClaimResponse","preAuthRef":"PA1","outcome":")") + outcome + "\"}");
    CHECK(reply.status == CaseStatus::in_review);
    CHECK(reply.flag == "payer gave no decision codes");
    CHECK_FALSE(reply.refused);
  }
  const auto denied = read(response("\"preAuthRef\":\"PA1\",\"item\":[" + item(1, "A3") + "]"));
  CHECK(denied.status == CaseStatus::denied);
  CHECK(denied.pre_auth_ref == "PA1");
  CHECK(denied.lines.at(0).authorization_number.empty());
}

TEST_CASE("several lines make one status") {
  CHECK(status("\"item\":[" + item(1, "A1") + "," + item(2, "A1") + "]") == CaseStatus::approved);
  CHECK(status("\"item\":[" + item(1, "A1") + "," + item(2, "A3") + "]") == CaseStatus::partially_approved);
  CHECK(status("\"item\":[" + item(1, "A3") + "," + item(2, "A3") + "]") == CaseStatus::denied);
  CHECK(status("\"item\":[" + item(1, "A1") + "," + item(2, "C") + "]") == CaseStatus::approved);
  CHECK(status("\"item\":[" + item(1, "C") + "," + item(2, "C") + "]") == CaseStatus::voided);
  const auto reply = read(response("\"item\":[" + item(1, "A1") + "," + item(2, "A4") + "," + item(3, "A3") + "]"));
  CHECK(reply.status == CaseStatus::in_review);
  CHECK(reply.flag == "2 of 3 lines decided");
}

TEST_CASE("a decision on the whole request holds for its lines") {
  CHECK(status(review("A1") + ",\"item\":[{\"itemSequence\":1}]") == CaseStatus::approved);
  CHECK(status(review("A3")) == CaseStatus::denied);
}

TEST_CASE("asked for more information") {
  CHECK(status("\"item\":[{\"itemSequence\":1," + review("A4", reason("0U")) + "}]") == CaseStatus::info_requested);
  CHECK(status("\"item\":[{\"itemSequence\":1," + review("A4", reason("0P")) + "}]") == CaseStatus::info_requested);
  CHECK(status("\"item\":[{\"itemSequence\":1," + review("A4", reason("0V")) + "}]") == CaseStatus::in_review);
  const std::string request =
      R"({"fullUrl":"https://payer.example/fhir/CommunicationRequest/9","resource":{"resourceType":"CommunicationRequest",)"
      R"("extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-serviceLineNumber","valuePositiveInt":LINE}],)"
      R"("identifier":[{"value":"ACN-1"}],"category":[{"coding":[{"code":"08"}]}],"payload":[{"contentString":"18776-5"}]}})";
  const auto bundle = [&](const std::string& line, const std::string& code) {
    return R"({"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"https://payer.example/fhir/ClaimResponse/1","resource":)" +
           response("\"item\":[" + item(1, code) +
                    R"(],"communicationRequest":[{"reference":"CommunicationRequest/9"}])") +
           "}," + replaced(request, "LINE", line) + "]}";
  };
  const auto asked = read(bundle("1", "A4"));
  CHECK(asked.status == CaseStatus::info_requested);
  REQUIRE(asked.requests.size() == 1);
  CHECK(asked.requests[0].control_number == "ACN-1");
  CHECK(asked.requests[0].kind_code == "08");
  CHECK(asked.requests[0].text == "Plan of treatment, 18776-5");
  CHECK(asked.requests[0].line == 1);
  CHECK(read(bundle("2", "A4")).status == CaseStatus::in_review);
  CHECK(read(bundle("1", "A1")).status == CaseStatus::approved);
  CHECK(read(bundle("1", "A1")).requests.size() == 1);
}

TEST_CASE("errors without a decision are a refusal; beside decisions they are not") {
  const std::string error =
      R"("error":[{"itemSequence":2,"extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-errorElement",ELEMENT},)"
      R"({"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-errorPath","valueString":"Bundle.entry[1].resource.identifier[0].value"},)"
      R"({"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-errorFollowupAction","valueCodeableConcept":{"coding":[{"code":"C"}]}}],)"
      R"("code":{"coding":[{"system":"https://codesystem.x12.org/005010/901","code":"72"}]}}])";
  for (const char* element :
       {R"("extension":[{"url":"error","valueString":"2010C-NM109"}])", R"("valueString":"2010C-NM109")"}) {
    const auto reply = read(response(replaced(error, "ELEMENT", element)));
    CHECK(reply.refused);
    CHECK(reply.status == CaseStatus::unsubmitted);
    REQUIRE(reply.errors.size() == 1);
    CHECK(reply.errors[0].reject_code == "72");
    CHECK(reply.errors[0].reject_text == "Member ID is missing or wrong");
    CHECK(reply.errors[0].followup_code == "C");
    CHECK(reply.errors[0].element == "2010C-NM109");
    CHECK(reply.errors[0].path == "Bundle.entry[1].resource.identifier[0].value");
    CHECK(reply.errors[0].item_sequence == 2);
  }
  const auto mixed = read(response("\"item\":[" + item(1, "A1") + ",{\"itemSequence\":2}]," +
                                   replaced(error, "ELEMENT", "\"valueString\":\"x\"")));
  CHECK_FALSE(mixed.refused);
  CHECK(mixed.status == CaseStatus::in_review);
  CHECK(mixed.flag.find("line 2 was refused") != std::string::npos);
  CHECK(read(R"({"resourceType":"ClaimResponse","outcome":"error"})").refused);
  CHECK_FALSE(read(R"({"resourceType":"ClaimResponse","outcome":"error","item":[)" + item(1, "A4") + "]}").refused);
}

TEST_CASE("a modifier that we don't know makes every decision unsafe") {
  const auto reply = read(response(
      "\"item\":[{\"modifierExtension\":[{\"url\":\"https://x.example\",\"valueBoolean\":true}],\"itemSequence\":1," +
      review("A1") + "}]"));
  CHECK(reply.status == CaseStatus::in_review);
  CHECK(reply.flag.find("can't interpret safely") != std::string::npos);
  CHECK(read(R"({"resourceType":"ClaimResponse","status":"entered-in-error","item":[)" + item(1, "A1") + "]}").status ==
        CaseStatus::in_review);
}

TEST_CASE("our payer's answers come back whole") {
  const Fixture fixture;
  const auto request = fixture.received();
  auto answer = fixture.answer(request, "A1");
  answer.notes = {{"Approved as requested.", {}}, {"See the letter.", {}}};
  const auto reply = read(write_submit_reply(request, answer, fixture.profile));
  CHECK(reply.case_id == "900000101");
  CHECK(reply.claim_identifier == request.claim_identifier);
  CHECK(reply.patient_member_id == "99000001A");
  CHECK(reply.patient_reference == request.patient_url);
  CHECK(reply.bundle_identifier == request.bundle_identifier);
  CHECK(reply.pre_auth_ref == "PA7700451");
  CHECK(reply.status == CaseStatus::approved);
  CHECK(reply.flag.empty());
  REQUIRE(reply.notes.size() == 2);
  CHECK(reply.notes[0].text == "Approved as requested.");
  CHECK(reply.notes[1].text == "See the letter.");
  CHECK(reply.line_traces == std::vector<std::string>{request.lines[0].trace});
  CHECK(reply.created == answer.created);
  REQUIRE(reply.lines.size() == 1);
  CHECK(reply.lines[0].authorization_number == "PA7700451");
  CHECK(reply.lines[0].period == request.lines[0].period);
  const auto pended = read(write_submit_reply(request, fixture.answer(request, "A4"), fixture.profile));
  CHECK(pended.status == CaseStatus::in_review);
  CHECK(pended.case_id == "900000101");
  CHECK(pended.lines[0].authorization_number.empty());
  CHECK_FALSE(pended.lines[0].period.has_value());
}

TEST_CASE("fewer hours than asked: A6, and what was granted, in every version") {
  Fixture fixture;
  const auto request = fixture.received();
  for (const std::string version : {"2.0.1", "2.1.0", "2.2.1"}) {
    CAPTURE(version);
    fixture.profile.pas_version = version;
    auto answer = fixture.answer(request, "A6");
    answer.lines[0].granted_hours = model::Hours{243};
    answer.lines[0].quantity = 300;
    const auto reply = read(write_submit_reply(request, answer, fixture.profile));
    CHECK(reply.status == CaseStatus::partially_approved);
    REQUIRE(reply.lines.size() == 1);
    CHECK(reply.lines[0].action == ReviewAction::modified);
    REQUIRE(reply.lines[0].weekly_hours.has_value());
    CHECK(reply.lines[0].weekly_hours->quarters == 243);
    CHECK(reply.lines[0].units == 300);
  }
}

TEST_CASE("fewer hours than asked: A6, and addItem says what was granted") {
  const Fixture fixture;
  const auto request = fixture.received();
  auto answer = fixture.answer(request, "A6");
  answer.lines[0].granted_hours = model::Hours{243};
  answer.lines[0].quantity = 300;
  const auto bytes = write_submit_reply(request, answer, fixture.profile);
  const auto reply = read(bytes);
  CHECK(reply.status == CaseStatus::partially_approved);
  REQUIRE(reply.lines.size() == 1);
  const auto& line = reply.lines[0];
  CHECK(line.action == ReviewAction::modified);
  REQUIRE(line.weekly_hours.has_value());
  CHECK(line.weekly_hours->quarters == 243);
  CHECK(line.units == 300);
  CHECK(line.period == request.lines[0].period);
  CHECK(line.authorization_number == "PA7700451");

  const auto odd = read(replaced(bytes, "\"value\":60.75", "\"value\":60.3333000"));
  CHECK_FALSE(odd.lines[0].weekly_hours.has_value());
  CHECK(odd.lines[0].weekly_hours_text == "60.3333000");
}

TEST_CASE("older ways to grant something else") {
  const std::string added =
      R"("addItem":[{"itemSequence":[1],"quantity":{"value":200,"unit":"Days"},"servicedPeriod":{"start":"2027-01-04","end":"2027-07-22"},)" +
      review("A1") + "}]";
  const auto denied_and_added = read(response("\"item\":[" + item(1, "A3") + "]," + added));
  CHECK(denied_and_added.status == CaseStatus::partially_approved);
  CHECK(denied_and_added.lines.at(0).units == 200);
  CHECK(denied_and_added.lines.at(0).action_code == "A3");
  const auto detail = read(response(
      R"("item":[{"extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-itemAuthorizedDetail","extension":[{"url":"quantity","valueQuantity":{"value":90,"unit":"Days"}}]}],"itemSequence":1,)" +
      review("A2") + "}]"));
  CHECK(detail.status == CaseStatus::partially_approved);
  CHECK(detail.lines.at(0).units == 90);
  const auto extra = read(response("\"item\":[" + item(2, "A1") + "]," + added));
  REQUIRE(extra.lines.size() == 2);
  CHECK(extra.lines[1].sequence == 1);
  CHECK(extra.lines[1].units == 200);
  const auto parts = read(response(
      "\"item\":[" + item(1, "A6") +
      R"(],"addItem":[{"itemSequence":[1],"quantity":{"value":100,"unit":"Days"},"servicedPeriod":{"start":"2027-01-04","end":"2027-04-13"}},)"
      R"({"itemSequence":[1],"quantity":{"value":50,"unit":"Days"},"servicedPeriod":{"start":"2027-04-14","end":"2027-06-02"}}])"));
  CHECK(parts.lines.at(0).units == 150);
  CHECK(parts.lines.at(0).period->days() == 150);
  CHECK(parts.flag == "line 1 was granted in several parts");
}

TEST_CASE("whatever a payer wraps its answer in") {
  const std::string bare = response("\"item\":[" + item(1, "A1") + "]");
  const std::string bundle = R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":)" + bare + "}]}";
  CHECK(read(bare).status == CaseStatus::approved);
  CHECK(read(bundle).status == CaseStatus::approved);
  CHECK(read(R"({"resourceType":"Parameters","parameter":[{"name":"return","resource":)" + bundle + "}]}").status ==
        CaseStatus::approved);
  CHECK(read(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},{"resource":)" + bare + "}]}")
            .status == CaseStatus::approved);
  for (const char* body :
       {"", "<html>busy</html>", "{}", R"({"resourceType":"Patient"})", R"({"resourceType":"Bundle"})", "[]", "17"}) {
    const auto reply = read_submit_reply(502, body, kProfile);
    REQUIRE_FALSE(reply.has_value());
    CHECK(reply.error().failure == Failure::input);
  }
  CHECK_FALSE(read_submit_reply(200, std::string(100'000, '['), kProfile).has_value());
}

TEST_CASE("an outcome instead of an answer, and beside one") {
  const std::string outcome =
      R"({"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"informational","details":{"coding":[{"system":"s","code":"c","display":"Old client"}]},"location":["/f:Bundle"]}]})";
  const auto alone = read_submit_reply(422, outcome, kProfile);
  REQUIRE(alone.has_value());
  CHECK(alone->http_status == 422);
  CHECK_FALSE(alone->reply.has_value());
  REQUIRE(alone->issues.size() == 1);
  CHECK(alone->issues[0].text == "Old client");
  CHECK(alone->issues[0].codings == std::vector<std::string>{"s|c"});
  CHECK(alone->issues[0].expressions == std::vector<std::string>{"/f:Bundle"});
  const auto beside = read(R"({"resourceType":"Bundle","entry":[{"resource":)" +
                           response("\"item\":[" + item(1, "A1") + "]") + "},{\"resource\":" + outcome + "}]}");
  CHECK(beside.status == CaseStatus::approved);
  CHECK(beside.warnings.size() == 1);
}

TEST_CASE("relative references inside a batch's entry") {
  const std::string inner =
      R"({"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"https://payer.example/fhir/ClaimResponse/1","resource":)" +
      response(
          R"("patient":{"reference":"Patient/7"},"request":{"identifier":{"value":"B-A"}},"addItem":[{"itemSequence":[1],"extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-requestedService","valueReference":{"reference":"ServiceRequest/3"}}],)" +
          review("A1") + "}],\"item\":[" + item(1, "A6") + "]") +
      R"(},{"fullUrl":"https://payer.example/fhir/Patient/7","resource":{"resourceType":"Patient","id":"7","identifier":[{"value":"99000001A"}]}},)"
      R"({"fullUrl":"https://payer.example/fhir/ServiceRequest/3","resource":{"resourceType":"ServiceRequest","id":"3","quantityQuantity":{"value":60.5,"code":"HS"}}}]})";
  const auto replies = read_outer_reply(
      R"({"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"200"},"resource":)" + inner +
          "}]}",
      1, kProfile);
  REQUIRE(replies.has_value());
  const auto& reply = *replies->at(0).reply;
  CHECK(reply.patient_member_id == "99000001A");
  CHECK(reply.claim_identifier == "B-A");
  REQUIRE(reply.lines.at(0).weekly_hours.has_value());
  CHECK(reply.lines.at(0).weekly_hours->quarters == 242);
}

TEST_CASE("part of the hours under A2 is said the same way") {
  const Fixture fixture;
  const auto request = fixture.received();
  auto answer = fixture.answer(request, "A2");
  answer.lines[0].granted_hours = model::Hours{1};
  const auto reply = read(write_submit_reply(request, answer, fixture.profile));
  CHECK(reply.status == CaseStatus::partially_approved);
  CHECK(reply.lines.at(0).action == ReviewAction::partly_certified);
  CHECK(reply.lines.at(0).weekly_hours->quarters == 1);
}
