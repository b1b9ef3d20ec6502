#include "unit/sandbox/fixture.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "unit/model/maple_street.hpp"

namespace atz::sandbox::test {
namespace {

using atz::test::field;
using atz::test::word;

model::Address address(const std::string& line) {
  model::Address address;
  address.present = true;
  address.line = word(line);
  address.city = word("Testville");
  address.state = word("ME");
  address.zip = word("00000");
  return address;
}

model::Answer answer(const std::string& link, const std::string& value) {
  model::Answer answer;
  answer.link = link;
  answer.values = {word(value)};
  return answer;
}

model::Member member(const std::string& label, const std::string& id, const std::string& last, const std::string& first,
                     const std::string& born, std::int64_t quarters, const std::string& diagnosis) {
  model::Member member;
  member.label = word(label);
  member.id = word(id);
  member.name.present = true;
  member.name.last = word(last);
  member.name.first = word(first);
  member.born = field(*model::parse_date(born), born);
  member.gender = word("female");
  member.waiver = {word("section-21")};
  member.diagnoses = {word(diagnosis), word("F84.0")};
  const diag::Span somewhere{0, static_cast<std::uint32_t>(label.front()), 1, static_cast<std::uint32_t>(label.front()),
                             9};
  member.span = somewhere;
  member.id.span = somewhere;
  model::Service service;
  service.span = somewhere;
  service.code = word("T2016");
  service.code.span = somewhere;
  service.units = field(std::int64_t{365}, "365");
  service.weekly_hours = field(Rational(quarters, 4), "");
  member.services = {service};
  model::QuestionnaireAnswers answers;
  answers.name = "home-support";
  answers.status = word("completed");
  answers.answers = {answer("1", "new placement")};
  member.questionnaires = {answers};
  return member;
}

model::Tables tables() {
  model::Tables tables;
  tables.request_types = {{"service-notification", "Service Notification"}};
  tables.document_types = {{"staffing-pattern", "Staffing Pattern", "77", ""}};
  model::Questionnaire questionnaire;
  questionnaire.name = "home-support";
  questionnaire.version = "1";
  model::Question question;
  question.link = "1";
  question.text = "What kind of request is this?";
  question.type = model::AnswerType::choice;
  question.choices = {"new placement", "change", "continuation"};
  questionnaire.questions = {question};
  tables.questionnaires = {questionnaire};
  return tables;
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "atz-sandbox-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Instant at(std::string_view text) {
  return model::parse_instant(text).value.value();
}

seal::Vault vault(char key) {
  return seal::Vault(seal::Secret(std::string(32, key)));
}

std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::unique_ptr<Server> World::serve(const ServerOptions& options) {
  auto server = Server::start(services(), options);
  REQUIRE_MESSAGE(server.has_value(), (server ? "" : server.error().message));
  return std::move(*server);
}

std::unique_ptr<Desk> World::desk() {
  auto desk = Desk::open(services());
  REQUIRE_MESSAGE(desk.has_value(), (desk ? "" : desk.error().message));
  return std::move(*desk);
}

Result<DeskCase> approve(Desk& desk, const std::string& case_id, const std::string& note) {
  return desk.decide(case_id, {Verdict::approve, {}, {}, note});
}

Result<DeskCase> partially_approve(Desk& desk, const std::string& case_id, model::Hours hours,
                                   const std::string& note) {
  return desk.decide(case_id, {Verdict::partial, hours, {}, note});
}

Result<DeskCase> deny(Desk& desk, const std::string& case_id, const std::string& note) {
  return desk.decide(case_id, {Verdict::deny, {}, {}, note});
}

std::vector<std::string> said(const fhir::CaseReply& reply) {
  std::vector<std::string> texts;
  for (const auto& note : reply.notes) {
    if (!note.text.starts_with("Letter ")) texts.push_back(note.text);
  }
  return texts;
}

std::vector<std::string> letters_in(const fhir::CaseReply& reply) {
  std::vector<std::string> texts;
  for (const auto& note : reply.notes) {
    if (note.text.starts_with("Letter ")) texts.push_back(note.text);
  }
  return texts;
}

model::Home example_home() {
  model::Home home;
  home.request = field(model::RequestKind::service_notification, "service-notification");
  home.provider.present = true;
  home.provider.name = word("Pinecone Example Home Supports");
  home.provider.npi = word("2000000002");
  home.provider.fax = word("207-555-0100");
  home.provider.address = address("1 Agency Road");
  home.house.present = true;
  home.house.id = word("maple-street");
  home.house.name = word("Maple Street");
  home.house.location = word("2000000002-001");
  home.house.address = address("1 Example Way");
  home.house.roster = {word("A"), word("B"), word("C")};
  home.period.present = true;
  home.period.start = field(model::make_date(2027, 1, 4), "2027-01-04");
  home.period.end = field(model::make_date(2028, 1, 3), "2028-01-03");
  home.members = {member("A", "99000001A", "Sampleton", "Testa", "1988-02-29", 271, "F71"),
                  member("B", "99000002A", "Placeholder", "Fakename", "1979-06-01", 343, "F72"),
                  member("C", "99000003A", "Mockley", "Moxie", "1995-11-30", 386, "F73")};
  return home;
}

std::vector<fhir::MemberRequest> requests(const Change& change, const Batch& batch) {
  model::Home home = example_home();
  if (change) change(home);
  const model::Tables lists = tables();
  const model::Settings settings;
  const model::PayerProfile profile = model::sandbox_profile();
  std::vector<fhir::Attachment> attachments;
  if (batch.with_pattern) {
    attachments.push_back({"staffing-pattern", "pattern.pdf", "application/pdf", "%PDF-1.4 example"});
  }
  std::vector<fhir::MemberRequest> built;
  for (std::size_t i = 0; i < home.members.size(); ++i) {
    const fhir::SubmitInput input{
        home, i, lists, settings, profile, nullptr, attachments, batch.id, at("2026-12-07T10:05:00"), batch.attempt};
    built.push_back(fhir::build_submit(input));
  }
  return built;
}

std::string outer(fhir::OuterKind kind, const std::vector<fhir::MemberRequest>& members, const std::string& id) {
  std::vector<fhir::OuterEntry> entries;
  for (const auto& member : members) entries.push_back({"Claim/$submit", member.bytes});
  return fhir::build_outer(kind, id.empty() ? Batch{}.id : id, at("2026-12-07T10:05:00"), entries,
                           model::sandbox_profile());
}

std::string inquiry(const std::string& member_id, const std::string& case_id, const std::string& authorization,
                    const std::string& code, std::optional<model::DateSpan> period) {
  const model::PayerProfile profile = model::sandbox_profile();
  static int number = 0;
  const fhir::InquiryInput input{profile,
                                 "inquiry-" + std::to_string(++number),
                                 at("2026-12-08T08:00:00"),
                                 member_id,
                                 "Sampleton",
                                 "Testa",
                                 "1988-02-29",
                                 "female",
                                 "2000000002",
                                 "Pinecone Example Home Supports",
                                 case_id,
                                 authorization,
                                 code,
                                 {},
                                 period};
  return fhir::build_inquiry(input);
}

std::string outer_inquiry(const std::vector<std::string>& inquiries) {
  std::vector<fhir::OuterEntry> entries;
  for (const auto& inquiry : inquiries) entries.push_back({"Claim/$inquire", inquiry});
  return fhir::build_outer(fhir::OuterKind::batch, "inquiries-1", at("2026-12-08T08:00:00"), entries,
                           model::sandbox_profile());
}

std::string edited(const std::string& body, const std::function<void(nlohmann::ordered_json&)>& edit) {
  auto json = nlohmann::ordered_json::parse(body);
  edit(json);
  return json.dump();
}

httplib::Client anonymous(const Server& server) {
  httplib::Client http("127.0.0.1", server.port());
  http.set_tcp_nodelay(true);
  http.set_keep_alive(true);
  http.set_connection_timeout(300);
  http.set_read_timeout(300);
  http.set_write_timeout(300);
  return http;
}

Caller::Caller(const Server& server) : http(anonymous(server)), server_(server) {
  sign_in();
}

void Caller::sign_in() {
  const std::string credentials = server_.client_id() + ":" + std::string(server_.client_secret().reveal());
  const auto result = raw(
      "POST", "/fhir/token", "grant_type=client_credentials",
      {{"Authorization", "Basic " + seal::base64(credentials)}, {"Content-Type", "application/x-www-form-urlencoded"}});
  REQUIRE(result);
  REQUIRE(result->status == 200);
  token = nlohmann::json::parse(result->body).at("access_token").get<std::string>();
}

httplib::Result Caller::raw(const std::string& method, const std::string& path, const std::string& body,
                            httplib::Headers headers) {
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.headers = std::move(headers);
  request.body = body;
  return http.send(request);
}

httplib::Result Caller::post(const std::string& path, const std::string& body, const std::string& type) {
  return raw("POST", path, body, {{"Authorization", "Bearer " + token}, {"Content-Type", type}});
}

httplib::Result Caller::get(const std::string& path) {
  return raw("GET", path, "", {{"Authorization", "Bearer " + token}});
}

fhir::EntryReply Caller::submit(const std::string& body) {
  const auto result = post("/fhir/Claim/$submit", body);
  REQUIRE(result);
  auto reply = fhir::read_submit_reply(result->status, result->body, model::sandbox_profile());
  REQUIRE_MESSAGE(reply.has_value(), result->body);
  return *reply;
}

fhir::CaseReply Caller::open(const std::string& body) {
  const auto reply = submit(body);
  REQUIRE_MESSAGE(reply.reply, (reply.issues.empty() ? std::string("no issue") : reply.issues.front().text));
  return *reply.reply;
}

std::vector<fhir::EntryReply> Caller::send_all(fhir::OuterKind kind, const std::vector<fhir::MemberRequest>& members) {
  const auto result = post("/fhir", outer(kind, members));
  REQUIRE(result);
  REQUIRE_MESSAGE(result->status == 200, result->body);
  auto replies = fhir::read_outer_reply(result->body, members.size(), model::sandbox_profile());
  REQUIRE_MESSAGE(replies.has_value(), result->body);
  return *replies;
}

std::vector<fhir::CaseReply> Caller::ask(const std::string& body) {
  const auto result = post("/fhir/Claim/$inquire", body);
  REQUIRE(result);
  REQUIRE_MESSAGE(result->status == 200, result->body);
  auto reply = fhir::read_inquiry_reply(result->body, model::sandbox_profile());
  REQUIRE_MESSAGE(reply.has_value(), result->body);
  return reply->cases;
}

nlohmann::json json_of(const httplib::Result& result) {
  REQUIRE(result);
  auto json = nlohmann::json::parse(result->body, nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  return json;
}

std::vector<fhir::Issue> issues_of(const httplib::Result& result) {
  REQUIRE(result);
  auto issues = fhir::read_outcome(result->body);
  REQUIRE_MESSAGE(!issues.empty(), result->body);
  return issues;
}

bool is_fhir(const httplib::Result& result) {
  return result && result->get_header_value("Content-Type").starts_with("application/fhir+json");
}

}  // namespace atz::sandbox::test
