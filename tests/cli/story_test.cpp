// The whole way of a home: check, staffing, plan, submit, status, review, status.
#include <doctest/doctest.h>

#include <set>

#include "program.hpp"

using atz::test::Program;

TEST_SUITE("story") {
  TEST_CASE("a home is checked, sent as one request, watched and decided") {
    Program atz;
    const auto home = atz.home();

    auto check = atz.run({"check", "--as-of", "2026-12-07", home});
    CHECK(check.code == 0);
    CHECK(check.out.find("error") == std::string::npos);
    CHECK(check.out.find("HS022") != std::string::npos);  // C's guardian has no address

    auto staffing = atz.run({"staffing", "--as-of", "2026-12-07", home});
    CHECK(staffing.code == 0);
    CHECK(staffing.out.find("476.19") != std::string::npos);
    CHECK(staffing.out.find("250") != std::string::npos);
    for (const char* hours : {"67.75", "85.75", "96.50"}) CHECK(staffing.out.find(hours) != std::string::npos);
    CHECK(staffing.out.find("stimate") != std::string::npos);

    auto plan = atz.run({"plan", "--as-of", "2026-12-07", "--format", "json", home});
    CHECK(plan.code == 0);
    CHECK(plan.json()["schema"] == "atz/plan/1");
    CHECK(plan.json()["window"]["first"] == "2026-12-05");
    CHECK(plan.json()["window"]["last"] == "2027-01-04");
    for (const auto& member : nlohmann::json(plan.json()["members"])) CHECK(member["action"] == "new");

    auto submit = atz.run({"submit", "--as-of", "2026-12-07", "--format", "json", home});
    CHECK_MESSAGE(submit.code == 0, submit.err);
    const auto sent = submit.json();
    CHECK(sent["schema"] == "atz/submit/1");
    CHECK(sent["home"] == "maple-street");
    CHECK(sent["mode"] == "transaction");
    CHECK(sent["sent"] == true);
    REQUIRE(sent["cases"].size() == 3);
    std::set<std::string> ids;
    for (const auto& one : sent["cases"]) {
      ids.insert(one["case_id"].get<std::string>());
      CHECK(one["status"] == "in_review");
      CHECK(one["delivery"] == "accepted");
      CHECK(one["expected_by"] == "2026-12-14");
    }
    CHECK(ids.size() == 3);

    auto again = atz.run({"submit", "--as-of", "2026-12-07", home});
    CHECK(again.code == 0);
    CHECK(again.out.find("nothing was sent") != std::string::npos);
    auto plan_again = atz.run({"plan", "--as-of", "2026-12-07", "--format", "json", home});
    for (const auto& member : nlohmann::json(plan_again.json()["members"])) CHECK(member["action"] == "sent");

    auto pending = atz.run({"status", "--as-of", "2026-12-08", "--format", "json"});
    CHECK(pending.code == 8);
    CHECK(pending.json()["schema"] == "atz/status/1");
    REQUIRE(pending.json()["cases"].size() == 3);
    CHECK(pending.json()["cases"][0]["weekly_hours_requested"] == 67.75);
    CHECK(pending.json()["cases"][0]["weekly_hours_approved"].is_null());
    CHECK(atz.run({"status", "--changes"}).out.empty());

    CHECK(atz.run({"sandbox", "review", "--as-of", "2026-12-10", "maple-street", "--auto"}).code == 0);

    auto changes = atz.run({"status", "--as-of", "2026-12-10", "--changes", "--format", "json"});
    CHECK(changes.code == 0);
    REQUIRE(changes.json()["cases"].size() == 3);
    for (const auto& one : nlohmann::json(changes.json()["cases"])) {
      CHECK(one["status"] == "approved");
      CHECK(one["previous_status"] == "in_review");
      CHECK(one["start_approved"] == "2027-01-04");
      CHECK(one["end_approved"] == "2028-01-03");
      CHECK(one["units_approved"] == 365);
      CHECK(one["weekly_hours_approved"] == one["weekly_hours_requested"]);
      CHECK_FALSE(one["authorization_no"].is_null());
    }
    auto silent = atz.run({"status", "--as-of", "2026-12-10", "--changes"});
    CHECK(silent.code == 0);
    CHECK(silent.out.empty());
    CHECK(silent.err.empty());
    CHECK(atz.run({"status"}).code == 0);
  }

  TEST_CASE("a partial approval and a denial need a person") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    CHECK(
        atz.run({"sandbox", "review", "900000101", "partial", "--hours", "60", "--note", "evenings are shared"}).code ==
        0);
    CHECK(atz.run({"sandbox", "review", "900000102", "deny", "--note", "no plan was found"}).code == 0);
    auto status = atz.run({"status", "--changes", "--format", "json"});
    CHECK(status.code == 1);
    const auto cases = status.json()["cases"];
    REQUIRE(cases.size() == 2);
    CHECK(cases[0]["status"] == "partially_approved");
    CHECK(cases[0]["weekly_hours_approved"] == 60);
    CHECK(cases[0]["note"].get<std::string>().find("evenings are shared") != std::string::npos);
    CHECK(cases[1]["status"] == "denied");
    CHECK(cases[1]["authorization_no"].is_null());
    CHECK_FALSE(cases[1]["action_needed"].is_null());
    // Decided once is decided; more hours than asked is no partial approval.
    CHECK(atz.run({"sandbox", "review", "900000102", "approve"}).code == 2);
    CHECK(atz.run({"sandbox", "review", "900000103", "partial", "--hours", "97"}).code == 2);
    CHECK(atz.run({"sandbox", "review", "900000103", "partial", "--hours", "96.3"}).code == 2);
    CHECK(atz.run({"status"}).code == 1);
  }

  TEST_CASE("changed content of an open case is refused with the way forward") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto changed = atz.home({{"Gets up most nights", "Gets up every night"}});
    auto plan = atz.run({"plan", "--as-of", "2026-12-07", "--format", "json", changed});
    CHECK(plan.code == 1);
    CHECK(plan.json()["members"][0]["action"] == "changed");
    CHECK(plan.json()["members"][1]["action"] == "sent");
    auto submit = atz.run({"submit", "--as-of", "2026-12-07", changed});
    CHECK(submit.code == 1);
    CHECK(submit.err.find("has changed") != std::string::npos);
    // Comments and layout are no content.
    const auto same = atz.home({{"# the first is primary", "# primary first"}});
    CHECK(atz.run({"submit", "--as-of", "2026-12-07", same}).code == 0);
  }

  TEST_CASE("the embedded payer's clock never goes back") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    auto back = atz.run({"status", "--as-of", "2026-12-06"});
    CHECK(back.code == 2);
    CHECK(back.err.find("sandbox reset") != std::string::npos);
    CHECK(atz.run({"sandbox", "clock", "show"}).out.find("2026-12-07") == 0);
    CHECK(atz.run({"sandbox", "clock", "advance", "1d"}).code == 0);
    CHECK(atz.run({"sandbox", "clock", "show"}).out.find("2026-12-08") == 0);
    // check and plan look at any day and move nothing.
    CHECK(atz.run({"check", "--as-of", "2026-12-05", atz.path("home.yaml")}).code == 1);  // attested later than that
    CHECK(atz.run({"sandbox", "clock", "show"}).out.find("2026-12-08") == 0);
    CHECK(atz.run({"sandbox", "reset"}).code == 0);
    CHECK(atz.run({"status", "--format", "json"}).json()["cases"].empty());
    CHECK(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
  }

  TEST_CASE("a new demo home passes check and submit at once") {
    Program atz;
    REQUIRE(atz.run({"new", "home", "--demo", "-o", "demo.yaml"}).code == 0);
    auto check = atz.run({"check", "demo.yaml"});
    CHECK_MESSAGE(check.code == 0, check.out);
    auto submit = atz.run({"submit", "--format", "json", "demo.yaml"});
    CHECK_MESSAGE(submit.code == 0, submit.err);
    CHECK(submit.json()["cases"].size() == 3);
    CHECK(atz.run({"new", "home", "--demo", "-o", "demo.yaml"}).code == 2);  // never over a file
    // The shipped example is this template on its day.
    const auto text = atz.run({"new", "home", "--demo", "--as-of", "2026-12-07"}).out;
    const auto example = atz::test::example_home();
    CHECK(text.substr(text.find("atz: 1")) == example.substr(example.find("atz: 1")));
  }

  TEST_CASE("what is due follows from what was sent and decided") {
    Program atz;
    const auto home = atz.home();
    CHECK(atz.run({"due", "--as-of", "2026-12-07"}).code == 0);
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", home}).code == 0);
    const auto open = atz.run({"due", "--as-of", "2026-12-07", "--format", "json"});
    CHECK(open.code == 0);
    const auto items = nlohmann::json(open.json()["items"]);
    REQUIRE(items.size() == 2);
    CHECK(items[0]["kind"] == "ask_payer");
    CHECK(items[1]["kind"] == "answer_expected");
    CHECK(items[1]["due"] == "2026-12-14");
    CHECK(items[1]["members"] == nlohmann::json({"A", "B", "C"}));
    REQUIRE(atz.run({"sandbox", "review", "maple-street", "approve", "--as-of", "2026-12-09"}).code == 0);
    REQUIRE(atz.run({"status", "--as-of", "2026-12-09"}).code == 0);
    CHECK(atz.run({"due", "--as-of", "2027-11-03"}).out.empty());
    const auto soon = atz.run({"due", "--as-of", "2027-11-04", "--ics", atz.path("due.ics")});
    CHECK(soon.code == 0);
    CHECK(soon.out.find("2027-12-04 Sat  in 30 days  maple-street") != std::string::npos);
    CHECK(atz.read("due.ics").find("DTSTART;VALUE=DATE:20271204\r\n") != std::string::npos);
    const auto missed = atz.run({"due", "--as-of", "2027-12-30"});
    CHECK(missed.code == 1);
    CHECK(missed.out.find("window to extend is closed") != std::string::npos);
    CHECK(atz.run({"due", "--within", "3h"}).code == 2);
  }

  TEST_CASE("a blank new home is pointed at where a person has to fill it in") {
    Program atz;
    REQUIRE(atz.run({"new", "home", "-o", "blank.yaml"}).code == 0);
    auto check = atz.run({"check", "--format", "json", "blank.yaml"});
    CHECK(check.code == 1);
    const auto text = atz.read("blank.yaml");
    std::set<int> reported;
    const auto findings = check.json();
    for (const auto& finding : findings["findings"]) reported.insert(finding["line"].get<int>());
    int line = 1;
    std::size_t begin = 0;
    while (begin < text.size()) {
      const auto end = text.find('\n', begin);
      const auto hash = text.find('#', begin);
      const auto mark = text.find("CHANGE-ME", begin);
      if (mark < end && mark < hash) CHECK_MESSAGE(reported.count(line) == 1, "line ", line);
      begin = end + 1;
      ++line;
    }
  }
}
