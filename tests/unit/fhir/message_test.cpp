#include <doctest/doctest.h>

#include "atz/base/text.hpp"
#include "unit/fhir/fixture.hpp"

using namespace atz;
using namespace atz::fhir;
using namespace atz::fhir::test;

namespace {

std::vector<std::string> messages(const ReceivedRequest& request) {
  std::vector<std::string> texts;
  for (const auto& message : request.messages) texts.push_back(message.text);
  return texts;
}

std::vector<std::string> messages(const Fixture& fixture) {
  return messages(fixture.received());
}

}  // namespace

TEST_CASE("the message says what has no field of its own") {
  CHECK(messages(Fixture()) ==
        std::vector<std::string>{
            "Service Notification. Outpatient, Maine ASO. T2016, weekly support hours 67.75, 2027-01-04 to 2028-01-03. "
            "Precertification attested by A. Sample User on 2026-12-07."});
}

TEST_CASE("the message of a termination says why it hurries, and that nothing is left to end") {
  Termination fixture;
  const auto said = [&] { return messages(strictly(build_submit(fixture.input()).bytes)).at(0); };
  auto& termination = fixture.home.members[0].termination;
  CHECK(said().find("Imminent harm") == std::string::npos);
  termination.imminent_harm = field(true);
  termination.imminent_harm_reason = field(std::string("threats with a plain example"));
  termination.services_already_ended = field(true);
  const auto text = said();
  CHECK_MESSAGE(text.find("Imminent harm, threats with a plain example.") != std::string::npos, text);
  CHECK_MESSAGE(text.find("Services have already ended.") != std::string::npos, text);
}

TEST_CASE("X12's delimiters and control characters become blanks") {
  Fixture fixture;
  fixture.home.type = field("Out~patient*A:B^C|D\nE\tF");
  CHECK(messages(fixture).at(0).find("Out patient A B C D E F, Maine ASO.") != std::string::npos);
}

TEST_CASE("ratios and times stay readable without X12's colon") {
  Fixture fixture;
  fixture.home.type = field("support 1:1 from 19:00, note: x");
  CHECK(messages(fixture).at(0).find("support 1-1 from 19.00, note  x") != std::string::npos);
}

TEST_CASE("no message is longer than 264 characters, and nothing is lost") {
  Fixture fixture;
  fixture.home.priority.expedited = field(true);
  for (const std::size_t words : {1U, 20U, 31U, 32U, 33U, 60U, 200U}) {
    std::string reason;
    for (std::size_t i = 0; i < words; ++i) reason += "needs" + std::to_string(i) + " ";
    fixture.home.priority.reason = field(reason.c_str());
    std::string all;
    for (const auto& message : messages(fixture)) {
      CHECK(count_characters(message) <= 264);
      all += message + " ";
    }
    for (std::size_t i = 0; i < words; ++i) CHECK(all.find("needs" + std::to_string(i)) != std::string::npos);
    CHECK(all.find("Precertification attested by") != std::string::npos);
  }
}

TEST_CASE("a word without a blank is cut between characters, at exactly 264") {
  Fixture fixture;
  std::string word;
  for (int i = 0; i < 300; ++i) word += "\xc3\xa9";
  fixture.home.type = field(word.c_str());
  const auto lines = messages(fixture);
  REQUIRE(lines.size() >= 3);
  CHECK(count_characters(lines[1]) == 264);
  for (const auto& line : lines) CHECK_FALSE(first_invalid_utf8(line).has_value());
}
