// Questions of the reviewer, and what an answer says about some lines only.
#include <doctest/doctest.h>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;
using model::CaseStatus;

namespace {

CaseReply read(const std::string& body, const model::PayerProfile& profile = model::sandbox_profile()) {
  const auto reply = read_submit_reply(200, body, profile);
  REQUIRE(reply.has_value());
  REQUIRE(reply->reply.has_value());
  return *reply->reply;
}

model::InformationRequest question(const std::string& number) {
  model::InformationRequest out;
  out.control_number = number;
  out.kind_code = "B3";
  out.kind_text = "Physician's order";
  out.code = "18776-5";
  out.text = "Please send the order, signed by a physician: the file shows no signature.";
  out.line = 1;
  out.due = model::make_date(2026, 12, 17);
  out.by_attachment = true;
  return out;
}

void check_same(const model::InformationRequest& got, const model::InformationRequest& put) {
  CHECK(got.control_number == put.control_number);
  CHECK(got.kind_code == put.kind_code);
  CHECK(got.kind_text == put.kind_text);
  CHECK(got.code == put.code);
  CHECK(got.text == put.text);
  CHECK(got.line == put.line);
  CHECK(got.due == put.due);
  CHECK(got.by_attachment == put.by_attachment);
  CHECK(got.url == put.url);
}

// A case of three lines, decided, pended and denied.
struct ThreeLines {
  ThreeLines() : request(fixture.received()), answer(fixture.answer(request, "A1")) {
    for (int sequence : {2, 3}) {
      auto line = answer.lines[0];
      line.sequence = sequence;
      line.trace = "trace-" + std::to_string(sequence);
      line.action = sequence == 2 ? "A4" : "A3";
      line.authorization_number.clear();
      line.authorized.reset();
      line.issued.reset();
      if (sequence == 3) line.issued = model::make_date(2026, 12, 11);
      answer.lines.push_back(line);
    }
  }
  [[nodiscard]] CaseReply reply() const { return read(write_submit_reply(request, answer, fixture.profile)); }

  Fixture fixture;
  ReceivedRequest request;
  AnsweredCase answer;
};

}  // namespace

TEST_CASE("a question comes back as it was asked") {
  const Fixture fixture;
  const auto request = fixture.received();
  auto answer = fixture.answer(request, "A4");
  answer.notes = {{"First look.", {1}}};
  auto plain = question("ACN-2");
  plain.kind_code = plain.kind_text = plain.code = "";
  plain.due.reset();
  plain.by_attachment = false;
  auto coded = question("ACN-3");
  coded.text = "Physician's order, 18776-5";
  coded.line.reset();
  coded.url = "https://payer.example/attachments";
  answer.requests = {question("ACN-1"), plain, coded};
  const auto reply = read(write_submit_reply(request, answer, fixture.profile));
  CHECK(reply.status == CaseStatus::info_requested);
  REQUIRE(reply.requests.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) check_same(reply.requests[i], answer.requests[i]);
  REQUIRE(reply.notes.size() == 1);  // the words of a question are no note
  CHECK(reply.notes[0].text == "First look.");

  const auto inquiry = read_inquiry(build_inquiry(fixture.inquiry()));
  const auto found =
      write_inquiry_reply(std::get<ReceivedInquiry>(inquiry), {{&request, &answer}}, fixture.created, fixture.profile);
  const auto cases = read_inquiry_reply(found, fixture.profile)->cases;
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].requests.size() == 3);
  check_same(cases[0].requests[0], answer.requests[0]);
}

TEST_CASE("one note on the line of the only question gives it its words") {
  const Fixture fixture;
  const auto request = fixture.received();
  auto answer = fixture.answer(request, "A4");
  auto asked = question("");
  asked.text = "Which staff is awake?";
  answer.requests = {asked};
  const auto reply = read(write_submit_reply(request, answer, fixture.profile));
  CHECK(reply.requests.at(0).text == "Which staff is awake?");
  CHECK(reply.notes.size() == 1);
}

TEST_CASE("Tasks without a CommunicationRequest ask too") {
  const std::string task =
      R"({"resource":{"resourceType":"Task","status":"STATUS","identifier":[{"value":"T-9"}],"restriction":{"period":{"end":"2026-12-18T03:00:00Z"}},"input":[)"
      R"({"type":{"coding":[{"code":"payer-url"}]},"valueUrl":"https://payer.example/a"},)"
      R"({"type":{"coding":[{"code":"attachments-needed"}]},"valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"18776-5","display":"Plan"}]},)"
      R"("extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-paLineNumber","valueInteger":2}]}]}})";
  const auto bundle = [&](const std::string& status) {
    return R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"ClaimResponse","item":[{"itemSequence":2,)"
           R"("adjudication":[{"extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewAction","extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewActionCode","valueCodeableConcept":{"coding":[{"code":"A4"}]}}]}]}]}]}},)" +
           replaced(task, "STATUS", status) + "]}";
  };
  const auto reply = read(bundle("requested"));
  CHECK(reply.status == CaseStatus::info_requested);
  REQUIRE(reply.requests.size() == 1);
  CHECK(reply.requests[0].control_number == "T-9");
  CHECK(reply.requests[0].code == "18776-5");
  CHECK(reply.requests[0].kind_text == "Plan");
  CHECK(reply.requests[0].line == 2);
  CHECK(reply.requests[0].due == model::make_date(2026, 12, 17));  // the evening before in Maine
  CHECK(reply.requests[0].by_attachment);
  CHECK(reply.requests[0].url == "https://payer.example/a");
  CHECK(read(bundle("completed")).status == CaseStatus::in_review);
}

TEST_CASE("notes keep their lines, decisions their days and numbers") {
  ThreeLines x;
  x.answer.notes = {{"For the first.", {1}}, {"For two.", {2, 3}}, {"For all.", {}}};
  const auto reply = x.reply();
  REQUIRE(reply.notes.size() == 3);
  CHECK(reply.notes[0].lines == std::vector<int>{1});
  CHECK(reply.notes[1].lines == std::vector<int>{2, 3});
  CHECK(reply.notes[2].lines.empty());
  REQUIRE(reply.lines.size() == 3);
  CHECK(reply.lines[0].decided_on == model::make_date(2026, 12, 10));
  CHECK_FALSE(reply.lines[1].decided_on.has_value());
  CHECK(reply.lines[2].decided_on == model::make_date(2026, 12, 11));
  CHECK(reply.lines[0].authorization_number == "PA7700451");
  CHECK(reply.lines[1].authorization_number.empty());
  CHECK(reply.line_traces.size() == 3);

  x.answer.lines[1] = x.answer.lines[0];
  x.answer.lines[1].sequence = 2;
  x.answer.lines[1].authorization_number = "PA2";
  const auto two_numbers = x.reply();
  CHECK(two_numbers.pre_auth_ref.empty());
  CHECK(two_numbers.lines[1].authorization_number == "PA2");
  x.answer.lines[1].authorization_number.clear();
  CHECK(x.reply().lines[1].authorization_number.empty());
}

TEST_CASE("an answer cut to some lines") {
  ThreeLines x;
  x.answer.notes = {{"For the first.", {1}}, {"For all.", {}}};
  auto asked = question("ACN-1");
  asked.line = 2;
  x.answer.requests = {asked};
  const auto reply = x.reply();
  CHECK(reply.status == CaseStatus::info_requested);
  const auto first = about_lines(reply, {1});
  CHECK(first.status == CaseStatus::approved);
  CHECK(first.flag.empty());
  CHECK(first.lines.size() == 1);
  CHECK(first.notes.size() == 2);
  CHECK(first.requests.empty());
  const auto second = about_lines(reply, {2});
  CHECK(second.status == CaseStatus::info_requested);
  CHECK(second.notes.size() == 1);
  CHECK(second.requests.size() == 1);
  CHECK(about_lines(reply, {3}).status == CaseStatus::denied);
  CHECK(about_lines(reply, {1, 3}).status == CaseStatus::partially_approved);
  const auto nothing = about_lines(reply, {4});
  CHECK(nothing.status == CaseStatus::in_review);
  CHECK(nothing.flag.empty());
  CHECK_FALSE(nothing.refused);
  CHECK(about_lines(reply, {}).status == reply.status);
}

TEST_CASE("errors of another line refuse nothing of ours") {
  const std::string decided =
      R"({"resourceType":"ClaimResponse","outcome":"error","item":[{"itemSequence":1,"adjudication":[{"extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewAction","extension":[{"url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewActionCode","valueCodeableConcept":{"coding":[{"code":"CODE"}]}}]}]}]}],)"
      R"("error":[{"itemSequence":2,"code":{"coding":[{"code":"33"}]}}]})";
  const auto reply = read(replaced(decided, "CODE", "A1"));
  CHECK(about_lines(reply, {1}).status == CaseStatus::approved);
  CHECK_FALSE(about_lines(reply, {1}).refused);
  CHECK(about_lines(reply, {2}).refused);
  CHECK_FALSE(about_lines(reply, {3}).refused);
  const auto voided = read(replaced(decided, "\"outcome\"", R"("status":"cancelled","outcome")"));
  CHECK(about_lines(voided, {1}).status == CaseStatus::voided);
  CHECK(about_lines(voided, {7}).status == CaseStatus::voided);
}

TEST_CASE("files travel as Binary") {
  const std::string bytes("%PDF-1.4\n\0\xFF", 11);
  CHECK(read_binary(write_binary("application/pdf", bytes)) == bytes);
  CHECK(read_binary(write_binary("text/plain", "")) == std::string());
  for (const char* body : {"", "{}", R"({"resourceType":"Patient"})", R"({"resourceType":"Binary","data":"?"})"}) {
    const auto file = read_binary(body);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().failure == Failure::input);
  }
}

TEST_CASE("members that a search found") {
  const Fixture fixture;
  const auto request = fixture.received();
  const auto found =
      read_patients(write_patient_searchset("http://127.0.0.1/fhir",
                                            {request.patient_json, R"({"resourceType":"OperationOutcome"})"}),
                    fixture.profile);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 1);
  CHECK(found->at(0).member_id == "99000001A");
  CHECK(found->at(0).last == "Sampleton");
  CHECK(found->at(0).first == "Testa");
  CHECK(found->at(0).born == "1988-02-29");
  CHECK(found->at(0).gender == "female");
  CHECK(read_patients(write_patient_searchset("http://127.0.0.1/fhir", {}), fixture.profile)->empty());
  CHECK_FALSE(read_patients("<html>", fixture.profile).has_value());
  CHECK_FALSE(read_patients(R"({"resourceType":"OperationOutcome"})", fixture.profile).has_value());
}

TEST_CASE("our payer takes answers by attachment and says so") {
  const auto own = read_capabilities(write_capabilities("http://127.0.0.1/fhir", Fixture().created, "2.2.1"));
  REQUIRE(own.has_value());
  CHECK(own->attachments);
  CHECK(own->submit);
  CHECK_FALSE(read_capabilities(R"({"resourceType":"CapabilityStatement","rest":[{"operation":[{"name":"submit"}]}]})")
                  ->attachments);
  CHECK_FALSE(read_capabilities(
                  R"({"resourceType":"CapabilityStatement","rest":[{"operation":[{"name":"submit-attachment"}]}]})")
                  ->submit);
}
