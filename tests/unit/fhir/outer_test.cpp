#include <doctest/doctest.h>

#include "fhir/json.hpp"
#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

TEST_CASE("a transaction carries each member's message byte by byte") {
  const Fixture fixture;
  const std::vector<std::string> bodies = {fixture.bytes(0), fixture.bytes(1), fixture.bytes(2)};
  std::vector<OuterEntry> entries;
  for (const auto& body : bodies) entries.push_back({"Claim/$submit", body});
  for (const bool transaction : {true, false}) {
    const auto kind = transaction ? OuterKind::transaction : OuterKind::batch;
    const auto bytes = build_outer(kind, "batch-1", fixture.created, entries, fixture.profile);
    CHECK(bytes == build_outer(kind, "batch-1", fixture.created, entries, fixture.profile));
    for (const auto& body : bodies) CHECK(bytes.find(body) != std::string::npos);
    const auto read = read_outer(bytes);
    REQUIRE(std::holds_alternative<ReceivedOuter>(read));
    const auto& outer = std::get<ReceivedOuter>(read);
    CHECK(outer.transaction == transaction);
    CHECK(outer.identifier == "batch-1");
    CHECK(outer.identifier_system == fixture.profile.namespaces.home_batch);
    REQUIRE(outer.entries.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(outer.entries[i].method == "POST");
      CHECK(outer.entries[i].url == "Claim/$submit");
      CHECK(outer.entries[i].body == bodies[i]);
    }
  }
}

TEST_CASE("an outer bundle without calls, or of another type, is refused") {
  const auto refused = [](const std::string& body) { return std::holds_alternative<Fault>(read_outer(body)); };
  CHECK(refused("{"));
  CHECK(refused(R"({"resourceType":"Patient"})"));
  CHECK(refused(R"({"resourceType":"Bundle","type":"collection","entry":[]})"));
  CHECK(refused(R"({"resourceType":"Bundle","type":"batch"})"));
  CHECK(refused(R"({"resourceType":"Bundle","type":"batch","entry":[{"resource":{}}]})"));
  CHECK_FALSE(
      refused(R"({"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"metadata"}}]})"));
}

TEST_CASE("outer replies are read entry by entry") {
  const Fixture fixture;
  const auto request = fixture.received();
  const auto good = write_submit_reply(request, fixture.answer(request, "A4"), fixture.profile);
  const auto bad =
      write_outcome({{"error", "required", "Something is missing.", "", {"Bundle.entry[1].resource.birthDate"}, {}}});
  const auto bytes = write_outer_reply(false, {{200, good}, {422, bad}}, fixture.created);
  const auto read = read_outer_reply(bytes, 2, fixture.profile);
  REQUIRE(read.has_value());
  CHECK(read->at(0).http_status == 200);
  REQUIRE(read->at(0).reply.has_value());
  CHECK(read->at(0).reply->case_id == "900000101");
  CHECK(read->at(1).http_status == 422);
  CHECK_FALSE(read->at(1).reply.has_value());
  REQUIRE(read->at(1).issues.size() == 1);
  CHECK(read->at(1).issues[0].text == "Something is missing.");
  CHECK_FALSE(read_outer_reply(bytes, 3, fixture.profile).has_value());
  CHECK_FALSE(read_outer_reply(bytes, 1, fixture.profile).has_value());
  CHECK_FALSE(read_outer_reply(good, 1, fixture.profile).has_value());
}

TEST_CASE("the status of an entry is three digits and perhaps words; anything else is none") {
  const Fixture fixture;
  const auto refusal = write_outcome({{"error", "invalid", "No.", "", {}, {}}});
  const auto bytes = write_outer_reply(false, {{422, refusal}}, fixture.created);
  const auto status_of = [&](const std::string& status) {
    const auto at = bytes.find("\"422");
    return read_outer_reply(bytes.substr(0, at + 1) + status + bytes.substr(bytes.find('"', at + 1)), 1,
                            fixture.profile)
        ->at(0)
        .http_status;
  };
  CHECK(status_of("422") == 422);
  CHECK(status_of("422 Unprocessable Entity") == 422);
  for (const char* none : {"", "42", "4220", "4294967496", "-42", " 422", "four"}) CHECK(status_of(none) / 100 == 0);
}
