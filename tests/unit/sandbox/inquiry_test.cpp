#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {

using fhir::OuterKind;

TEST_CASE("a case is found by its ID, its authorization number, or member, code and days") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(OuterKind::transaction, requests());
  REQUIRE(approve(*world.desk(), "900000101", "").has_value());

  const auto by_id = caller.ask(inquiry("99000001A", "900000101"));
  REQUIRE(by_id.size() == 1);
  CHECK(by_id[0].case_id == "900000101");
  CHECK(by_id[0].status == model::CaseStatus::approved);
  CHECK(by_id[0].claim_identifier == "maple-street-20261207-k3m9q-A");
  REQUIRE(by_id[0].lines.size() == 1);
  const std::string number = by_id[0].lines[0].authorization_number;
  CHECK(number == "PA7700451");

  const auto by_number = caller.ask(inquiry("99000001A", "", number));
  REQUIRE(by_number.size() == 1);
  CHECK(by_number[0].case_id == "900000101");

  const auto days = [](int year, unsigned month, unsigned day) {
    const auto date = model::make_date(year, month, day);
    return model::DateSpan{date, date};
  };
  CHECK(caller.ask(inquiry("99000001A", "", "", "T2016", days(2027, 1, 4))).size() == 1);
  CHECK(caller.ask(inquiry("99000001A", "", "", "T2016", days(2028, 1, 3))).size() == 1);
  CHECK(caller.ask(inquiry("99000001A", "", "", "T2016", days(2027, 1, 3))).empty());
  CHECK(caller.ask(inquiry("99000001A", "", "", "T2016", days(2028, 1, 4))).empty());
  CHECK(caller.ask(inquiry("99000001A", "", "", "H2015", days(2027, 1, 4))).empty());
  CHECK(caller.ask(inquiry("99000001A", "", "", "T2016")).size() == 1);
}

TEST_CASE("a number alone is not enough: the member must fit") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(OuterKind::transaction, requests());
  CHECK(caller.ask(inquiry("99000002A", "900000101")).empty());
  CHECK(caller.ask(inquiry("99000001A", "900000999")).empty());
  CHECK(caller.ask(inquiry("99000001A", "", "PA1")).empty());
}

TEST_CASE("one client does not see another one's cases") {
  World world;
  ServerOptions first;
  first.client_id = "agency-one";
  ServerOptions second;
  second.client_id = "agency-two";
  const auto one = world.serve(first);
  const auto two = world.serve(second);
  Caller mine(*one);
  Caller theirs(*two);
  mine.send_all(OuterKind::transaction, requests());
  CHECK(mine.ask(inquiry("99000001A", "900000101")).size() == 1);
  CHECK(theirs.ask(inquiry("99000001A", "900000101")).empty());
  CHECK(theirs.ask(inquiry("99000001A", "", "", "T2016")).empty());
  // The same identifiers of another client are another message.
  const auto replies = theirs.send_all(OuterKind::transaction, requests());
  CHECK(replies[0].reply->case_id == "900000104");
}

TEST_CASE("many inquiries in one batch are answered in order") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(OuterKind::transaction, requests());
  std::vector<std::string> inquiries;
  for (int i = 0; i < 60; ++i) {
    inquiries.push_back(inquiry(i % 3 == 0   ? "99000001A"
                                : i % 3 == 1 ? "99000002A"
                                             : "99000009A",
                                i % 3 == 0 ? "900000101" : "900000102"));
  }
  const auto result = caller.post("/fhir", outer_inquiry(inquiries));
  REQUIRE(result);
  const auto replies = fhir::read_outer_inquiry_reply(result->body, inquiries.size(), model::sandbox_profile());
  REQUIRE_MESSAGE(replies.has_value(), result->body);
  for (std::size_t i = 0; i < replies->size(); ++i) {
    const auto& cases = replies->at(i).cases;
    if (i % 3 == 2) {
      CHECK(cases.empty());
    } else {
      REQUIRE(cases.size() == 1);
      CHECK(cases[0].case_id == (i % 3 == 0 ? "900000101" : "900000102"));
    }
  }
}

TEST_CASE("members are found by ID, or by last name and birth date together") {
  World world;
  const auto server = world.serve();
  Caller caller(*server);
  caller.send_all(OuterKind::transaction, requests());
  const auto total = [&](const std::string& query) {
    const auto result = caller.get("/fhir/Patient?" + query);
    CHECK(is_fhir(result));
    const auto json = json_of(result);
    CHECK(json["type"] == "searchset");
    return json.value("total", -1);
  };
  CHECK(total("identifier=99000001A") == 1);
  CHECK(total("identifier=https%3A%2F%2Fpayer.example%2Fns%2Fmember-id%7C99000001A") == 1);
  CHECK(total("identifier=urn%3Aother%7C99000001A") == 0);
  CHECK(total("identifier=99000009A") == 0);
  CHECK(total("family=sampleton&birthdate=1988-02-29") == 1);
  CHECK(total("family=Sampleton&given=Te&birthdate=1988-02-29") == 1);
  CHECK(total("family=Sampleton&given=No&birthdate=1988-02-29") == 0);
  CHECK(total("family=Sampleton&birthdate=1988-03-01") == 0);
  CHECK(total("identifier=99000001A&family=Mockley") == 0);
  for (const char* query :
       {"family=Sampleton", "birthdate=1988-02-29", "", "family=Sampleton&given=Testa", "family=&birthdate=1988-02-29",
        "family=Sampleton&birthdate=1988", "name=Sampleton", "identifier=1&identifier=2", "identifier=%zz"}) {
    const auto refused = caller.get("/fhir/Patient?" + std::string(query));
    REQUIRE(refused);
    CHECK_MESSAGE(refused->status == 400, query);
    CHECK_FALSE(issues_of(refused).empty());
  }
  const auto posted = caller.post("/fhir/Patient/_search", "identifier=99000002A", "application/x-www-form-urlencoded");
  const auto patient = json_of(posted)["entry"][0]["resource"];
  CHECK(patient["resourceType"] == "Patient");
  CHECK(patient["birthDate"] == "1979-06-01");
  CHECK(patient["id"].get<std::string>().size() == 32);
}

TEST_CASE("members of a file are found before they were ever sent") {
  World world;
  const std::string csv = world.folder.path() + "/members.csv";
  REQUIRE(
      world.files->write_atomic(csv, "id,last,first,born,gender\n99000001A,Sampleton,Testa,1988-02-29,female\n", 0600));
  ServerOptions options;
  options.members_file = csv;
  const auto server = world.serve(options);
  Caller caller(*server);
  const auto patient = json_of(caller.get("/fhir/Patient?identifier=99000001A"))["entry"][0]["resource"];
  CHECK(patient["name"][0]["family"] == "Sampleton");
  CHECK(patient["identifier"][0]["value"] == "99000001A");
  CHECK(patient["gender"] == "female");
}

}  // namespace atz::sandbox::test
