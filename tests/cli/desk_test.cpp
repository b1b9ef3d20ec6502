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
