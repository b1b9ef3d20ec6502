#include "atz/fhir/sent_people.hpp"

#include <doctest/doctest.h>

using atz::fhir::read_sent_people;

TEST_CASE("what is no request is refused, and what is missing stays empty") {
  CHECK_FALSE(read_sent_people("").has_value());
  CHECK_FALSE(read_sent_people("<html>").has_value());
  CHECK_FALSE(read_sent_people(R"({"resourceType":"Patient"})").has_value());
  const auto people = read_sent_people(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Claim"}}]})");
  REQUIRE(people);
  CHECK(people->member.id.empty());
  CHECK(people->contacts.empty());
  CHECK(people->provider.address.empty());
}
