#include <doctest/doctest.h>

#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

std::string digest(const SubmitInput& input) {
  return std::get<ReceivedRequest>(read_submit(build_submit(input).bytes, false)).content_digest;
}

}  // namespace

TEST_CASE("asked again under other numbers and at another time, the content is the same") {
  const Fixture fixture;
  const auto input = fixture.input();
  auto again = fixture.input();
  again.batch_id = "maple-street-20261208-zzzzz";
  again.attempt = 3;
  again.created += std::chrono::hours(30);
  CHECK(digest(again) == digest(input));
}

TEST_CASE("any change of content changes the digest") {
  const Fixture fixture;
  const auto original = digest(fixture.input());
  CHECK(digest(fixture.input(1)) != original);
  const auto changed = [&](auto change) {
    Fixture other;
    change(other);
    return digest(other.input()) != original;
  };
  CHECK(changed([](Fixture& f) { f.home.members[0].services[0].weekly_hours = field(Rational{68}); }));
  CHECK(changed([](Fixture& f) { f.home.members[0].id = field("99000009A"); }));
  CHECK(changed([](Fixture& f) { f.home.members[0].diagnoses.pop_back(); }));
  CHECK(changed([](Fixture& f) { f.home.house.name = field("Oak Street"); }));
  CHECK(changed([](Fixture& f) { f.attachments[0].bytes += "!"; }));
  CHECK(changed([](Fixture& f) { f.home.members[0].questionnaires[0].answers[3].values = {field("Other words.")}; }));
}

TEST_CASE("a stored request comes back as it was") {
  const Fixture fixture;
  const auto request = fixture.received(1);
  const auto stored = to_json(request);
  const auto back = received_request_from_json(stored);
  REQUIRE(back.has_value());
  CHECK(to_json(*back) == stored);
  CHECK(back->lines[0].period == request.lines[0].period);
  CHECK(back->lines[0].weekly_hours == request.lines[0].weekly_hours);
  CHECK(back->patient_json == request.patient_json);
  CHECK(back->questionnaires.size() == 3);
  CHECK(received_request_from_json("{}").error().failure == Failure::state);
  CHECK(received_request_from_json("{").error().failure == Failure::state);
  CHECK(received_request_from_json(replaced(stored, "\"is_update\":false", "\"is_update\":\"no\"")).error().failure ==
        Failure::state);
}
