#include "atz/rules/about.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "atz/base/text.hpp"

namespace atz::rules {
namespace {

std::string about(std::string_view path) {
  const auto* field = casefile::find_field(path);
  REQUIRE(field != nullptr);
  std::vector<std::string> ids;
  for (const auto* rule : rules_about(*field)) ids.emplace_back(rule->id);
  return join(ids, " ");
}

bool has(std::string_view path, std::string_view rule) {
  return about(path).find(rule) != std::string::npos;
}

TEST_CASE("every rule belongs to a family") {
  for (const auto* rule : catalogue()) {
    CAPTURE(std::string(rule->id));
    const auto all = families();
    CHECK(std::any_of(all.begin(), all.end(), [&](const auto& family) { return family.id == family_of(*rule); }));
  }
}

TEST_CASE("rules about a field come from who speaks for it and from what examples turn on") {
  CHECK(about("members[].plan.checked_on") == "GN001 HS016 HS017");
  CHECK(has("members[].services[].units", "HS007"));
  CHECK_FALSE(has("members[].services[].units", "HS008"));  // is in its example, but alike where it passes
  CHECK(has("members[].gender", "CF005"));
  CHECK(has("members[].gender", "CF006"));
  CHECK(has("home.roster", "HS010"));
  CHECK(has("members[].questionnaires", "HS014"));
  CHECK(has("members[].questionnaires.*", "QN004"));
  CHECK(has("staffing.shifts[].to", "SP002"));
  CHECK(has("members[].staffing.shifts[].to", "SP002"));
  CHECK(has("members[].plan", "HS017"));  // of one of its keys
  CHECK(about("members[].name.middle") == "");
}

TEST_CASE("rules about a setting are those that read it") {
  for (const auto& row : casefile::config_table()) {
    if (row.path != "settings.review-lead-days") continue;
    const auto rules = rules_about(row);
    REQUIRE(rules.size() == 1);
    CHECK(rules.front()->id == "HS003");
  }
}

TEST_CASE("the settings that rules name are there") {
  const auto rows = casefile::config_table();
  for (const auto* rule : catalogue()) {
    if (rule->setting.empty()) continue;
    CAPTURE(std::string(rule->id));
    const std::string path = "settings." + std::string(rule->setting);
    CHECK(std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.path == path; }));
  }
}

}  // namespace
}  // namespace atz::rules
