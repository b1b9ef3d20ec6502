#include "unit/fhir/fixture.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

namespace atz::fhir::test {
namespace {

using model::make_date;

model::Address address(const char* line, unsigned at) {
  model::Address out;
  out.present = true;
  out.span = {0, at, 1, at, 9};
  out.line = field(line, at);
  out.city = field("Testville", at);
  out.state = field("ME", at);
  out.zip = field("00000", at);
  return out;
}

model::Period period(unsigned line) {
  model::Period out;
  out.present = true;
  out.span = {0, line, 1, line, 9};
  out.start = field(make_date(2027, 1, 4), line);
  out.end = field(make_date(2028, 1, 3), line);
  return out;
}

model::LetterRecipient recipient(const char* name, unsigned line) {
  model::LetterRecipient out;
  out.present = true;
  out.span = {0, line, 1, line, 9};
  out.name = field(name, line);
  out.address = address("PO Box 0", line);
  return out;
}

model::Answer answer(const char* link, std::vector<const char*> values, unsigned line) {
  model::Answer out;
  out.link = link;
  out.key_span = {0, line, 1, line, 9};
  for (const auto* value : values) out.values.push_back(field(value, line));
  out.is_list = values.size() > 1;
  return out;
}

model::Member member(const char* label, const char* id, const char* last, const char* first, model::Date born,
                     Rational hours, unsigned line) {
  model::Member out;
  out.span = {0, line, 1, line, 9};
  out.label = field(label, line);
  out.id = field(id, line + 1);
  out.name.present = true;
  out.name.span = {0, line + 2, 1, line + 2, 9};
  out.name.last = field(last, line + 2);
  out.name.first = field(first, line + 2);
  out.born = field(born, line + 3);
  out.gender = field("female", line + 4);
  out.waiver = {field("section-21", line + 5)};
  out.case_manager = recipient("C. Manager Example", line + 6);
  out.diagnoses = {field("F71", line + 7), field("F84.0", line + 7)};
  out.diagnoses_span = {0, line + 7, 1, line + 7, 9};
  model::Service service;
  service.span = {0, line + 8, 1, line + 8, 9};
  service.code = field("T2016", line + 8);
  service.units = field(std::int64_t{365}, line + 8);
  service.weekly_hours = field(hours, line + 8);
  out.services = {service};
  out.plan.present = true;
  out.plan.span = {0, line + 9, 1, line + 9, 9};
  out.plan.system = field("EIS", line + 9);
  out.plan.location = address("1 Example Way", line + 9);
  out.plan.weekly_hours = field(hours, line + 9);
  out.plan.checked_on = field(make_date(2026, 12, 1), line + 9);
  out.plan.reviewed_on = field(make_date(2026, 6, 15), line + 9);
  model::QuestionnaireAnswers answers;
  answers.name = "home-support";
  answers.span = {0, line + 10, 1, line + 10, 9};
  answers.answers = {
      answer("9", {"2026-12-01"}, line + 15),  answer("2", {"67.750"}, line + 12),
      answer("3", {"Awake staff"}, line + 13), answer("3.1.1", {"Needs help at night."}, line + 13),
      answer("4.1.1", {"5"}, line + 14),       answer("6", {"community support", "natural support"}, line + 14),
      answer("7", {"no"}, line + 14)};
  out.questionnaires = {answers};
  return out;
}

model::Question question(const char* link, const char* text, model::AnswerType type,
                         std::vector<std::string> choices = {}) {
  model::Question out;
  out.link = link;
  out.text = text;
  out.type = type;
  out.choices = std::move(choices);
  return out;
}

model::Questionnaire home_support() {
  using model::AnswerType;
  model::Questionnaire out;
  out.name = "home-support";
  out.version = "1";
  out.title = "Home Support";
  out.questions = {
      question("2", "How many weekly support hours are requested?", AnswerType::decimal),
      question("3", "What staff is there overnight?", AnswerType::choice, {"awake staff", "asleep staff", "none"}),
      question("3.1.1", "Why is awake staff needed?", AnswerType::text),
      question("4", "Is 1:1 support needed?", AnswerType::choice, {"Yes", "No"}),
      question("4.1.1", "How many hours of 1:1 support a week?", AnswerType::decimal),
      question("6", "Where is the member routinely?", AnswerType::multi,
               {"community support", "natural support", "none"}),
      question("7", "Can the member be alone at home?", AnswerType::boolean),
      question("9", "When was the plan checked?", AnswerType::date)};
  out.questions[2].when = {{model::Condition::Op::equals, "3", "awake staff"}};
  out.questions[4].when = {{model::Condition::Op::equals, "4", "Yes"}};
  return out;
}

template <class Block>
Block block(const char* days, const char* from, const char* to, unsigned line) {
  Block out;
  out.span = {0, line, 1, line, 9};
  out.days = field(*model::parse_weekdays(days), line);
  out.from = field(*model::parse_time_of_day(from), line);
  out.to = field(*model::parse_time_of_day(to), line);
  return out;
}

model::Shift shift(const char* staff, const char* days, const char* from, const char* to,
                   const char* one_to_one = nullptr) {
  auto out = block<model::Shift>(days, from, to, 90);
  out.staff = field(staff, 90);
  if (one_to_one != nullptr) out.one_to_one = field(one_to_one, 90);
  return out;
}

model::Out out_block(const char* who, const char* days, const char* from, const char* to, const char* kind) {
  auto out = block<model::Out>(days, from, to, 95);
  out.member = field(who, 95);
  out.kind = field(kind, 95);
  return out;
}

model::StaffingPattern pattern() {
  model::StaffingPattern out;
  out.present = true;
  out.span = {0, 88, 1, 88, 9};
  out.effective = field(make_date(2027, 1, 4), 89);
  out.shifts = {shift("N", "daily", "22:00", "06:00"),    shift("D1", "mon-fri", "06:00", "15:00"),
                shift("D2", "mon-fri", "06:00", "09:00"), shift("E1", "mon-fri", "15:00", "22:00"),
                shift("E2", "mon-fri", "15:00", "17:00"), shift("E2", "mon-fri", "17:00", "19:00", "C"),
                shift("E2", "mon-fri", "19:00", "22:00"), shift("D1", "sat,sun", "06:00", "14:00"),
                shift("D2", "sat,sun", "06:00", "14:00"), shift("E1", "sat,sun", "14:00", "22:00"),
                shift("E2", "sat,sun", "14:00", "17:00"), shift("E2", "sat,sun", "17:00", "19:00", "C"),
                shift("E2", "sat,sun", "19:00", "22:00")};
  out.out = {out_block("A", "mon-fri", "09:00", "15:00", "community-support"),
             out_block("A", "sun", "12:00", "17:00", "natural-support"),
             out_block("B", "mon,wed,fri", "09:00", "13:00", "work-support"),
             out_block("C", "tue,thu", "10:00", "14:00", "community-support")};
  out.out[0].code = field("T2021", 95);
  return out;
}

}  // namespace

Fixture::Fixture()
    : created(std::chrono::sys_days(std::chrono::year{2026} / 12 / 7) + std::chrono::hours(15) +
              std::chrono::minutes(5)) {
  home.request = field(model::RequestKind::service_notification, 2);
  home.provider.present = true;
  home.provider.span = {0, 4, 1, 4, 9};
  home.provider.name = field("Pinecone Example Home Supports", 5);
  home.provider.npi = field("2000000002", 6);
  home.provider.phone = field("207-555-0101", 7);
  home.provider.fax = field("207-555-0100", 8);
  home.provider.address = address("1 Agency Road", 9);
  home.house.present = true;
  home.house.span = {0, 10, 1, 10, 9};
  home.house.id = field("maple-street", 11);
  home.house.name = field("Maple Street", 12);
  home.house.location = field("2000000002-001", 13);
  home.house.address = address("1 Example Way", 14);
  home.house.roster = {field("A", 15), field("B", 15), field("C", 15)};
  home.period = period(16);
  home.members = {member("A", "99000001A", "Sampleton", "Testa", make_date(1988, 2, 29), {271, 4}, 20),
                  member("B", "99000002A", "Placeholder", "Fakename", make_date(1979, 6, 1), {343, 4}, 40),
                  member("C", "99000003A", "Mockley", "Moxie", make_date(1995, 11, 30), {193, 2}, 60)};
  home.members[0].guardian.present = home.members[0].guardian.none = true;
  home.members[1].guardian = recipient("G. Guardian Example", 46);
  home.staffing = pattern();
  home.attest.present = true;
  home.attest.precertification = field(true, 99);
  home.attest.by = field("A. Sample User", 99);
  home.attest.on = field(make_date(2026, 12, 7), 99);

  tables.questionnaires = {home_support()};
  tables.request_types = {{"service-notification", "Service Notification"}};
  tables.document_types = {{"staffing-pattern", "Staffing Pattern", "77", ""},
                           {"person-centered-plan", "Person-Centered Plan", "08", "18776-5"}};
  tables.procedures = {{"T2016", {}, "Home Support", "day", "section-21", "test"}};
  tables.service_types = {{"", "Home Support Agency", "section-21"}, {"140", "Community Support", "section-17"}};

  const std::vector<std::string> roster = {"A", "B", "C"};
  const std::vector<std::vector<model::WeekSpan>> alone(3);
  week = model::compute_week(home.staffing, roster, alone, {});
  attachments = {{"staffing-pattern", "staffing-pattern.pdf", "application/pdf", "%PDF-1.4\nweek"},
                 {"person-centered-plan", "plan-a.pdf", "application/pdf", "%PDF-1.4\nplan"}};
}

SubmitInput Fixture::input(std::size_t index) const {
  return SubmitInput{home,    index, tables, settings, profile, &week, attachments, "maple-street-20261207-k3m9q",
                     created, 1};
}

ReceivedRequest Fixture::received(std::size_t index) const {
  auto result = read_submit(bytes(index), false);
  if (auto* fault = std::get_if<Fault>(&result)) FAIL(write_outcome(fault->issues));
  return std::get<ReceivedRequest>(std::move(result));
}

InquiryInput Fixture::inquiry() const {
  return InquiryInput{profile,           "maple-street-20261209-I7",
                      created,           "99000001A",
                      "Sampleton",       "Testa",
                      "1988-02-29",      "female",
                      "2000000002",      "Pinecone Example Home Supports",
                      "900000101",       "",
                      "T2016",           {},
                      home.period.days()};
}

AnsweredCase Fixture::answer(const ReceivedRequest& request, const std::string& action) const {
  AnsweredCase out;
  out.case_id = "900000101";
  out.created = created + std::chrono::seconds(2);
  for (const auto& line : request.lines) {
    AnsweredLine answered;
    answered.sequence = line.sequence;
    answered.trace_system = line.trace_system;
    answered.trace = line.trace;
    answered.code_system = line.code_system;
    answered.code = line.code;
    answered.action = action;
    answered.requested = line.period;
    if (action[0] == 'A' && (action == "A1" || action == "A2" || action == "A6")) {
      answered.authorization_number = "PA7700451";
      answered.authorized = line.period;
      answered.issued = make_date(2026, 12, 10);
      answered.quantity = line.quantity;
      answered.quantity_unit = line.quantity_unit;
    }
    out.lines.push_back(std::move(answered));
  }
  return out;
}

Extension::Extension(model::ExtensionReason reason) {
  home.request = field(model::RequestKind::service_notification_extension, 2);
  home.period.start = field(make_date(2028, 1, 4), 16);
  home.period.end = field(make_date(2029, 1, 3), 16);
  tables.request_types.push_back({"service-notification-extension", "Service Notification Extension"});
  tables.request_types.push_back({"smi-termination", "SMI Termination"});
  created += std::chrono::days(373);
  auto& member = home.members[0];
  member.case_id = field("900000101", 21);
  member.current_end = field(make_date(2028, 1, 3), 21);
  member.reason = field(reason, 21);
  member.services[0].units = field(std::int64_t{366}, 28);
  if (reason == model::ExtensionReason::add_on) {
    member.services[0].modifiers = {field("SC", 28)};
    member.services[0].weekly_hours = field(Rational(21, 2), 28);
  }
  if (reason == model::ExtensionReason::change) member.because = field("new seizure risk", 21);
  attachments = {{"staffing-pattern", "staffing-pattern-2.pdf", "application/pdf", "%PDF-1.4\nnew week"}};
}

MemberRequest Extension::sent(const std::string& prior) const {
  const PriorRequest before{"900000101", authorization_number, prior};
  return build_submit({home, 0, tables, settings, profile, &week, attachments, batch, created, 1, &before});
}

Termination::Termination() : notice{{"30-day-notice", "notice-0001.pdf", "application/pdf", "%PDF-1.4\nnotice"}} {
  home.request = field(model::RequestKind::smi_termination, 2);
  home.house = {};
  home.staffing = {};
  home.period = {};
  home.provider.name = field("Lantern Example Community Services", 5);
  home.provider.npi = field("2000000028", 6);
  tables.request_types.push_back({"smi-termination", "SMI Termination"});
  auto& member = home.members[0];
  member.services[0].code = field("H2015", 28);
  member.services[0].units = field(std::int64_t{1}, 28);
  member.services[0].weekly_hours = {};
  member.services[0].date = field("submission", 28);
  member.phone = field("207-555-0177", 22);
  member.service_type = field("140", 23);
  member.plan = {};
  member.questionnaires.clear();
  member.diagnoses = {field("F20.0", 27)};
  member.notice.present = true;
  member.notice.given_on = field(make_date(2026, 11, 24), 30);
  member.termination.present = true;
  member.termination.action = field("terminate", 31);
  member.termination.last_day = field(make_date(2026, 12, 24), 31);
  model::settle_submission_dates(home, make_date(2026, 12, 1));
}

SubmitInput Termination::input() const {
  return {home, 0, tables, settings, profile, nullptr, notice, "lantern-20261201-smi01", created, 1};
}

ReceivedRequest strictly(const std::string& bytes) {
  auto result = read_submit(bytes, false);
  if (auto* fault = std::get_if<Fault>(&result)) FAIL(write_outcome(fault->issues));
  return std::get<ReceivedRequest>(std::move(result));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  REQUIRE_MESSAGE(text.find(from, at + 1) == std::string::npos, from);
  return text.replace(at, from.size(), to);
}

void dump(const std::string& name, const std::string& bytes) {
  const char* folder = std::getenv("ATZ_DUMP_DIR");
  if (folder == nullptr) return;
  std::ofstream out(std::string(folder) + "/" + name + ".json", std::ios::binary);
  out << bytes;
  REQUIRE(out.good());
}

}  // namespace atz::fhir::test
