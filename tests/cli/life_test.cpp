// A case after its first approval: extensions, add-ons, the state of the home. Each story with the one that goes wrong:
// a clear error, and nothing changed.
#include <doctest/doctest.h>

#include <filesystem>

#include "life.hpp"

using namespace atz::test;
using nlohmann::json;

TEST_SUITE("life") {
  TEST_CASE("a change of need: one member is cut, keeps the former hours for ten days, and the new rate is told") {
    Program atz;
    approve_first_year(atz);
    const auto file = write_example(atz, kExtension);
    const auto plan = atz.run({"plan", "--as-of", "2027-01-11", "--format", "json", file});
    REQUIRE_MESSAGE(plan.code == 0, plan.out, plan.err);
    const auto planned = plan.json()["members"];
    CHECK(planned[0]["request"] == "change");
    CHECK(planned[0]["case_id"] == "900000101");

    const auto sent = atz.run({"submit", "--as-of", "2027-01-11", "--format", "json", file});
    REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
    const auto cases = sent.json()["cases"];
    REQUIRE(cases.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(cases[i]["case_id"] == "90000010" + std::to_string(i + 1));
      CHECK(cases[i]["status"] == "in_review");
      CHECK(cases[i]["expected_by"] == "2027-01-18");
    }
    const auto again = atz.run({"submit", "--as-of", "2027-01-11", file});
    CHECK(again.code == 0);
    CHECK(holds(again.out, "nothing was sent"));

    // The first approval stays beside the open extension.
    const auto pending = atz.run({"status", "--as-of", "2027-01-12", "--format", "json"});
    CHECK(pending.code == 8);
    const auto both = pending.json()["cases"];
    REQUIRE(both.size() == 6);
    CHECK(both[0]["request"] == "first");
    CHECK(both[0]["status"] == "approved");
    CHECK(both[0]["end_approved"] == "2027-01-31");
    CHECK(both[3]["request"] == "change");
    CHECK(both[3]["status"] == "in_review");
    CHECK(both[3]["start_requested"] == "2027-02-01");
    CHECK(pending.json()["homes"][0]["state"] == "in_review");
    CHECK(pending.json()["homes"][0]["estimated_day_rate"].is_null());

    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2027-01-28", "900000101", "approve"}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "900000102", "partial", "--hours", "85", "--note",
                     "One hour of the evening is shared with A."})
                .code == 0);
    const auto half = atz.run({"status", "--format", "json"});
    CHECK(half.json()["homes"][0]["state"] == "in_review");
    CHECK(half.json()["homes"][0]["estimated_day_rate"].is_null());
    REQUIRE(atz.run({"sandbox", "review", "900000103", "approve"}).code == 0);

    const auto decided = atz.run({"status", "--format", "json"});
    CHECK(decided.code == 1);
    const auto a = case_of(decided, "A");
    CHECK(a["status"] == "approved");
    CHECK(a["weekly_hours_approved"] == 66.5);
    CHECK(a["former_hours_through"].is_null());
    const auto b = case_of(decided, "B");
    CHECK(b["status"] == "partially_approved");
    CHECK(b["weekly_hours_requested"] == 88);
    CHECK(b["weekly_hours_approved"] == 85);
    CHECK(b["units_approved"] == 365);
    CHECK(b["start_approved"] == "2027-02-01");
    CHECK(b["end_approved"] == "2028-01-31");
    CHECK(b["former_hours"] == 85.75);
    CHECK(b["former_hours_through"] == "2027-02-07");
    CHECK_FALSE(b["authorization_no"].is_null());
    CHECK(holds(b["note"], "One hour of the evening is shared with A."));
    CHECK(case_of(decided, "C")["weekly_hours_approved"] == 95.5);
    const auto home = decided.json()["homes"][0];
    CHECK(home["state"] == "mixed");
    CHECK(home["weekly_hours"] == 247);
    CHECK(home["estimated_day_rate"] == "470.48");

    const auto letters = atz.run({"sandbox", "letters", "900000102"});
    CHECK(letters.code == 0);
    CHECK(holds(letters.out, "2027-01-28"));
    CHECK(holds(letters.out, "guardian"));
    CHECK(holds(letters.out, "case manager"));
    const auto shown = atz.run({"show", "900000102"});
    CHECK(shown.code == 0);
    CHECK(holds(shown.out, "2027-02-07"));
    CHECK(holds(shown.out, "Letter"));
    CHECK_FALSE(holds(shown.out, "Placeholder"));
  }

  TEST_CASE("an extension that is too early, too late, half, of the wrong case, or second, changes nothing") {
    Program atz;
    approve_first_year(atz);
    const std::vector<std::pair<std::string, std::string>> as_before{
        {"reason: change          # continue: nothing changes; change: other hours", "reason: continue"},
        {"    because: Shares fewer evening hours, because B is now supported 1:1 from 19:00 to 20:00.\n", ""}};
    const auto refused = [&](const std::string& day, const std::string& file, const std::string& rule) {
      CAPTURE(day);
      CAPTURE(rule);
      const auto before = bytes_of_ledger(atz);
      const auto submit = atz.run({"submit", "--as-of", day, file});
      CHECK(submit.code == 1);
      CHECK_MESSAGE(holds(submit.out + submit.err, rule), submit.out, submit.err);
      CHECK(bytes_of_ledger(atz) == before);
    };
    const auto continued = write_example(atz, kExtension, as_before);
    refused("2026-12-31", continued, "EX003");
    refused("2027-01-27", continued, "EX004");
    auto wrong = write_example(atz, kExtension,
                               {{"case: 900000101", "case: 900000109"}, {"case: 900000102", "case: 900000101"}});
    refused("2027-01-11", wrong, "EX010");
    auto ended = write_example(atz, kExtension, {{"location: 2000000002-001", "location: 2000000002-002"}});
    refused("2027-01-11", ended, "EX010");

    // Half the home.
    std::string text = atz.read(kExtension);
    const auto from = text.find("  - label: C\n");
    const auto to = text.find("\nstaffing:");
    REQUIRE(from != std::string::npos);
    REQUIRE(to != std::string::npos);
    atz.write("half.yaml", text.substr(0, from) + text.substr(to));
    refused("2027-01-11", atz.path("half.yaml"), "HS010");

    // A second extension while the first is open.
    REQUIRE(atz.run({"submit", "--as-of", "2027-01-11", write_example(atz, kExtension)}).code == 0);
    const auto before = bytes_of_ledger(atz);
    const auto second = atz.run({"submit", "--as-of", "2027-01-12",
                                 write_example(atz, kExtension, {{"Gets up most nights", "Gets up every night"}})});
    CHECK(second.code == 1);
    CHECK(holds(second.err, "in review under case 900000101"));
    CHECK(holds(second.err, "atz cancel"));
    CHECK(bytes_of_ledger(atz) == before);
  }

  TEST_CASE("to continue as before: the file is written from the ledger and goes out on the last day of the window") {
    Program atz;
    approve_first_year(atz);
    REQUIRE(atz.run({"new", "extension", "--from", kHome, "--as-of", "2027-01-26", "-o", atz.path("next.yaml")}).code ==
            0);
    std::string text = atz.read("next.yaml");
    CHECK(holds(text, "from Friday 2027-01-01 to Tuesday 2027-01-26"));
    CHECK(holds(text, "case: 900000103"));
    CHECK(holds(text, "current_end: 2027-01-31"));
    CHECK(atz.run({"submit", "--as-of", "2027-01-26", atz.path("next.yaml")}).code == 1);  // not filled in yet
    const std::pair<const char*, const char*> kAnswers[] = {{"reason: CHANGE-ME", "reason: continue"},
                                                            {"    because: CHANGE-ME", "    # because: none"},
                                                            {"checked_on: CHANGE-ME", "checked_on: 2027-01-20"},
                                                            {"reviewed_on: CHANGE-ME", "reviewed_on: 2026-06-15"},
                                                            {"effective: CHANGE-ME", "effective: 2027-02-01"},
                                                            {"1: CHANGE-ME", "1: continuation"},
                                                            {"9: CHANGE-ME", "9: 2027-01-20"},
                                                            {"line: CHANGE-ME", "line: 3 Example Way"},
                                                            {"city: CHANGE-ME", "city: Testville"},
                                                            {"zip: CHANGE-ME", "zip: 00000"},
                                                            {"precertification: CHANGE-ME", "precertification: true"},
                                                            {"by: CHANGE-ME", "by: A. Sample User"},
                                                            {"on: CHANGE-ME", "on: 2027-01-25"}};
    for (const auto& [from, to] : kAnswers) {
      for (auto at = text.find(from); at != std::string::npos; at = text.find(from)) {
        text.replace(at, std::string(from).size(), to);
      }
    }
    atz.write("next.yaml", text);
    const auto sent = atz.run({"submit", "--as-of", "2027-01-26", atz.path("next.yaml")});
    REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2027-01-29", kHome, "--auto"}).code == 0);
    const auto status = atz.run({"status", "--as-of", "2027-01-29", "--format", "json"});
    CHECK_MESSAGE(status.code == 0, status.out, status.err);
    const auto c = case_of(status, "C");
    CHECK(c["request"] == "continue");
    CHECK(c["case_id"] == "900000103");
    CHECK(c["start_approved"] == "2027-02-01");
    CHECK(c["end_approved"] == "2028-01-31");
    CHECK(c["weekly_hours_approved"] == 96.5);
    CHECK(status.json()["homes"][0]["state"] == "decided");
    CHECK(status.json()["homes"][0]["estimated_day_rate"] == "476.19");
    // A year later the first year is over and done with, and the next window comes.
    CHECK(status_on(atz, "2027-12-20", "A")["request"] == "continue");
    CHECK(atz.run({"status", "--as-of", "2027-12-20", "--format", "json"}).json()["cases"].size() == 3);
    CHECK(atz.run({"status", "--all", "--format", "json"}).json()["cases"].size() == 6);
    CHECK(holds(atz.run({"due"}).out, "2028-01-01"));
  }

  TEST_CASE("an add-on goes out on the last day of its order, and not a day later") {
    Program atz;
    approve_first_year(atz);
    REQUIRE(atz.run({"submit", "--as-of", "2027-01-11", write_example(atz, kExtension)}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2027-01-11", kHome, "approve"}).code == 0);
    REQUIRE(atz.run({"status", "--as-of", "2027-01-11"}).code == 0);
    const std::vector<std::pair<std::string, std::string>> kOldOrder{
        {"signed_on: 2026-12-15", "signed_on: 2026-10-12"}};
    const auto file = write_example(atz, kAddOn, kOldOrder);

    const auto sent = atz.run({"submit", "--as-of", "2027-01-11", "--format", "json", file});
    REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
    CHECK(sent.json()["cases"][0]["case_id"] == "900000103");
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2027-01-14", "900000103", "approve"}).code == 0);
    const auto status = atz.run({"status", "--as-of", "2027-01-14", "--format", "json"});
    CHECK(status.code == 0);
    const auto c = case_of(status, "C");
    CHECK(c["request"] == "add_on");
    CHECK(c["status"] == "approved");
    CHECK(c["weekly_hours_approved"] == 10.5);
    CHECK(c["former_hours_through"].is_null());
    // The house is judged by regular hours only.
    CHECK(status.json()["homes"][0]["weekly_hours"] == 250);

    Program late;
    approve_first_year(late);
    REQUIRE(late.run({"submit", "--as-of", "2027-01-11", write_example(late, kExtension)}).code == 0);
    REQUIRE(late.run({"sandbox", "review", "--as-of", "2027-01-11", kHome, "approve"}).code == 0);
    REQUIRE(late.run({"status", "--as-of", "2027-01-12"}).code == 0);
    const auto before = bytes_of_ledger(late);
    const auto refused = late.run({"submit", "--as-of", "2027-01-12", write_example(late, kAddOn, kOldOrder)});
    CHECK(refused.code == 1);
    CHECK(holds(refused.out + refused.err, "MA005"));
    CHECK(bytes_of_ledger(late) == before);
    // Outside the days that were approved.
    const auto outside =
        late.run({"submit", "--as-of", "2027-01-12", write_example(late, kAddOn, {{"2028-01-31", "2028-02-01"}})});
    CHECK(outside.code == 1);
  }

  TEST_CASE("the home's state and rate count all of its members, also when one case is asked about") {
    Program atz;
    approve_first_year(atz);
    const auto one = atz.run({"status", "900000101", "--format", "json"}).json();
    REQUIRE(one["cases"].size() == 1);
    CHECK(one["homes"][0]["weekly_hours"] == 250);
    CHECK(one["homes"][0]["estimated_day_rate"] == "476.19");
  }

  TEST_CASE(
      "a payer that wants the running line extended in place gets it so, and keeps the old approval on a denial") {
    Program atz;
    approve_first_year(atz);
    atz.write("config/profiles.yaml", "sandbox: {update_style: in-place}\n");
    REQUIRE(atz.run({"submit", "--as-of", "2027-01-11", write_example(atz, kExtension)}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2027-01-20", "900000101", "approve"}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "900000102", "deny", "--note", "The plan does not show it."}).code == 0);
    const auto status = atz.run({"status", "--format", "json"});
    CHECK(status.code == 1);  // C is still in review
    const auto cases = status.json()["cases"];
    CHECK(cases[1]["status"] == "approved");
    CHECK(cases[1]["weekly_hours_approved"] == 85.75);
    const auto a = case_of(status, "A");
    CHECK(a["status"] == "approved");
    CHECK(a["weekly_hours_approved"] == 66.5);
    const auto b = case_of(status, "B");
    CHECK(b["status"] == "denied");
    CHECK(b["former_hours"] == 85.75);
    // Ten days from the decision would end on 2027-01-30; the former approval lasts a day longer.
    CHECK(b["former_hours_through"] == "2027-01-31");
  }

  TEST_CASE("an extension of cases that were made elsewhere names them by number") {
    Program atz;
    approve_first_year(atz);
    for (const char* name : {"ledger.db", "ledger.db-wal", "ledger.db-shm"}) {
      std::filesystem::remove(atz.path(std::string("state/") + name));
    }
    const auto file = write_example(atz, kExtension);
    const auto plan = atz.run({"plan", "--as-of", "2027-01-11", file});
    CHECK(plan.code == 0);
    CHECK(holds(plan.out, "not sent from here"));
    const auto sent = atz.run({"submit", "--as-of", "2027-01-11", "--format", "json", file});
    REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
    CHECK(sent.json()["cases"][1]["case_id"] == "900000102");
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2027-01-20", kHome, "approve"}).code == 0);
    const auto b = status_on(atz, "2027-01-20", "B", 0);
    CHECK(b["status"] == "approved");
    CHECK(b["weekly_hours_approved"] == 88);
    CHECK(b["start_approved"] == "2027-02-01");
    // A number that the payer does not know.
    const auto unknown = write_example(atz, kExtension, {{"case: 900000101", "case: 900000901"}});
    const auto wrong = atz.run({"submit", "--as-of", "2027-01-21", unknown});
    CHECK(wrong.code != 0);
  }
}
