#include "app/documents.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "atz/rules/rule.hpp"

using namespace atz;

namespace {

std::string example() {
  std::ifstream file(std::string(ATZ_SOURCE_DIR) + "/examples/maple-street.yaml");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string attest = "attest: {";
  text.insert(text.find(attest),
              "documents:\n"
              "  - {file: plan-a.pdf, type: person-centered-plan, member: A}\n"
              "  - {file: week.pdf, type: staffing-pattern}\n");
  return text;
}

struct World {
  MemoryFiles files;
  FixedClock clock{model::maine_instant(model::make_date(2026, 12, 7), 12 * 60)};
  SeededRandom random{7};
  app::Services services{
      files, clock, random, "/config", "/state", "", {}, [](const std::string&) {}, [] { return false; }, {}};

  World() {
    files.put("/home.yaml", example());
    files.put("/plan-a.pdf", "%PDF-1.4\n% plan\n%%EOF\n");
    files.put("/week.pdf", "%PDF-1.4\n% week\n%%EOF\n");
  }
};

}  // namespace

TEST_CASE("a document goes to the member that it names, a home's document to everyone; none is drawn beside it") {
  World world;
  app::Checker checker(world.services, {});
  const auto checked = checker.check("/home.yaml");
  REQUIRE(checked);
  const auto week = rules::week_of(checked->file.home, checked->file.workspace->settings);
  app::DocumentCollector collector(world.services, *checked, &*week);
  const auto a = collector.for_member(0);
  REQUIRE(a);
  REQUIRE(a->attachments.size() == 2);
  CHECK(a->attachments[0].title == "plan-a.pdf");
  CHECK(a->attachments[1].title == "week.pdf");
  CHECK(a->digests.size() == 2);
  const auto b = collector.for_member(1);
  REQUIRE(b);
  REQUIRE(b->attachments.size() == 1);
  CHECK(b->attachments[0].type == "staffing-pattern");
}

TEST_CASE("AT012: a document that changes between checking and sending stops the submission") {
  World world;
  app::Checker checker(world.services, {});
  const auto checked = checker.check("/home.yaml");
  REQUIRE(checked);
  const auto week = rules::week_of(checked->file.home, checked->file.workspace->settings);
  app::DocumentCollector collector(world.services, *checked, &*week);
  world.files.put("/plan-a.pdf", "%PDF-1.4\n% plan, a later print\n%%EOF\n");
  const auto a = collector.for_member(0);
  REQUIRE_FALSE(a);
  CHECK(a.error().message.find("AT012") != std::string::npos);
  CHECK(collector.for_member(1));  // not attached to B
}
