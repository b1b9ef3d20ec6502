// Withdrawals and answers; and that a case stays in order through any chain of them.
#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

#include "atz/seal/seal.hpp"
#include "fhir/json.hpp"
#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;
using model::make_date;

namespace {

const std::string kCase = "900000101";

struct Case {
  Fixture fixture;
  std::string body = fixture.bytes();
  std::string authorization;

  [[nodiscard]] PriorRequest prior() const { return {kCase, authorization, body}; }
  [[nodiscard]] std::string cancel(std::vector<int> lines, const std::string& number = "X1") const {
    const auto before = prior();
    return build_cancel({fixture.profile, before, std::move(lines), "Sent twice", "cancel-" + number,
                         "cancel-" + number + "-S1", fixture.created + std::chrono::hours(24)});
  }
};

model::InformationRequest question() {
  model::InformationRequest out;
  out.control_number = "ACN-55021";
  out.kind_code = "08";
  out.code = "18776-5";
  out.line = 1;
  return out;
}

struct Answer {
  Case of;
  model::InformationRequest asked = question();
  std::vector<Attachment> files{{"person-centered-plan", "plan-2.pdf", "application/pdf", "%PDF-1.4\nplan 2"},
                                {"unheard-of", "photo.jpg", "image/jpeg", "\xFF\xD8 jpeg"}};
  std::vector<AnsweredQuestionnaire> forms{
      {"home-support", "1", {{"2", "How many?", {"67.75"}}, {"6", "Where?", {"natural support", "none"}}}}};
  std::string note = "The plan was signed on 1 December.";

  [[nodiscard]] AnswerInput input(const PriorRequest& prior, bool solicited = true) const {
    return {of.fixture.profile,
            of.fixture.tables,
            prior,
            solicited ? &asked : nullptr,
            files,
            forms,
            note,
            "answer-1",
            "answer-1-S1",
            of.fixture.created + std::chrono::hours(30)};
  }
};

void check_documents(const std::vector<ReceivedDocument>& got, const Answer& answer, const std::string& number) {
  REQUIRE(got.size() >= answer.files.size());
  for (std::size_t i = 0; i < answer.files.size(); ++i) {
    CHECK(got[i].title == answer.files[i].title);
    CHECK(got[i].media_type == answer.files[i].media_type);
    CHECK(got[i].bytes == answer.files[i].bytes.size());
    CHECK(got[i].sha256 == seal::sha256_hex(answer.files[i].bytes));
    CHECK(got[i].control_number == number);
  }
}

void check_form(const ReceivedQuestionnaire& form) {
  CHECK(form.canonical == "https://atz.invalid/Questionnaire/home-support|1");
  REQUIRE(form.answers.size() == 3);
  CHECK(form.answers[0].link == "2");
  CHECK(form.answers[0].text == "How many?");
  CHECK(form.answers[0].value == "67.75");
  CHECK(form.answers[2].value == "none");
}

}  // namespace

TEST_CASE("a whole request is withdrawn") {
  const Case x;
  const auto got = strictly(x.cancel({}));
  CHECK(got.is_update);
  CHECK(got.cancels_all);
  CHECK(got.related_case == kCase);
  CHECK(got.claim_identifier == "cancel-X1");
  CHECK(got.bundle_identifier == "cancel-X1-S1");
  CHECK(got.prior_identifier == x.fixture.received().claim_identifier);
  REQUIRE(got.lines.size() == 1);
  CHECK(got.lines[0].cancelled);
  CHECK(got.lines[0].certification_type == "3");
  CHECK(got.lines[0].change == "changed");
  CHECK(got.lines[0].administration_reference == kCase);
  CHECK(got.messages.back().text == "Request withdrawn, case 900000101. Sent twice");
  CHECK(got.messages.back().change == "added");
  CHECK(got.patient_url == x.fixture.received().patient_url);
}

TEST_CASE("only some lines are withdrawn, and stay so") {
  Case x;
  Extension later;
  x.body = later.sent(x.body).bytes;
  const auto cancelled = x.cancel({2});
  const auto got = strictly(cancelled);
  CHECK_FALSE(got.cancels_all);
  REQUIRE(got.lines.size() == 2);
  CHECK_FALSE(got.lines[0].cancelled);
  CHECK(got.lines[0].change.empty());
  CHECK(got.lines[1].cancelled);
  CHECK(got.lines[1].certification_type == "3");
  CHECK(got.messages.back().text == "Withdrawn, line 2, case 900000101. Sent twice");

  x.body = cancelled;
  const auto again = strictly(x.cancel({}, "X2"));
  CHECK(again.cancels_all);
  CHECK(again.lines[0].change == "changed");
  CHECK(again.lines[1].cancelled);
  CHECK(again.lines[1].change.empty());  // said before

  later.batch = "maple-street-20280101-aaaaa";
  const auto more = strictly(later.sent(cancelled).bytes);
  REQUIRE(more.lines.size() == 3);
  CHECK(more.lines[1].cancelled);
  CHECK(more.lines[1].change.empty());
  CHECK(more.lines[2].sequence == 3);
}

TEST_CASE("an urgent request is withdrawn as an urgent one") {
  Case x;
  x.fixture.home.priority.expedited = field(true);
  x.body = x.fixture.bytes();
  const auto got = strictly(x.cancel({}));
  CHECK(got.cancels_all);
  CHECK(got.level_of_service == "U");
}

TEST_CASE("an answer as an update touches no line") {
  const Answer answer;
  const auto prior = answer.of.prior();
  const auto got = strictly(build_answer_update(answer.input(prior)));
  for (const auto& line : got.lines) CHECK(line.change.empty());
  const auto before = answer.of.fixture.received();
  CHECK(got.messages.back().text == answer.note);
  CHECK(got.messages.back().change == "added");
  const std::vector<ReceivedDocument> added(got.documents.begin() + static_cast<long>(before.documents.size()),
                                            got.documents.end());
  REQUIRE(added.size() == 2);
  check_documents(added, answer, "ACN-55021");
  for (const auto& document : added) CHECK(document.change == "added");
  CHECK(added[0].report_type == "08");
  CHECK(added[1].report_type == "08");  // of no known kind: of the kind that was asked for
  REQUIRE(got.questionnaires.size() == before.questionnaires.size() + 1);
  check_form(got.questionnaires.back());
  CHECK(got.questionnaires.back().change == "added");

  const auto unasked = strictly(build_answer_update(answer.input(prior, false)));
  CHECK(unasked.documents.back().control_number.find("answer-1-D") == 0);
  CHECK(unasked.documents.back().report_type == "OZ");
}

TEST_CASE("an answer by attachment") {
  const Answer answer;
  const auto prior = answer.of.prior();
  const auto read = read_attachments(build_attachments(answer.input(prior)));
  if (const auto* fault = std::get_if<Fault>(&read)) FAIL(write_outcome(fault->issues));
  const auto& got = std::get<ReceivedAttachments>(read);
  CHECK(got.tracking_id == "ACN-55021");
  CHECK(got.case_id == kCase);
  CHECK(got.provider_npi == "2000000002");
  CHECK(got.member_id == "99000001A");
  CHECK(got.member_id_system == answer.of.fixture.profile.namespaces.member_id);
  CHECK(got.final);
  REQUIRE(got.documents.size() == 3);
  check_documents(got.documents, answer, "ACN-55021");
  CHECK(got.documents[2].media_type == "text/plain");
  CHECK(got.documents[2].sha256 == seal::sha256_hex(answer.note));
  REQUIRE(got.questionnaires.size() == 1);
  check_form(got.questionnaires[0]);

  const auto unasked = std::get<ReceivedAttachments>(read_attachments(build_attachments(answer.input(prior, false))));
  CHECK(unasked.tracking_id == "answer-1");
  CHECK(unasked.tracking_system == "urn:trnorg:9000012345");
}

TEST_CASE("a request that can't be read can't be followed up") {
  Answer answer;
  for (const char* body : {"", "{}", "<html>", R"({"resourceType":"Bundle","entry":[]})"}) {
    const PriorRequest prior{kCase, "", body};
    CHECK_THROWS(static_cast<void>(build_answer_update(answer.input(prior))));
    CHECK_THROWS(static_cast<void>(build_attachments(answer.input(prior))));
    CHECK_FALSE(strictly(Extension().sent(body).bytes).is_update);
  }
}

TEST_CASE("a payer of an older version gets no documentInformation") {
  Answer answer;
  answer.of.fixture.profile.pas_version = "2.0.1";
  const auto prior = answer.of.prior();
  const std::string old = answer.of.fixture.bytes();
  const PriorRequest older{kCase, "", old};
  CHECK(build_answer_update(answer.input(older)).find("documentInformation") == std::string::npos);
  CHECK(build_answer_update(answer.input(prior)).find("documentInformation") != std::string::npos);
}

namespace {

std::map<int, std::string> contents(const Json& claim, const char* list) {
  std::map<int, std::string> out;
  for (const auto& entry : claim.at(list)) {
    const int sequence = entry.at("sequence").get<int>();
    CHECK(out.count(sequence) == 0);
    Json plain = entry;
    plain.erase("extension");
    plain.erase("modifierExtension");
    out[sequence] = to_bytes(plain);
  }
  return out;
}

}  // namespace

TEST_CASE("any chain of updates, withdrawals and answers keeps the case in order") {
  std::mt19937 random(20270104);
  const auto pick = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  for (int round = 0; round < 25; ++round) {
    Case x;
    const bool in_place = pick(3) == 0;
    std::map<int, std::string> items = contents((*parse_json(x.body)).at("entry").at(0).at("resource"), "item");
    auto infos = contents((*parse_json(x.body)).at("entry").at(0).at("resource"), "supportingInfo");
    std::set<std::string> seen{strictly(x.body).claim_identifier};
    const int steps = 1 + pick(3);
    for (int step = 0; step < steps; ++step) {
      const std::string number = std::to_string(round) + "-" + std::to_string(step);
      const auto last = strictly(x.body);
      const int kind = pick(4);
      bool line_changed = false;
      std::string next;
      if (kind <= 1) {
        Extension later(kind == 0 ? model::ExtensionReason::continuation : model::ExtensionReason::add_on);
        later.batch = "batch-" + number;
        later.authorization_number = pick(1) == 0 ? "" : "PA" + number;
        later.profile.update_style = in_place ? model::UpdateStyle::in_place : model::UpdateStyle::add_line;
        const int days = 366 * (step + 1);
        later.home.period.start = field(make_date(2028, 1, 4) + std::chrono::days(days));
        later.home.period.end = field(make_date(2028, 1, 4) + std::chrono::days(days + 364));
        later.home.members[0].services[0].units = field(std::int64_t{365});
        const auto request = later.sent(x.body);
        next = request.bytes;
        line_changed = in_place;
        REQUIRE(request.lines.size() == 1);
        const auto got = strictly(next);
        const auto& line = got.lines.at(static_cast<std::size_t>(request.lines[0].sequence) - 1);
        CHECK(line.sequence == request.lines[0].sequence);
        CHECK(line.trace == request.lines[0].trace);
        CHECK_FALSE(line.change.empty());
      } else if (kind == 2) {
        next = x.cancel({1 + pick(static_cast<int>(last.lines.size()) - 1)}, number);
      } else if (kind == 3) {
        next = x.cancel({}, number);
      } else {
        Answer answer;
        const auto prior = x.prior();
        auto input = answer.input(prior);
        input.claim_identifier = "answer-" + number;
        next = build_answer_update(input);
      }
      const auto got = strictly(next);  // every reference resolves, one prior, no grandparent, marks as they must be
      CHECK(got.is_update);
      CHECK(got.prior_identifier == last.claim_identifier);
      CHECK(seen.insert(got.claim_identifier).second);
      CHECK(got.lines.size() >= last.lines.size());
      for (std::size_t i = 0; i < last.lines.size(); ++i) {
        CHECK(got.lines[i].sequence == last.lines[i].sequence);
        if (last.lines[i].cancelled) CHECK(got.lines[i].cancelled);
      }
      const Json bundle = *parse_json(next);
      int claims = 0;
      for (const auto& entry : bundle.at("entry")) claims += entry.at("resource").at("resourceType") == "Claim" ? 1 : 0;
      CHECK(claims == 2);
      const Json claim = bundle.at("entry").at(0).at("resource");
      const auto items_now = contents(claim, "item");
      const auto infos_now = contents(claim, "supportingInfo");
      for (const auto& [sequence, content] : items) {
        REQUIRE(items_now.count(sequence) == 1);
        if (!line_changed) CHECK(items_now.at(sequence) == content);
      }
      for (const auto& [sequence, content] : infos) {
        REQUIRE(infos_now.count(sequence) == 1);
        CHECK(infos_now.at(sequence) == content);
      }
      // The version before is in the bundle as it was sent.
      const std::string before = to_bytes((*parse_json(x.body)).at("entry").at(0).at("resource"));
      CHECK(next.find(before) != std::string::npos);
      items = items_now;
      infos = infos_now;
      x.body = next;
    }
  }
}
