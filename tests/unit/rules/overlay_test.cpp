#include "unit/rules/overlay.hpp"

#include <doctest/doctest.h>

namespace atz::rules::testing {
namespace {

TEST_CASE("an overlay merges mappings, takes keys away, and finds members by label") {
  const std::string below =
      "name: old\n"
      "place: {line: 1 Way, city: Town}\n"
      "codes: [a, b]\n"
      "members:\n"
      "  - label: A\n"
      "    born: 1988-02-29\n"
      "    plan: {hours: 1, day: 2}\n"
      "  - label: B\n";
  CHECK(laid_over(below, "name: new\nplace: {city:}\ncodes: [c]\nmore: x\n") ==
        "\"name\": \"new\"\n"
        "\"place\": {\"line\": \"1 Way\"}\n"
        "\"codes\": [\"c\"]\n"
        "\"members\":\n"
        "  -\n"
        "    \"label\": \"A\"\n"
        "    \"born\": \"1988-02-29\"\n"
        "    \"plan\": {\"hours\": \"1\", \"day\": \"2\"}\n"
        "  - {\"label\": \"B\"}\n"
        "\"more\": \"x\"\n");
  CHECK(laid_over("members: [{label: A}, {label: B}]", "members: [{label: B}]") ==
        "\"members\": [{\"label\": \"A\"}]\n");
  CHECK(laid_over("members: [{label: A, x: 1}, {label: B, x: 2}]", "members: [{label: B, x: 3}, {label: C}]") ==
        "\"members\":\n"
        "  - {\"label\": \"A\", \"x\": \"1\"}\n"
        "  -\n"
        "    \"label\": \"B\"\n"
        "    \"x\": \"3\"\n"
        "  - {\"label\": \"C\"}\n");
}

TEST_CASE("what is written reads as the same tree") {
  const auto again = casefile::parse(laid_over("a: 'it''s \"so\"'\nb: |\n  two\n  lines\n", "c: \"\\\\\""), 0);
  REQUIRE(again.problems.empty());
  CHECK(again.root->find("a")->text == "it's \"so\"");
  CHECK(again.root->find("b")->text == "two\nlines\n");
  CHECK(again.root->find("c")->text == "\\");
}

}  // namespace
}  // namespace atz::rules::testing
