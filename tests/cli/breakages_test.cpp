// Each way to break a home gives its rule at its line, and nothing is sent.
#include <doctest/doctest.h>

#include "program.hpp"

using atz::test::line_of;
using atz::test::Program;

namespace {

bool has(const nlohmann::json& check, const std::string& rule, int line) {
  for (const auto& finding : check["findings"]) {
    if (finding["rule"] == rule && finding["severity"] == "error" && (line == 0 || finding["line"] == line))
      return true;
  }
  return false;
}

// The rule fires at `line` (0: anywhere), and submit sends nothing.
void expect(const Program& atz, const std::string& home, const std::string& day, const std::string& rule, int line) {
  auto check = atz.run({"check", "--as-of", day, "--format", "json", home});
  CHECK(check.code == 1);
  CHECK_MESSAGE(has(check.json(), rule, line), rule, " at line ", line, "\n", check.out);
  auto submit = atz.run({"submit", "--as-of", day, home});
  CHECK(submit.code == 1);
  CHECK(submit.out.find(rule) != std::string::npos);
  CHECK(atz.run({"status", "--offline", "--format", "json"}).json()["cases"].empty());
}

}  // namespace

TEST_SUITE("breakages") {
  TEST_CASE("HS010: a member of the house is missing") {
    Program atz;
    auto text = atz::test::example_home();
    const auto from = text.find("  - label: C");
    text.erase(from, text.find("staffing: ") - from);
    atz.write("home.yaml", text);
    expect(atz, atz.path("home.yaml"), "2026-12-07", "HS010", line_of(text, "roster: [A, B, C]"));
  }

  TEST_CASE("HS001: too early") {
    Program atz;
    const auto home = atz.home({{"on: 2026-12-07", "on: 2026-12-04"}});
    expect(atz, home, "2026-12-04", "HS001", 0);
    CHECK(atz.run({"check", "--as-of", "2026-12-05", home}).code == 0);
  }

  TEST_CASE("HS007: units are not the days") {
    Program atz;
    const auto home = atz.home({{"units: 365", "units: 364"}});
    expect(atz, home, "2026-12-07", "HS007", line_of(atz.read("home.yaml"), "units: 364"));
  }

  TEST_CASE("HS015: the plan names another place") {
    Program atz;
    const auto home = atz.home({{"location: {line: 1 Example Way", "location: {line: 3 Example Way"}});
    expect(atz, home, "2026-12-07", "HS015", line_of(atz.read("home.yaml"), "3 Example Way"));
  }

  TEST_CASE("HS013: two individual pattern documents for three members") {
    Program atz;
    atz.write("a.pdf", "%PDF-1.4\n%%EOF\n");
    atz.write("b.pdf", "%PDF-1.4\n% another\n%%EOF\n");
    const auto home = atz.home({{"attest:",
                                 "documents:\n"
                                 "  - {file: a.pdf, type: staffing-pattern, member: A}\n"
                                 "  - {file: b.pdf, type: staffing-pattern, member: B}\n"
                                 "attest:"}});
    expect(atz, home, "2026-12-07", "HS013", 0);
  }

  TEST_CASE("SP010 and SP011: hours that the pattern does not give") {
    Program atz;
    const auto home = atz.home({{"weekly_hours: 96.5}", "weekly_hours: 100}"}});
    const auto line = line_of(atz.read("home.yaml"), "weekly_hours: 100}");
    expect(atz, home, "2026-12-07", "SP010", line);
    expect(atz, home, "2026-12-07", "SP011", 0);
    auto check = atz.run({"check", "--as-of", "2026-12-07", "--format", "json", home});
    CHECK(check.json()["errors"].get<int>() <= 4);  // no avalanche
  }

  TEST_CASE("when the payer refuses one member, no member has a case") {
    Program atz;
    // The served payer knows A and B only.
    atz.write("members.csv",
              "id,last,first,born,gender\n99000001A,Sampleton,Testa,1988-02-29,female\n"
              "99000002A,Placeholder,Fakename,1979-06-01,male\n");
    auto server = atz.start({"sandbox", "serve", "--members", atz.path("members.csv"), "--as-of", "2026-12-07"});
    atz.add_profile(server.read_until("min_inquiry_interval: 0\n"));
    const auto home = atz.home();
    auto submit = atz.run({"submit", "--profile", "local", "--as-of", "2026-12-07", "--format", "json", home});
    CHECK_MESSAGE(submit.code == 9, submit.out, submit.err);
    for (const auto& one : nlohmann::json(submit.json()["cases"])) {
      CHECK(one["case_id"].is_null());
      CHECK(one["delivery"] == "refused");
    }
    // The payer's words are brought back to the line of C's ID.
    const auto line = line_of(atz.read("home.yaml"), "id: 99000003A");
    CHECK_MESSAGE(submit.err.find("home.yaml:" + std::to_string(line)) != std::string::npos, submit.err);
    CHECK(atz.run({"sandbox", "review", "maple-street", "--auto"}).code == 2);  // no cases there
    // Corrected (the payer now knows C), the home goes out as new.
    server.kill(15);
    server.wait();
    auto open = atz.start({"sandbox", "serve"});
    atz.add_profile(open.read_until("min_inquiry_interval: 0\n"));
    auto second = atz.run({"submit", "--profile", "local", "--format", "json", home});
    CHECK_MESSAGE(second.code == 0, second.err);
    CHECK(second.json()["cases"].size() == 3);
  }
}
