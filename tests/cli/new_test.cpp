// `atz new`: files to start from, made up or filled in from what was sent before.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "program.hpp"

using atz::test::Program;
using Words = std::vector<std::string>;

namespace {

std::string example(const std::string& name) {
  std::ifstream file(std::string(ATZ_SOURCE_DIR) + "/examples/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string content(const std::string& text) {
  return text.substr(text.find("atz: 1"));
}

// Rules of all findings, apart from the marks that are to be filled in.
std::vector<std::string> other_findings(const Program& atz, const std::string& day, const std::string& file) {
  const auto report = atz.run({"check", "--as-of", day, "--format", "json", file}).json();
  std::vector<std::string> rules;
  for (const auto& finding : report["findings"]) {
    if (finding["rule"] != "CF017") rules.push_back(finding["rule"].get<std::string>());
  }
  return rules;
}

void approve(const Program& atz) {
  REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
  REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-12-10", "maple-street", "--auto"}).code == 0);
  REQUIRE(atz.run({"status", "--as-of", "2026-12-10"}).code == 0);
}

}  // namespace

TEST_SUITE("new") {
  TEST_CASE("each demo passes the check of its day, and is the shipped example on the example's day") {
    struct Demo {
      const char *command, *day, *example;
    };
    for (const auto& demo : {Demo{"extension", "2027-01-11", "maple-street-extension.yaml"},
                             Demo{"add-on", "2027-01-11", "maple-street-add-on.yaml"},
                             Demo{"smi-termination", "2026-12-01", "lantern-termination.yaml"}}) {
      CAPTURE(demo.command);
      Program atz;
      REQUIRE(atz.run({"new", demo.command, "--demo", "--as-of", demo.day, "-o", "demo.yaml"}).code == 0);
      CHECK(content(atz.read("demo.yaml")) == content(example(demo.example)));
      for (const char* day : {demo.day, "2028-02-29", "2026-03-31"}) {
        CAPTURE(day);
        REQUIRE(atz.run({"new", demo.command, "--demo", "--as-of", day, "-o", std::string(day) + ".yaml"}).code == 0);
        const auto check = atz.run({"check", "--strict", "--as-of", day, std::string(day) + ".yaml"});
        CHECK_MESSAGE(check.code == 0, check.out);
      }
      CHECK(atz.run({"new", demo.command, "--demo", "-o", "demo.yaml"}).code == 2);  // never over a file
      CHECK(atz.run({"new", demo.command, "--id", "No Name"}).code == 2);
    }
  }

  TEST_CASE("a blank file has a mark wherever a person has to fill something in") {
    Program atz;
    for (const char* command : {"extension", "add-on", "smi-termination"}) {
      CAPTURE(command);
      const std::string file = std::string(command) + ".yaml";
      REQUIRE(atz.run({"new", command, "-o", file}).code == 0);
      CHECK(atz.run({"check", file}).code == 1);
      CHECK(atz.read(file).find('@') == std::string::npos);
    }
    CHECK(other_findings(atz, "2027-01-11", "add-on.yaml").empty());
  }

  TEST_CASE("an extension is filled in from what was sent and approved") {
    Program atz;
    CHECK(atz.run({"new", "extension", "--from", "maple-street", "-o", "early.yaml"}).code == 2);  // nothing sent yet
    approve(atz);
    const auto made = atz.run({"new", "extension", "--from", "maple-street", "-o", "next.yaml"});
    CHECK_MESSAGE(made.code == 0, made.err);
    CHECK((made.out + made.err).find("Sampleton") == std::string::npos);
    const auto text = atz.read("next.yaml");
    CHECK(text.find("from Saturday 2027-12-04 to Wednesday 2027-12-29") != std::string::npos);
    CHECK(text.find("period: {start: 2028-01-04, end: 2029-01-03}") != std::string::npos);
    for (const char* part : {"case: 900000102", "current_end: 2028-01-03", "units: 366, weekly_hours: 85.75",
                             "name: {last: Mockley, first: Moxie}", "name: G. Guardian Example",
                             "diagnoses: [F73, G80.9, Z93.1]", "one_to_one: C}", "5.1.1: Seizure response plan"})
      CHECK_MESSAGE(text.find(part) != std::string::npos, part);
    CHECK(other_findings(atz, "2027-12-10", "next.yaml").empty());

    // Filled in, it is complete.
    std::string filled = text;
    const auto fill = [&](const std::string& from, const std::string& to) {
      for (auto at = filled.find(from); at != std::string::npos; at = filled.find(from, at + to.size()))
        filled.replace(at, from.size(), to);
    };
    fill("reason: CHANGE-ME", "reason: continue");
    fill("    because: CHANGE-ME", "    # because:");
    fill("checked_on: CHANGE-ME", "checked_on: 2027-12-01");
    fill("reviewed_on: CHANGE-ME", "reviewed_on: 2027-06-15");
    fill("        1: CHANGE-ME", "        1: continuation");
    fill("        9: CHANGE-ME", "        9: 2027-12-01");
    fill("effective: CHANGE-ME", "effective: 2028-01-04");
    fill("{line: CHANGE-ME, city: CHANGE-ME, state: ME, zip: CHANGE-ME}",
         "{line: 3 Example Way, city: Testville, state: ME, zip: 00000}");
    fill("precertification: CHANGE-ME, by: CHANGE-ME, on: CHANGE-ME",
         "precertification: true, by: A. Sample User, on: 2027-12-10");
    atz.write("filled.yaml", filled);
    const auto check = atz.run({"check", "--strict", "--as-of", "2027-12-10", "filled.yaml"});
    CHECK_MESSAGE(check.code == 0, check.out);
  }

  TEST_CASE("personal data goes into a file, and what is not known is said") {
    Program atz;
    approve(atz);
    const auto shown = atz.run({"new", "extension", "--from", "maple-street"});
    CHECK(shown.code == 2);
    CHECK(shown.out.empty());
    CHECK(atz.run({"new", "extension", "--from", "maple-stret", "-o", "x.yaml"}).code == 2);
    CHECK(atz.run({"new", "extension", "--from", "maple-street", "--demo", "-o", "x.yaml"}).code == 2);
    // A Case ID or a case file stands for its home.
    CHECK(atz.run({"new", "extension", "--from", "900000103", "-o", "by-case.yaml"}).code == 0);
    CHECK(atz.run({"new", "extension", "--from", "home.yaml", "-o", "by-file.yaml"}).code == 0);
    CHECK(atz.read("by-case.yaml") == atz.read("by-file.yaml"));
  }

  TEST_CASE("an add-on is for one member, within the regular hours") {
    Program atz;
    approve(atz);
    const auto which = atz.run({"new", "add-on", "--from", "maple-street", "-o", "x.yaml"});
    CHECK(which.code == 2);
    CHECK(which.err.find("900000103 (member C)") != std::string::npos);
    REQUIRE(atz.run({"new", "add-on", "--from", "900000103", "--as-of", "2027-02-10", "-o", "c.yaml"}).code == 0);
    const auto text = atz.read("c.yaml");
    CHECK(text.find("period: {start: 2027-02-10, end: 2028-01-03}") != std::string::npos);
    CHECK(text.find("label: A") == std::string::npos);
    CHECK(other_findings(atz, "2027-02-10", "c.yaml").empty());
    CHECK(atz.run({"new", "add-on", "--from", "900000103", "--as-of", "2028-01-04", "-o", "late.yaml"}).code == 2);
  }
}
