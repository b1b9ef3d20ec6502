#include "atz/app/explain.hpp"

#include <doctest/doctest.h>

#include <string>

namespace atz::app {
namespace {

std::string paths(std::string_view word) {
  const auto found = explain(word);
  REQUIRE(found);
  std::string all;
  for (const auto* field : found->fields) all += (all.empty() ? "" : " ") + std::string(field->path);
  return all;
}

TEST_CASE("a rule is found by ID or slug, a family by its letters") {
  for (const char* word : {"HS001", "hs001", "not-too-early", "Not-Too-Early"}) {
    const auto found = explain(word);
    REQUIRE(found);
    REQUIRE(found->rules.size() == 1);
    CHECK(found->rules.front()->id == "HS001");
    CHECK_FALSE(found->family);
  }
  const auto family = explain("sp");
  REQUIRE(family);
  CHECK(family->family);
  CHECK(family->rules.size() == 23);
}

TEST_CASE("a field is found by its path, or by the end of it") {
  for (const char* word : {"members[].plan.checked_on", "members[2].plan.checked_on", "members.plan.checked_on",
                           "plan.checked_on", "checked_on", "Checked-On"})
    CHECK(paths(word) == "members[].plan.checked_on");
  CHECK(paths("units") == "members[].services[].units");
  CHECK(paths("review-lead-days") == "settings.review-lead-days");
  CHECK(paths("settings.review_lead_days") == "settings.review-lead-days");
  CHECK(paths("period") == "period");
  CHECK(explain("period")->also.size() == 2);
  CHECK(paths("shifts") == "staffing.shifts");  // a member's own pattern has the same keys
}

TEST_CASE("other words get a suggestion") {
  const auto rule = explain("not-to-early");
  REQUIRE_FALSE(rule);
  CHECK(rule.error().failure == Failure::usage);
  CHECK(rule.error().help == "Did you mean not-too-early?");
  CHECK(explain("chekced_on").error().help == "Did you mean checked_on?");
  CHECK_FALSE(explain(""));
  CHECK_FALSE(explain("something else entirely"));
}

TEST_CASE("keys of a group are those directly below it") {
  const auto found = explain("priority");
  REQUIRE(found);
  CHECK(keys_of(*found->fields.front()).size() == 3);
  CHECK(keys_of(*explain("members")->fields.front()).size() > 30);
  CHECK(keys_of(*explain("units")->fields.front()).empty());
}

}  // namespace
}  // namespace atz::app
