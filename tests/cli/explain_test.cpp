// `atz explain` as a person uses it.
#include <doctest/doctest.h>

#include "program.hpp"

using atz::test::Program;

TEST_SUITE("explain") {
  TEST_CASE("without a topic it lists every rule by family, and says on the side how to go on") {
    Program atz;
    const auto list = atz.run({"explain"});
    CHECK(list.code == 0);
    CHECK(list.out.find("HS001  error    A first authorization") != std::string::npos);
    CHECK(list.out.find("The staffing pattern") != std::string::npos);
    CHECK(list.out.find('\x1b') == std::string::npos);
    CHECK(list.err.find("atz explain HS001") != std::string::npos);
    CHECK(atz.run({"-q", "explain"}).err.empty());
  }

  TEST_CASE("a rule shows why, where from, the day of sending, and what passes and fails") {
    Program atz;
    const auto rule = atz.run({"explain", "Not-Too-Early"});
    CHECK(rule.code == 0);
    for (const char* part : {"HS001 not-too-early", "error", "This passes, sent on 2026-12-07", "This fails",
                             "period: {start: 2027-01-07", "Source:"})
      CHECK_MESSAGE(rule.out.find(part) != std::string::npos, part);
    CHECK(rule.out.find("ignore") == std::string::npos);
    CHECK(atz.run({"explain", "HS022"}).out.find("ignore: [{rule: HS022") != std::string::npos);
    CHECK(atz.run({"--color", "always", "explain", "HS022"}).out.find('\x1b') != std::string::npos);
  }

  TEST_CASE("lines fit a page") {
    Program atz;
    for (const char* topic : {"HS", "plan", "settings"}) {
      const auto text = atz.run({"explain", topic}).out;
      std::size_t start = 0;
      for (auto end = text.find('\n'); end != std::string::npos; start = end + 1, end = text.find('\n', start))
        CHECK_MESSAGE(end - start <= 100, text.substr(start, end - start));
    }
  }

  TEST_CASE("fields and settings name the rules that look at them") {
    Program atz;
    const auto field = atz.run({"explain", "plan.checked_on"});
    CHECK(field.code == 0);
    CHECK(field.out.find("members[].plan.checked_on") == 0);
    CHECK(field.out.find("HS017  warning") != std::string::npos);
    const auto both = atz.run({"explain", "HS003", "settings.review-lead-days"});
    CHECK(both.out.find("Setting: review-lead-days") != std::string::npos);
    CHECK(both.out.find("whole number, in atz.yaml") != std::string::npos);
  }

  TEST_CASE("several topics make one document") {
    Program atz;
    const auto result = atz.run({"explain", "--format", "json", "HS001", "hs001", "SP", "units"});
    CHECK(result.code == 0);
    const auto json = result.json();
    CHECK(json["schema"] == "atz/explain/1");
    CHECK(json["rules"].size() == 24);
    CHECK(json["rules"][0]["fails"]["as_of"] == "2026-12-07");
    CHECK(json["fields"].size() == 1);
  }

  TEST_CASE("an unknown word gets a suggestion") {
    Program atz;
    const auto result = atz.run({"explain", "HS01"});
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.find("Did you mean HS001?") != std::string::npos);
  }
}
