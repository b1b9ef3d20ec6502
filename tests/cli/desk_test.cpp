// The embedded payer's desk with the real binary: decisions, letters, the clock.
#include <doctest/doctest.h>

#include "program.hpp"

using atz::test::Program;

TEST_SUITE("desk") {
  TEST_CASE("letters go to the right people and say what they must") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    CHECK(atz.run({"sandbox", "letters"}).out.empty());
    REQUIRE(atz.run({"sandbox", "review", "900000101", "approve"}).code == 0);
    REQUIRE(
        atz.run({"sandbox", "review", "900000102", "partial", "--hours", "80", "--note", "evenings are shared"}).code ==
        0);
    REQUIRE(atz.run({"sandbox", "review", "900000103", "deny", "--note", "no plan was found"}).code == 0);
    const auto letters = atz.run({"sandbox", "letters", "--format", "json"}).json()["letters"];
    REQUIRE(letters.size() == 3);
    CHECK(letters[0]["kind"] == "approval");
    CHECK(letters[0]["by"] == "fax");
    CHECK(letters[0]["to"] == nlohmann::json::parse(R"([{"role": "provider"}])"));
    CHECK(letters[0]["hearing_by"].is_null());
    CHECK(letters[1]["kind"] == "partial approval");
    CHECK(letters[1]["by"] == "US Mail");
    CHECK(letters[1]["hearing_by"] == "2027-02-05");
    CHECK(letters[1]["keep_services_by"].is_null());  // no first authorization goes on
    CHECK(letters[1]["text"].get<std::string>().find("evenings are shared") != std::string::npos);
    CHECK(letters[2]["kind"] == "denial");
    CHECK(letters[2]["to"].size() == 2);
    CHECK(letters[2]["to"][1]["role"] == "case manager");
    for (const char* name : {"Sampleton", "Placeholder", "Mockley", "Guardian Example"}) {
      CHECK(atz.run({"sandbox", "letters"}).out.find(name) == std::string::npos);
    }
    CHECK(atz.run({"sandbox", "letters", "900000103", "--show-phi"}).out.find("Example") != std::string::npos);
    CHECK(atz.run({"sandbox", "letters", "maple-street", "--format", "json"}).json()["letters"].size() == 3);
    CHECK(atz.run({"sandbox", "letters", "900000199"}).code == 2);
  }

  TEST_CASE("the reviewers can void a case") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto voided =
        atz.run({"sandbox", "review", "900000101", "void", "--note", "sent twice", "--format", "json"}).json();
    CHECK(voided["cases"][0]["status"] == "voided");
    CHECK(voided["cases"][0]["note"] == "Voided by the reviewers. Rationale: sent twice");
    CHECK(atz.run({"sandbox", "review", "900000101", "approve"}).code == 2);
    const auto called = atz.run({"sandbox", "review", "900000102", "agrees"});
    CHECK(called.code == 2);
    CHECK(called.err.find("no termination") != std::string::npos);
  }

  TEST_CASE("reviewers who only compare: approved as the pattern shows, cut, denied, asked") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto review = atz.run({"sandbox", "review", "maple-street", "--auto", "--format", "json"}).json();
    REQUIRE(review["cases"].size() == 3);
    for (const auto& one : review["cases"]) {
      CHECK(one["status"] == "approved");
      CHECK(one["note"].get<std::string>().find("Approved as requested") == 0);
      CHECK(one["note"].get<std::string>().find("the staffing pattern shows") != std::string::npos);
    }
  }

  TEST_CASE("a question makes the case wait") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto asked = atz.run({"sandbox", "ask", "900000102", "--text", "Who sleeps in at night?", "--kind",
                                "person-centered-plan", "--format", "json"});
    REQUIRE_MESSAGE(asked.code == 0, asked.err);
    CHECK(asked.json()["due"] == "2026-12-14");
    CHECK(asked.json()["status"] == "info_requested");
    CHECK(asked.json()["control_number"] == "ACN-55021");
    CHECK(atz.run({"sandbox", "ask", "900000102"}).code == 2);
    CHECK(atz.run({"sandbox", "ask", "900000102", "--text", "?", "--line", "0"}).code == 2);
    CHECK(atz.run({"sandbox", "ask", "900000102", "--text", "?", "--due", "soon"}).code == 2);
    CHECK(atz.run({"sandbox", "ask", "900000102", "--text", "?", "--due", "2026-12-06"}).code == 2);
    const auto kind = atz.run({"sandbox", "ask", "900000102", "--text", "?", "--kind", "physican-order"});
    CHECK(kind.code == 2);
    CHECK(kind.err.find("physician-order") != std::string::npos);
    const auto later = atz.run({"sandbox", "clock", "set", "2026-12-15", "--format", "json"});
    CHECK(later.json()["happened"].size() == 1);
    CHECK(later.json()["happened"][0]["at"] == "2026-12-15T00:00:00-05:00");
  }

  TEST_CASE("a script decides what comes in") {
    Program atz;
    const auto home = atz.home();
    atz.write("rules.yaml",
              "- match: {home: maple-street, member: A, line: T2016SC}\n  decision: approve\n"
              "- match: {member: A, request: first}\n  decision: partial\n  hours: 60.00\n  note: evenings are shared\n"
              "- match: {member: B}\n  decision: ask\n  note: Who sleeps in at night?\n  due: 3d\n"
              "- decision: approve\n  after: 2d\n");
    REQUIRE(atz.run({"sandbox", "clock", "set", "2026-12-07T10:05"}).code == 0);
    const auto installed = atz.run({"sandbox", "script", "rules.yaml"});
    REQUIRE_MESSAGE(installed.code == 0, installed.err);
    CHECK(installed.err.find("4 rules") != std::string::npos);
    const auto cases = atz.run({"submit", "--format", "json", home}).json()["cases"];
    REQUIRE(cases.size() == 3);
    CHECK(cases[0]["status"] == "partially_approved");
    CHECK(cases[1]["status"] == "info_requested");
    CHECK(cases[2]["status"] == "in_review");
    const auto passed = atz.run({"sandbox", "clock", "advance", "2d"});
    CHECK(passed.out.find("2026-12-09 10:05  maple-street C  900000103  Approved as requested") == 0);
    CHECK(atz.run({"sandbox", "script", "--clear"}).code == 0);
    CHECK(atz.run({"sandbox", "script"}).code == 2);
    CHECK(atz.run({"sandbox", "script", "--clear", "rules.yaml"}).code == 2);
  }

  TEST_CASE("what is wrong in a script is told with its place") {
    Program atz;
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"- decision: aprove\n", "rules.yaml:1:13: 'aprove' is no decision"},
        {"- match: {membr: A}\n  decision: approve\n", "rules.yaml:1:11: match has no key 'membr'"},
        {"- match: {request: extension}\n  decision: approve\n", "rules.yaml:1:20: 'extension' is no kind of request"},
        {"- decision: partial\n", "rules.yaml:1:13: hours go with partial"},
        {"- decision: approve\n  hours: 60\n", "rules.yaml:2:10: hours go with partial"},
        {"- decision: partial\n  hours: 60.3\n", "rules.yaml:2:10: '60.3' are no quarter hours"},
        {"- decision: deny\n", "rules.yaml:1:13: a denial needs a note"},
        {"- decision: ask\n", "rules.yaml:1:13: a question needs a note"},
        {"- decision: approve\n  after: 2 days\n", "rules.yaml:2:10: '2 days' is not a length of time"},
        {"- decision: ask\n  note: x\n  due: 90m\n", "rules.yaml:3:8: '90m' is no day for an answer"},
        {"- note: x\n", "rules.yaml:1:3: a rule needs a decision"},
        {"decision: approve\n", "rules.yaml:1:1: a decision script is a list of rules"},
        {"[]\n", "rules.yaml: holds no rule"},
    };
    for (const auto& [text, expected] : cases) {
      atz.write("rules.yaml", text);
      const auto result = atz.run({"sandbox", "script", "rules.yaml"});
      CHECK(result.code != 0);
      CHECK_MESSAGE(result.err.find(expected) != std::string::npos, result.err);
    }
    CHECK(atz.run({"sandbox", "serve", "--script", "no-such-file.yaml"}).code != 0);
  }

  TEST_CASE("the clock moves on and never back") {
    Program atz;
    CHECK(atz.run({"sandbox", "clock", "set", "2026-12-07T10:05"}).code == 0);
    const auto moved = atz.run({"sandbox", "clock", "advance", "48h", "--format", "json"});
    CHECK(moved.code == 0);
    CHECK(moved.json()["now"] == "2026-12-09T10:05:00-05:00");
    CHECK(moved.json()["happened"].empty());
    CHECK(atz.run({"sandbox", "clock", "set", "2026-12-08"}).code == 2);
    CHECK(atz.run({"sandbox", "clock", "advance", "10x"}).code == 2);
  }
}
