#include "unit/sandbox/life.hpp"

#include "atz/base/text.hpp"

namespace atz::sandbox::test {
namespace {

constexpr const char* kHcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";

model::BusinessCalendar calendar() {
  model::HolidayRule thanksgiving;
  thanksgiving.name = "Thanksgiving Day";
  thanksgiving.kind = model::HolidayRule::Kind::nth;
  thanksgiving.month = 11;
  thanksgiving.weekday = 4;
  thanksgiving.n = 4;
  model::HolidayRule after;
  after.name = "Day after Thanksgiving";
  after.kind = model::HolidayRule::Kind::after;
  after.base = "Thanksgiving Day";
  after.days_after = 1;
  return model::BusinessCalendar({thanksgiving, after});
}

Services services_of(World& world) {
  Services services = world.services();
  services.calendar = calendar;
  return services;
}

fhir::ReceivedDocument document(const std::string& type) {
  fhir::ReceivedDocument document;
  document.type = type;
  document.title = "paper.pdf";
  document.media_type = "application/pdf";
  document.bytes = 100;
  return document;
}

fhir::ReceivedQuestionnaire questionnaire(const std::string& name) {
  return {"https://atz.invalid/Questionnaire/" + name + "|1", "completed", {{"1", "", "yes"}}, {}};
}

fhir::ReceivedLine line_of(const More& more, int sequence) {
  fhir::ReceivedLine line;
  line.sequence = sequence;
  line.trace_system = "urn:trnorg:9000012345";
  line.trace = more.name + "-L" + std::to_string(sequence);
  line.code_system = kHcpcs;
  line.code = "T2016";
  if (more.add_on) line.modifiers = {"SC"};
  line.certification_type = more.type;
  line.period = more.period;
  line.quantity = more.period.days();
  line.quantity_unit = "DY";
  line.weekly_hours = model::Hours{more.quarters};
  return line;
}

void add_papers(fhir::ReceivedRequest& request, bool add_on, const std::string& mark) {
  request.documents.push_back(document(add_on ? "Physician Order" : "Staffing Pattern"));
  request.documents.back().change = mark;
  request.questionnaires.push_back(questionnaire(add_on ? "medical-add-on" : "home-support"));
  request.questionnaires.back().change = mark;
}

void renumber(Incoming& incoming) {
  incoming.item_sequences.clear();
  for (const auto& line : incoming.request.lines) incoming.item_sequences.push_back(line.sequence);
}

Incoming next_version(const Incoming& former, const std::string& name) {
  Incoming next = renamed(former, name);
  fhir::ReceivedRequest& request = next.request;
  request.is_update = true;
  request.request_kind = "service-notification-extension";
  request.prior_system = former.request.claim_system;
  request.prior_identifier = former.request.claim_identifier;
  for (auto& line : request.lines) line.change.clear();
  for (auto& paper : request.documents) paper.change.clear();
  for (auto& paper : request.questionnaires) paper.change.clear();
  for (auto& message : request.messages) message.change.clear();
  return next;
}

}  // namespace

Life::Life(const char* time) {
  world.clock.set(at(time));
  store = std::move(Store::open(services_of(world)).value());
  intake = std::make_unique<Intake>(*store, world.clock, IntakeRules{false, false, calendar});
  desk = std::move(Desk::open(services_of(world)).value());
}

void Life::move_to(std::string_view time) {
  world.clock.set(at(time));
  auto ran = run_timers(*store, world.clock.now(), calendar);
  REQUIRE(ran);
  happened = std::move(*ran);
}

Taken Life::send(const Incoming& incoming) {
  auto transaction = store->write();
  REQUIRE(transaction);
  auto taken = intake->take("agency", incoming);
  REQUIRE_MESSAGE(taken.has_value(), (taken ? "" : taken.error().message));
  if (taken->kind == Taken::Kind::accepted) REQUIRE(transaction->commit().has_value());
  return std::move(*taken);
}

Taken Life::attach(const fhir::ReceivedAttachments& attachments) {
  auto transaction = store->write();
  REQUIRE(transaction);
  std::string body = attachments.tracking_id + attachments.case_id + attachments.member_id;
  for (const auto& paper : attachments.documents) body += " " + paper.title;
  auto taken = intake->take_attachments("agency", attachments, body);
  REQUIRE(taken);
  if (taken->kind == Taken::Kind::accepted) REQUIRE(transaction->commit().has_value());
  return std::move(*taken);
}

Incoming Life::approved(std::size_t member) {
  Incoming incoming = first(member);
  const Taken taken = send(incoming);
  REQUIRE(faults(taken) == "");
  REQUIRE(approve(*desk, taken.case_id, "").has_value());
  return incoming;
}

FullCase Life::look(const std::string& case_id) {
  auto transaction = store->read();
  REQUIRE(transaction);
  auto state = store->state(case_id);
  REQUIRE(state);
  REQUIRE(*state);
  auto full = store->load(std::move(**state));
  REQUIRE(full);
  return std::move(*full);
}

fhir::CaseReply Life::reply(const Taken& taken) {
  auto read = fhir::read_submit_reply(taken.http_status, taken.body, model::sandbox_profile());
  REQUIRE_MESSAGE(read.has_value(), taken.body);
  REQUIRE(read->reply);
  return *read->reply;
}

std::string faults(const Taken& taken) {
  std::vector<std::string> words;
  if (taken.kind == Taken::Kind::conflict) words.push_back("conflict " + taken.issue.code);
  for (const auto& error : taken.errors) {
    words.push_back(error.reject_code + "/" + error.followup_code +
                    (error.item_sequence ? " " + std::to_string(*error.item_sequence) : ""));
    CHECK_FALSE(error.text.empty());
    CHECK_FALSE(error.path.empty());
  }
  return join(words, ", ");
}

Incoming first(std::size_t member) {
  auto read = read_incoming(requests()[member].bytes, false);
  REQUIRE(std::holds_alternative<Incoming>(read));
  return std::get<Incoming>(std::move(read));
}

Incoming renamed(Incoming incoming, const std::string& name) {
  incoming.canonical = name;
  incoming.request.claim_identifier = name;
  incoming.request.bundle_identifier = name + "-S1";
  incoming.request.content_digest = "content of " + name;
  return incoming;
}

Incoming update(const Incoming& former, const More& more) {
  Incoming next = next_version(former, more.name);
  const int sequence = former.request.lines.back().sequence + 1;
  next.request.lines.push_back(line_of(more, sequence));
  next.request.lines.back().change = "added";
  add_papers(next.request, more.add_on, "added");
  renumber(next);
  return next;
}

Incoming claim_for_case(const Incoming& former, const std::string& case_id, const More& more) {
  Incoming claim = renamed(former, more.name);
  claim.request.request_kind = "service-notification-extension";
  claim.request.lines = {line_of(more, 1)};
  claim.request.lines.back().administration_reference = case_id;
  claim.request.documents.clear();
  claim.request.questionnaires.clear();
  add_papers(claim.request, more.add_on, "");
  renumber(claim);
  return claim;
}

Incoming in_place(const Incoming& former, int sequence, const std::string& type, const model::DateSpan& period,
                  std::int64_t quarters) {
  Incoming next = next_version(former, "in-place");
  for (auto& line : next.request.lines) {
    if (line.sequence != sequence) continue;
    line.certification_type = type;
    line.period = period;
    line.quantity = period.days();
    line.weekly_hours = model::Hours{quarters};
    line.change = "changed";
  }
  add_papers(next.request, false, "added");
  return next;
}

Incoming withdrawal(const Incoming& former, const std::vector<int>& lines, const std::string& reason) {
  Incoming next = next_version(former, "withdrawal");
  next.request.cancels_all = lines.empty();
  for (auto& line : next.request.lines) {
    const bool named = std::find(lines.begin(), lines.end(), line.sequence) != lines.end();
    if (line.cancelled || (!next.request.cancels_all && !named)) continue;
    line.cancelled = true;
    line.certification_type = "3";
    line.change = "changed";
  }
  next.request.messages.push_back({reason, "added"});
  return next;
}

Incoming answer(const Incoming& former, const std::string& control_number) {
  Incoming next = next_version(former, "answer" + control_number);
  next.request.documents.push_back(document("Person-Centered Plan"));
  next.request.documents.back().change = "added";
  next.request.documents.back().control_number = control_number;
  return next;
}

Incoming termination(const std::string& today) {
  Incoming incoming = renamed(first(), "termination");
  fhir::ReceivedRequest& request = incoming.request;
  request.request_kind = "smi-termination";
  request.batch.clear();
  request.member_id = "99000010A";
  request.last = "Doe-Example";
  request.born = "1990-05-17";
  request.phone = "207-555-0177";
  request.location.clear();
  request.diagnoses = {"F20.0"};
  request.documents = {document("30-Day Written Notice")};
  request.questionnaires = {questionnaire("termination-request")};
  request.discharge_on = model::make_date(2026, 12, 24);
  fhir::ReceivedLine& line = request.lines.front();
  line.code = "H2015";
  line.program_code = "140";
  line.weekly_hours.reset();
  const auto day = model::parse_date(today).value();
  line.period = {day, day};
  line.quantity = 1;
  line.quantity_unit = "FL";
  return incoming;
}

fhir::ReceivedAttachments papers(const std::string& tracking_id, const std::string& case_id,
                                 const std::string& member_id) {
  fhir::ReceivedAttachments attachments;
  attachments.tracking_system = "https://payer.example/ns/acn";
  attachments.tracking_id = tracking_id;
  attachments.case_id = case_id;
  attachments.provider_npi = "2000000002";
  attachments.member_id_system = model::sandbox_profile().namespaces.member_id;
  attachments.member_id = member_id;
  attachments.documents = {document("Person-Centered Plan")};
  return attachments;
}

}  // namespace atz::sandbox::test
