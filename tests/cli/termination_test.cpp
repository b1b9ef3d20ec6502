// Requests to end a service, from the call to the last letter.
#include <doctest/doctest.h>

#include "life.hpp"

using namespace atz::test;
using nlohmann::json;

TEST_SUITE("life") {
  TEST_CASE("a termination: nobody answers the call, a message, a letter, and the decision after ten days") {
    Program atz;
    const auto file = write_example(atz, kTermination);
    const auto sent = atz.run({"submit", "--as-of", "2026-12-01", "--format", "json", file});
    REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
    const auto one = sent.json()["cases"][0];
    CHECK(one["case_id"] == "900000101");
    CHECK(one["expected_by"] == "2026-12-14");
    CHECK(status_on(atz, "2026-12-02", "J", 8)["status"] == "in_review");
    const auto forecast = atz.run({"show", "900000101"}).out;
    for (const char* day : {"2026-12-03", "2026-12-04", "2026-12-14"}) CHECK(holds(forecast, day));
    CHECK(holds(forecast, "none is promised"));

    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-12-03T10:00", "900000101", "unanswered"}).code == 0);
    auto j = status_on(atz, "2026-12-03T10:00", "J", 8);
    CHECK(j["status"] == "in_review");
    CHECK(holds(j["note"], "message"));
    CHECK_FALSE(holds(j["note"], "will be approved"));
    REQUIRE(atz.run({"sandbox", "clock", "advance", "24h"}).code == 0);
    j = case_of(atz.run({"status", "--format", "json"}), "J");
    CHECK(holds(j["note"], "letter"));
    CHECK(j["status"] == "in_review");
    REQUIRE(atz.run({"sandbox", "clock", "advance", "9d"}).code == 0);
    CHECK(case_of(atz.run({"status", "--format", "json"}), "J")["status"] == "in_review");
    REQUIRE(atz.run({"sandbox", "clock", "advance", "24h"}).code == 0);
    const auto decided = atz.run({"status", "--format", "json"});
    CHECK(decided.code == 0);
    CHECK(case_of(decided, "J")["status"] == "approved");
    CHECK(decided.json()["homes"].empty());
    CHECK(holds(atz.run({"sandbox", "letters", "900000101"}).out, "2026-12-04"));
  }

  TEST_CASE("a termination whose call is answered: agreed, or not") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-01", write_example(atz, kTermination)}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-12-02", "900000101", "agrees"}).code == 0);
    CHECK(status_on(atz, "2026-12-02", "J", 0)["status"] == "approved");

    Program other;
    REQUIRE(other.run({"submit", "--as-of", "2026-12-01", write_example(other, kTermination)}).code == 0);
    REQUIRE(other.run({"sandbox", "review", "--as-of", "2026-12-02", "900000101", "disagrees"}).code == 0);
    CHECK(status_on(other, "2027-02-01", "J", 8)["status"] == "in_review");  // no time limit
    REQUIRE(other.run({"sandbox", "review", "900000101", "deny", "--note", "The member wants to go on."}).code == 0);
    CHECK(status_on(other, "2027-02-01", "J", 1)["status"] == "denied");
  }

  TEST_CASE("a termination goes only to a payer that has agreed to it") {
    Program atz;
    atz.write("config/profiles.yaml", "elsewhere: {base_url: https://payer.example/fhir, auth: {mode: none}}\n");
    const auto sent =
        atz.run({"submit", "--as-of", "2026-12-01", "--profile", "elsewhere", write_example(atz, kTermination)});
    CHECK(sent.code != 0);
    CHECK(holds(sent.err + sent.out, "smi_termination_agreed"));
  }
}
