// What every rule must say about itself.
#include <set>

#include "unit/rules/fixture.hpp"

namespace atz::rules {
namespace {

TEST_CASE("IDs and slugs are unique, and find leads back") {
  std::set<std::string_view> ids, slugs;
  std::string_view previous;
  for (const auto* rule : catalogue()) {
    CAPTURE(std::string(rule->id));
    CHECK(ids.insert(rule->id).second);
    CHECK(slugs.insert(rule->slug).second);
    CHECK(previous < rule->id);
    previous = rule->id;
    CHECK(rule->id.size() == 5);
    CHECK(rule->slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    CHECK(find(rule->id) == rule);
    CHECK(find(rule->slug) == rule);
  }
  CHECK(find("hs010") == find("Whole-House"));
  CHECK(find("XX001") == nullptr);
  CHECK(find("") == nullptr);
}

TEST_CASE("every rule explains itself") {
  for (const auto* rule : catalogue()) {
    CAPTURE(std::string(rule->id));
    CHECK_FALSE(rule->title.empty());
    CHECK(rule->title.back() != '.');
    CHECK(rule->why.size() > 40);
    CHECK(rule->why.back() == '.');
    CHECK_FALSE(rule->source.empty());
    CHECK_FALSE(rule->acts_in.empty());
    // What needs the ledger is checked where the ledger is read.
    const bool elsewhere = rule->acts_in != "check" && rule->acts_in != "plan and submit";
    CHECK_FALSE((elsewhere && rule->check != nullptr));
    if (rule->severity == diag::Severity::info) continue;
    CHECK_FALSE((rule->passes.text.empty() && rule->passes.config.empty()));
    CHECK_FALSE((rule->fails.text.empty() && rule->fails.config.empty()));
  }
}

TEST_CASE("whole families are there") {
  const auto count = [](std::string_view family) {
    std::size_t found = 0;
    for (const auto* rule : catalogue()) found += rule->id.substr(0, 2) == family ? 1 : 0;
    return found;
  };
  CHECK(count("GN") == 22);
  CHECK(count("ID") == 18);
  CHECK(count("HS") == 27);
  CHECK(count("SP") == 23);
  CHECK(count("QN") == 10);
  CHECK(count("AT") == 12);
  CHECK(count("CF") == 17);
  CHECK(count("EX") == 18);
  CHECK(count("MA") == 21);
  CHECK(count("ST") == 24);
}

}  // namespace
}  // namespace atz::rules
