// Every kind of message, for the checkers of tests/conformance: ATZ_DUMP_DIR=/tmp/messages test_fhir -tc='messages*'
#include <doctest/doctest.h>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

TEST_CASE("messages of every kind are written and can be read again") {
  const Fixture fixture;
  std::vector<OuterEntry> calls;
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < 3; ++i) bodies.push_back(fixture.bytes(i));
  for (std::size_t i = 0; i < 3; ++i) {
    dump("request-" + fixture.home.members[i].label.text, bodies[i]);
    calls.push_back({"Claim/$submit", bodies[i]});
    CHECK(std::holds_alternative<ReceivedRequest>(read_submit(bodies[i], false)));
  }
  dump("outer-transaction",
       build_outer(OuterKind::transaction, "maple-street-20261207-k3m9q", fixture.created, calls, fixture.profile));
  Fixture urgent;
  urgent.home.priority.expedited = field(true);
  urgent.home.priority.reason = field("Hospital discharge: tomorrow");
  urgent.home.members[0].phone = field("207-555-0102");
  urgent.home.provider.ein = field("00-1234567");
  urgent.home.members[0].services[0].modifiers = {field("SC")};
  dump("request-expedited", urgent.bytes());
  CHECK(std::holds_alternative<ReceivedRequest>(read_submit(urgent.bytes(), false)));

  const auto request = fixture.received();
  const auto check = [&](const char* name, const AnsweredCase& answer) {
    const auto bytes = write_submit_reply(request, answer, fixture.profile);
    dump(std::string("response-") + name, bytes);
    CHECK(read_submit_reply(200, bytes, fixture.profile).has_value());
    return bytes;
  };
  auto approved = fixture.answer(request, "A1");
  approved.notes = {{"Approved as requested, 67.75 hours a week.", {}}};
  check("approved", approved);
  check("pended", fixture.answer(request, "A4"));
  auto denied = fixture.answer(request, "A3");
  denied.lines[0].reasons = {{"0F", ""}};
  denied.notes = {{"Not enough detail.", {}}};
  check("denied", denied);
  auto partial = fixture.answer(request, "A6");
  partial.lines[0].granted_hours = model::Hours{240};
  partial.notes = {{"60.00 instead of 67.75 hours a week.", {}}};
  check("partial", partial);
  AnsweredCase refused;
  refused.created = fixture.created;
  BusinessError error;
  error.reject_code = "72";
  error.followup_code = "C";
  error.element = "2010C-NM109";
  error.path = "Bundle.entry[1].resource.identifier[0].value";
  error.text = "No member has this ID.";
  refused.errors = {error};
  check("error", refused);

  const auto inquiry_bytes = build_inquiry(fixture.inquiry());
  dump("inquiry-case", inquiry_bytes);
  auto by_days = fixture.inquiry();
  by_days.case_id.clear();
  dump("inquiry-days", build_inquiry(by_days));
  const auto inquiry = read_inquiry(inquiry_bytes);
  if (const auto* fault = std::get_if<Fault>(&inquiry)) FAIL(write_outcome(fault->issues));
  const auto found =
      write_inquiry_reply(std::get<ReceivedInquiry>(inquiry), {{&request, &partial}}, fixture.created, fixture.profile);
  dump("inquiry-answer", found);
  CHECK(read_inquiry_reply(found, fixture.profile)->cases.size() == 1);
  dump("inquiry-nothing",
       write_inquiry_reply(std::get<ReceivedInquiry>(inquiry), {}, fixture.created, fixture.profile));
  dump("outer-reply",
       write_outer_reply(true, {{200, write_submit_reply(request, approved, fixture.profile)}}, fixture.created));
  dump("outcome", write_outcome({{"error", "required", "Something is missing.", "", {"Bundle.entry[0]"}, {}}}));
  dump("capabilities", write_capabilities("http://127.0.0.1:8080/fhir", fixture.created, "2.2.1"));
  dump("patients", write_patient_searchset("http://127.0.0.1:8080/fhir", {request.patient_json}));
}

TEST_CASE("messages of a case's later life are written and can be read again") {
  const Fixture first;
  const std::string body = first.bytes();
  const Extension later;
  const auto update = later.sent(body).bytes;
  dump("update-continue", update);
  strictly(update);
  Extension in_place(model::ExtensionReason::change);
  in_place.profile.update_style = model::UpdateStyle::in_place;
  dump("update-in-place", in_place.sent(body).bytes);
  strictly(in_place.sent(body).bytes);
  Extension add_on(model::ExtensionReason::add_on);
  dump("request-add-on-without-prior", add_on.sent("").bytes);
  const Termination termination;
  dump("request-termination", build_submit(termination.input()).bytes);

  const PriorRequest prior{"900000101", "", update};
  const auto cancel = build_cancel(
      {first.profile, prior, {}, "Sent twice", "cancel-1", "cancel-1-S1", first.created + std::chrono::days(380)});
  dump("update-cancel", cancel);
  CHECK(strictly(cancel).cancels_all);
  dump("update-cancel-line", build_cancel({first.profile,
                                           prior,
                                           {2},
                                           "Sent twice",
                                           "cancel-2",
                                           "cancel-2-S1",
                                           first.created + std::chrono::days(380)}));

  model::InformationRequest question;
  question.control_number = "ACN-55021";
  question.kind_code = "08";
  question.code = "18776-5";
  question.text = "Please send the plan as it was signed.";
  question.line = 1;
  question.due = model::make_date(2026, 12, 17);
  question.by_attachment = true;
  const auto request = strictly(body);
  auto pended = first.answer(request, "A4");
  pended.lines[0].reasons = {{"0U", ""}};
  pended.requests = {question};
  const auto reply = write_submit_reply(request, pended, first.profile);
  dump("response-question", reply);
  CHECK(read_submit_reply(200, reply, first.profile)->reply->status == model::CaseStatus::info_requested);

  const std::vector<AnsweredQuestionnaire> forms{{"home-support", "1", {{"2", "How many?", {"67.75"}}}}};
  const AnswerInput answer{first.profile,           first.tables, prior,         &question,    first.attachments, forms,
                           "Signed on 1 December.", "answer-1",   "answer-1-S1", first.created};
  dump("update-answer", build_answer_update(answer));
  strictly(build_answer_update(answer));
  dump("attachments", build_attachments(answer));
  CHECK(std::holds_alternative<ReceivedAttachments>(read_attachments(build_attachments(answer))));

  const auto changed = strictly(update);
  auto two = first.answer(changed, "A1");
  two.lines[1].action = "A4";
  two.lines[1].authorization_number.clear();
  two.lines[1].authorized.reset();
  two.lines[1].issued.reset();
  two.notes = {{"In review.", {2}}};
  dump("response-update", write_submit_reply(changed, two, first.profile));
  dump("file", write_binary("application/pdf", "%PDF-1.4"));
}
