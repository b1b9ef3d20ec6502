#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

const std::string kSubmit = "/fhir/Claim/$submit";

std::string refusal_codes(const fhir::EntryReply& reply) {
  REQUIRE(reply.http_status == 200);
  REQUIRE(reply.reply);
  CHECK(reply.reply->refused);
  CHECK(reply.reply->case_id.empty());
  std::string codes;
  for (const auto& error : reply.reply->errors) codes += error.reject_code + "/" + error.followup_code + " ";
  return codes;
}

}  // namespace

TEST_CASE("a good request becomes a case in review") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto request = requests().front();
  const auto reply = caller.submit(request.bytes);
  REQUIRE(reply.reply);
  CHECK(reply.reply->case_id == "900000101");
  CHECK(reply.reply->status == model::CaseStatus::in_review);
  CHECK(reply.reply->claim_identifier == request.claim_identifier);
  CHECK(reply.reply->patient_member_id == "99000001A");
  CHECK(reply.reply->bundle_identifier == request.bundle_identifier);
  REQUIRE(reply.reply->lines.size() == 1);
  CHECK(reply.reply->lines[0].action == model::ReviewAction::pended);
  CHECK(reply.reply->lines[0].authorization_number.empty());
  CHECK(reply.reply->pre_auth_ref.empty());
  const auto cases = world.desk()->list().value();
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].case_id == "900000101");
  CHECK(cases[0].home_id == "maple-street");
  CHECK(cases[0].label == "A");
  CHECK(cases[0].batch == "maple-street-20261207-k3m9q");
  CHECK(cases[0].requested == model::Hours{271});
  CHECK(cases[0].code == "T2016");
  CHECK_FALSE(cases[0].approved);
}

TEST_CASE("the Case ID stands in both places of the answer") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto json = json_of(caller.post(kSubmit, requests().front().bytes));
  const auto& response = json["entry"][0]["resource"];
  CHECK(response["resourceType"] == "ClaimResponse");
  CHECK(response["identifier"].dump().find("900000101") != std::string::npos);
  CHECK(response["item"][0]["extension"].dump().find("900000101") != std::string::npos);
}

TEST_CASE("the same bytes again give the same bytes, also after a restart, and no second case") {
  World world;
  const auto body = requests().front().bytes;
  std::string answer;
  {
    const auto server = world.serve();
    Caller caller(*server);
    answer = caller.post(kSubmit, body)->body;
    world.clock.sleep_for(std::chrono::hours(1));
    caller.sign_in();
    CHECK(caller.post(kSubmit, body)->body == answer);
  }
  const auto server = world.serve();
  Caller caller(*server);
  CHECK(caller.post(kSubmit, body)->body == answer);
  CHECK(world.desk()->list()->size() == 1);
}

TEST_CASE("strict: an identifier never stands for something else") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto body = requests().front().bytes;
  REQUIRE(caller.submit(body).reply);
  // The same Bundle.identifier, other bytes.
  const auto changed =
      caller.post(kSubmit, edited(body, [](auto& bundle) { bundle["timestamp"] = "2026-12-07T10:06:00-05:00"; }));
  REQUIRE(changed);
  CHECK(changed->status == 409);
  CHECK(issues_of(changed).front().code == "duplicate");
  // Another Bundle.identifier, the same Claim.identifier and content: the case that is there.
  const auto again = caller.submit(edited(body, [](auto& bundle) { bundle["identifier"]["value"] = "again-S2"; }));
  REQUIRE(again.reply);
  CHECK(again.reply->case_id == "900000101");
  CHECK(again.reply->bundle_identifier == "again-S2");
  // And with other content.
  const auto other = requests([](model::Home& home) { home.members[0].diagnoses.pop_back(); }).front().bytes;
  const auto conflict =
      caller.post(kSubmit, edited(other, [](auto& bundle) { bundle["identifier"]["value"] = "again-S3"; }));
  REQUIRE(conflict);
  CHECK(conflict->status == 409);
  CHECK(issues_of(conflict).front().code == "conflict");
  CHECK(world.desk()->list()->size() == 1);
}

TEST_CASE("tolerant: other bytes under a known identifier are a new request") {
  World world;
  ServerOptions options;
  options.tolerant = true;
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto body = requests().front().bytes;
  CHECK(caller.open(body).case_id == "900000101");
  CHECK(caller.open(body).case_id == "900000101");
  const auto changed = edited(body, [](auto& bundle) { bundle["timestamp"] = "2026-12-07T10:06:00-05:00"; });
  CHECK(caller.open(changed).case_id == "900000102");
}

TEST_CASE("tolerant: old dates, foreign payers and unknown codes are reviewed too") {
  World world;
  ServerOptions options;
  options.tolerant = true;
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto body = requests([](model::Home& home) {
                      home.members[0].services[0].code.value = "T2017";
                      home.provider.npi.value = "1111111111";
                    })
                        .front()
                        .bytes;
  world.clock.set(at("2029-01-01"));
  caller.sign_in();
  CHECK(caller.open(body).case_id == "900000101");
}

TEST_CASE("what a payer would refuse opens no case and says why") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto codes = [&](const Change& change, const Batch& batch = {}) {
    return refusal_codes(caller.submit(requests(change, batch).front().bytes));
  };
  // Here the reader may object first: then it is 422.
  const auto refused = [&](const Change& change) {
    const auto reply = caller.submit(requests(change).front().bytes);
    return reply.http_status == 422 ? !reply.issues.empty() : !refusal_codes(reply).empty();
  };
  CHECK(codes([](auto& home) { home.members[0].id.value = "9900001A"; }) == "72/C ");
  CHECK(refused([](auto& home) { home.provider.npi.value = "2000000003"; }));
  CHECK(codes([](auto& home) { home.members[0].services[0].code.value = "T2017"; }) == "AG/C ");
  CHECK(refused([](auto& home) { home.members[0].services[0].units.value = 364; }));
  CHECK(refused([](auto& home) { home.members[0].services[0].units.value = 366; }));
  CHECK(codes([](auto& home) { home.members[0].questionnaires.clear(); }) == "15/C ");
  Batch bare;
  bare.with_pattern = false;
  CHECK(codes({}, bare) == "15/C ");
  world.clock.set(at("2027-01-05"));
  caller.sign_in();
  CHECK(codes({}) == "57/C ");
  CHECK(world.desk()->list()->empty());
}

TEST_CASE("error paths point into the sender's bundle") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto built = requests([](auto& home) { home.members[0].id.value = "9900001A"; });
  const auto reply = caller.submit(built.front().bytes);
  REQUIRE(reply.reply->errors.size() == 1);
  const auto place = fhir::locate(reply.reply->errors[0].path, std::span(built).first(1), false);
  REQUIRE(place);
  REQUIRE(place->origin != nullptr);
  CHECK(place->origin->label.find("ID") != std::string::npos);
}

TEST_CASE("a case that covers the same days is a duplicate, until it is denied") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  REQUIRE_FALSE(caller.open(requests().front().bytes).refused);
  Batch second;
  second.id = "maple-street-20261207-zzzzz";
  const auto overlapping = requests({}, second).front().bytes;
  CHECK(refusal_codes(caller.submit(overlapping)) == "91/N ");
  const auto later = requests(
      [](model::Home& home) {
        home.period.start.value = model::make_date(2028, 1, 4);
        home.period.end.value = model::make_date(2028, 1, 31);
        home.members[0].services[0].units.value = 28;
      },
      second);
  world.clock.set(at("2027-12-20"));
  caller.sign_in();
  CHECK(caller.open(later.front().bytes).case_id == "900000102");
  world.clock.set(at("2027-12-21"));
  caller.sign_in();
  REQUIRE(deny(*world.desk(), "900000102", "not needed").has_value());
  Batch third = second;
  third.id = "maple-street-20271221-yyyyy";
  const auto again = requests(
      [](model::Home& home) {
        home.period.start.value = model::make_date(2028, 1, 4);
        home.period.end.value = model::make_date(2028, 1, 31);
        home.members[0].services[0].units.value = 28;
      },
      third);
  CHECK(caller.open(again.front().bytes).case_id == "900000103");
}

TEST_CASE("a member is known by what was said first") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  REQUIRE_FALSE(caller.open(requests().front().bytes).refused);
  const auto later = [](model::Home& home) {
    home.period.start.value = model::make_date(2028, 1, 4);
    home.period.end.value = model::make_date(2028, 1, 31);
    home.members[0].services[0].units.value = 28;
  };
  world.clock.set(at("2027-12-20"));
  caller.sign_in();
  Batch batch;
  batch.id = "maple-street-20271220-zzzzz";
  CHECK(refusal_codes(caller.submit(requests(
                                        [&](model::Home& home) {
                                          later(home);
                                          home.members[0].born.value = model::make_date(1988, 3, 1);
                                        },
                                        batch)
                                        .front()
                                        .bytes)) == "71/C ");
  CHECK(refusal_codes(caller.submit(requests(
                                        [&](model::Home& home) {
                                          later(home);
                                          home.members[0].name.last.value = "Otherton";
                                        },
                                        batch)
                                        .front()
                                        .bytes)) == "65/C ");
  CHECK_FALSE(caller
                  .submit(requests(
                              [&](model::Home& home) {
                                later(home);
                                home.members[0].name.last.value = "SAMPLETON";
                              },
                              batch)
                              .front()
                              .bytes)
                  .reply->refused);
}

TEST_CASE("with a members file, nobody else is known") {
  World world;
  const std::string csv = world.folder.path() + "/members.csv";
  REQUIRE(
      world.files->write_atomic(csv, "id,last,first,born,gender\n99000001A,Sampleton,Testa,1988-02-29,female\n", 0600));
  ServerOptions options;
  options.members_file = csv;
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto built = requests();
  CHECK(caller.open(built[0].bytes).case_id == "900000101");
  CHECK(refusal_codes(caller.submit(built[1].bytes)) == "75/C ");
  REQUIRE(world.files->write_atomic(csv, "id,last,born\n99000002A,Placeholder,1979-06-01\n", 0600));
  const auto renewed = world.serve(options);
  Caller other(*renewed);
  CHECK_FALSE(other.open(built[1].bytes).refused);
  Batch late;
  late.id = "maple-street-20261207-zzzzz";
  CHECK(refusal_codes(other.submit(requests({}, late)[0].bytes)) == "75/C 91/N ");
}

TEST_CASE("a members file that can't be read keeps the server from starting") {
  World world;
  ServerOptions options;
  options.members_file = world.folder.path() + "/none.csv";
  CHECK_FALSE(Server::start(world.services(), options).has_value());
}

}  // namespace atz::sandbox::test
