#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {
namespace {

using fhir::OuterKind;

Change bad_second_member() {
  return [](model::Home& home) { home.members[1].services[0].code.value = "T2017"; };
}

std::vector<fhir::EntryReply> entries_of(const httplib::Result& result, std::size_t expected) {
  REQUIRE(result);
  REQUIRE_MESSAGE(result->status == 200, result->body);
  auto replies = fhir::read_outer_reply(result->body, expected, model::sandbox_profile());
  REQUIRE(replies.has_value());
  return *replies;
}

}  // namespace

TEST_CASE("a transaction takes the whole home, with or without a slash") {
  for (const char* path : {"/fhir", "/fhir/"}) {
    World world;
    const auto server = world.serve();
    Caller caller(*server);
    const auto members = requests();
    const auto replies = entries_of(caller.post(path, outer(OuterKind::transaction, members)), 3);
    for (std::size_t i = 0; i < 3; ++i) {
      REQUIRE(replies[i].reply);
      CHECK(replies[i].reply->case_id == std::to_string(900000101 + i));
      CHECK(replies[i].reply->status == model::CaseStatus::in_review);
      CHECK(replies[i].reply->claim_identifier == members[i].claim_identifier);
    }
    CHECK(world.desk()->find("maple-street")->size() == 3);
  }
}

TEST_CASE("one bad member refuses the transaction, and nothing is stored") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto members = requests(bad_second_member());
  const auto refused = caller.post("/fhir", outer(OuterKind::transaction, members));
  REQUIRE(refused);
  CHECK(refused->status == 422);
  CHECK(is_fhir(refused));
  const auto issues = issues_of(refused);
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].code == "business-rule");
  CHECK(issues[0].expressions ==
        std::vector<std::string>{"Bundle.entry[1].resource.entry[0].resource.item[0].productOrService"});
  CHECK(issues[0].codings == std::vector<std::string>{"https://codesystem.x12.org/005010/901|AG",
                                                      "https://codesystem.x12.org/005010/889|C"});
  const auto place = fhir::locate(issues[0].expressions[0], members, true);
  REQUIRE(place);
  CHECK(place->member == 1);
  CHECK(world.desk()->list()->empty());
  CHECK(caller.ask(inquiry("99000001A", "", "", "T2016")).empty());
  CHECK(json_of(caller.get("/fhir/Patient?identifier=99000001A")).value("total", -1) == 0);
  // Corrected, under the same identifiers: nothing stands in the way, and no number was used up.
  const auto replies = entries_of(caller.post("/fhir", outer(OuterKind::transaction, requests())), 3);
  CHECK(replies[0].reply->case_id == "900000101");
}

TEST_CASE("a refused transaction names the faults of all members, profile faults too") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  auto members = requests([](model::Home& home) {
    home.members[0].services[0].code.value = "T2017";
    for (model::Member& member : home.members) member.questionnaires.clear();
  });
  members[2].bytes = edited(members[2].bytes, [](auto& bundle) { bundle["entry"][0]["resource"].erase("created"); });
  const auto refused = caller.post("/fhir", outer(OuterKind::transaction, members));
  REQUIRE(refused);
  CHECK(refused->status == 422);
  int by_entry[3] = {0, 0, 0};
  for (const auto& issue : issues_of(refused)) {
    REQUIRE(issue.expressions.size() >= 1);
    for (int i = 0; i < 3; ++i) {
      if (issue.expressions[0].starts_with("Bundle.entry[" + std::to_string(i) + "].resource")) ++by_entry[i];
    }
  }
  CHECK(by_entry[0] >= 2);
  CHECK(by_entry[1] >= 1);
  CHECK(by_entry[2] >= 1);
  CHECK(world.desk()->list()->empty());
}

TEST_CASE("the same member twice in a transaction is a duplicate") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  auto members = requests();
  Batch other;
  other.id = "maple-street-20261207-zzzzz";
  members[1] = requests({}, other)[0];
  const auto refused = caller.post("/fhir", outer(OuterKind::transaction, members));
  REQUIRE(refused);
  CHECK(refused->status == 422);
  CHECK(issues_of(refused)[0].codings[0] == "https://codesystem.x12.org/005010/901|91");
  CHECK(world.desk()->list()->empty());
}

TEST_CASE("a transaction is replayed by its identifier and bytes") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto body = outer(OuterKind::transaction, requests());
  const auto first = caller.post("/fhir", body);
  REQUIRE(first);
  world.clock.sleep_for(std::chrono::seconds(90));
  const auto again = caller.post("/fhir", body);
  REQUIRE(again);
  CHECK(again->status == 200);
  CHECK(again->body == first->body);
  const auto changed = caller.post("/fhir", edited(body, [](auto& bundle) { bundle["entry"].erase(2); }));
  REQUIRE(changed);
  CHECK(changed->status == 409);
  CHECK(issues_of(changed)[0].code == "duplicate");
  CHECK(world.desk()->list()->size() == 3);
}

TEST_CASE("a member that was sent is known in every mode") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto members = requests();
  const auto alone = caller.post("/fhir/Claim/$submit", members[1].bytes);
  REQUIRE(alone);
  const auto batch = entries_of(caller.post("/fhir", outer(OuterKind::batch, {members[1], members[2]})), 2);
  CHECK(batch[0].reply->case_id == "900000101");
  CHECK(batch[1].reply->case_id == "900000102");
  const auto whole = entries_of(caller.post("/fhir", outer(OuterKind::transaction, members)), 3);
  CHECK(whole[0].reply->case_id == "900000103");
  CHECK(whole[1].reply->case_id == "900000101");
  CHECK(whole[2].reply->case_id == "900000102");
  CHECK(caller.post("/fhir/Claim/$submit", members[1].bytes)->body == alone->body);
  CHECK(world.desk()->list()->size() == 3);
}

TEST_CASE("a transaction that reuses a member's identifiers for something else is a conflict") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  REQUIRE(caller.submit(requests()[0].bytes).reply);
  const auto other = requests([](model::Home& home) { home.members[0].diagnoses.pop_back(); });
  const auto refused = caller.post("/fhir", outer(OuterKind::transaction, other));
  REQUIRE(refused);
  CHECK(refused->status == 409);
  CHECK(issues_of(refused)[0].expressions[0].starts_with("Bundle.entry[0].resource"));
  CHECK(world.desk()->list()->size() == 1);
}

TEST_CASE("a batch takes each entry by itself") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  auto members = requests(bad_second_member());
  members[2].bytes = edited(members[2].bytes, [](auto& bundle) { bundle["entry"][0]["resource"].erase("created"); });
  const auto replies = entries_of(caller.post("/fhir", outer(OuterKind::batch, members)), 3);
  CHECK(replies[0].reply->case_id == "900000101");
  CHECK(replies[1].http_status == 200);
  CHECK(replies[1].reply->refused);
  CHECK(replies[2].http_status == 422);
  CHECK_FALSE(replies[2].issues.empty());
  CHECK(world.desk()->list()->size() == 1);
}

TEST_CASE("only the two operations can be called in a bundle") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  const auto with = [](OuterKind kind, const char* method, const char* url) {
    return edited(outer(kind, requests()), [&](auto& bundle) {
      bundle["entry"][1]["request"]["method"] = method;
      bundle["entry"][1]["request"]["url"] = url;
    });
  };
  const auto batch = entries_of(caller.post("/fhir", with(OuterKind::batch, "POST", "Patient")), 3);
  CHECK(batch[0].reply);
  CHECK(batch[1].http_status == 404);
  CHECK(batch[2].reply);
  CHECK(world.desk()->list()->size() == 2);
  for (const char* url : {"Patient", "/Claim/$submit", "Claim/$Submit", "Claim"}) {
    const auto refused = caller.post("/fhir", with(OuterKind::transaction, "POST", url));
    REQUIRE(refused);
    CHECK((refused->status == 422 || refused->status == 400));
    CHECK(issues_of(refused)[0].code == "not-supported");
  }
  const auto refused = caller.post("/fhir", with(OuterKind::transaction, "PUT", "Claim/$submit"));
  REQUIRE(refused);
  CHECK((refused->status == 422 || refused->status == 400));
}

TEST_CASE("what is not offered is refused as not supported") {
  World world;
  ServerOptions options;
  options.offers_transaction = false;
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto refused = caller.post("/fhir", outer(OuterKind::transaction, requests()));
  REQUIRE(refused);
  CHECK(refused->status == 400);
  CHECK(issues_of(refused)[0].code == "not-supported");
  CHECK(world.desk()->list()->empty());
  CHECK(caller.post("/fhir", outer(OuterKind::batch, requests()))->status == 200);
}

TEST_CASE("requests to end a service and requests for service never share a bundle") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  auto members = requests();
  members[1].bytes = edited(members[1].bytes, [](auto& bundle) {
    bundle["entry"][0]["resource"]["subType"]["coding"][0]["code"] = "smi-termination";
  });
  const auto refused = caller.post("/fhir", outer(OuterKind::transaction, members));
  REQUIRE(refused);
  CHECK(refused->status == 422);
  const auto issues = issues_of(refused);
  CHECK(std::any_of(issues.begin(), issues.end(), [](const fhir::Issue& issue) {
    return issue.text.find("never sent in one bundle") != std::string::npos;
  }));
  CHECK(world.desk()->list()->empty());
}

}  // namespace atz::sandbox::test
