// Questions and answers, withdrawals, and what may follow a denial.
#include <doctest/doctest.h>

#include "life.hpp"

using namespace atz::test;
using nlohmann::json;

TEST_SUITE("life") {
  TEST_CASE("a question is shown with its day, answered, and the case goes back into review") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto unasked = atz.run({"respond", "900000102", "--note", "here it is"});
    CHECK(unasked.code == 1);
    CHECK(holds(unasked.err, "Nothing is asked"));

    REQUIRE(atz.run({"sandbox", "ask", "--as-of", "2026-12-09", "900000102", "--text",
                     "Please send the page on nights.", "--due", "2026-12-15"})
                .code == 0);
    const auto asked = atz.run({"status", "--format", "json"});
    CHECK(asked.code == 1);
    auto b = case_of(asked, "B");
    CHECK(b["status"] == "info_requested");
    REQUIRE(b["questions"].size() == 1);
    CHECK(holds(b["questions"][0]["text"], "page on nights"));
    CHECK(b["questions"][0]["due"] == "2026-12-15");
    CHECK(asked.json()["homes"][0]["state"] == "waiting_for_us");
    const auto shown = atz.run({"status"});
    CHECK(holds(shown.out, "answer by 2026-12-15"));
    CHECK(holds(shown.out, "atz respond 900000102"));
    CHECK(holds(atz.run({"due"}).out, "2026-12-15"));

    atz.write("papers/page.pdf", atz::test::read_source("examples/documents/notice-0001.pdf"));
    const auto wrong_type =
        atz.run({"respond", "900000102", "--attach", atz.path("papers/page.pdf"), "--type", "person-centred-plan"});
    CHECK(wrong_type.code == 2);
    CHECK(holds(wrong_type.err, "person-centered-plan"));
    CHECK(atz.run({"respond", "900000102", "--attach", atz.path("none.pdf"), "--type", "person-centered-plan"}).code ==
          1);
    CHECK(atz.run({"respond", "900000102", "--answer", "99=x"}).code == 2);
    CHECK(atz.run({"respond", "900000102"}).code == 2);
    CHECK(case_of(atz.run({"status", "--format", "json"}), "B")["status"] == "info_requested");

    const auto answered = atz.run({"respond", "--as-of", "2026-12-10", "900000102", "--attach", atz.path("papers/page.pdf"),
                                   "--type", "person-centered-plan", "--note", "Page 7."});
    REQUIRE_MESSAGE(answered.code == 0, answered.out, answered.err);
    CHECK(holds(answered.out, "in review"));
    b = status_on(atz, "2026-12-10", "B", 8);
    CHECK(b["status"] == "in_review");
    CHECK(b["questions"].empty());

    // A closed case takes no answer.
    REQUIRE(atz.run({"sandbox", "review", kHome, "approve"}).code == 0);
    REQUIRE(atz.run({"status"}).code == 0);
    const auto closed = atz.run({"respond", "900000102", "--note", "one more thing"});
    CHECK(closed.code == 1);
    CHECK(holds(closed.err, "closed"));
  }

  TEST_CASE("a question can be answered by an update, with answers of a questionnaire") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    REQUIRE(atz.run({"sandbox", "ask", "900000101", "--text", "Why at night?", "--by-update"}).code == 0);
    atz.write("config/profiles.yaml", "sandbox: {answer_by: update}\n");
    const auto answered =
        atz.run({"respond", "900000101", "--answer", "3.1.1=Gets up twice a night.", "--note", "As phoned."});
    REQUIRE_MESSAGE(answered.code == 0, answered.out, answered.err);
    CHECK(case_of(atz.run({"status", "--format", "json"}), "A")["status"] == "in_review");
    // The update is the Claim that comes next: a withdrawal names it, and is taken.
    CHECK(atz.run({"cancel", "900000101", "--reason", "sent by mistake"}).code == 0);
    CHECK(case_of(atz.run({"status", "--format", "json"}), "A")["status"] == "voided");
  }

  TEST_CASE("one member is withdrawn and sent again; the others keep their cases") {
    Program atz;
    const auto home = atz.home();
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", home}).code == 0);
    CHECK(atz.run({"cancel", "900000103"}).code == 2);
    CHECK(atz.run({"cancel", "900000199", "--reason", "x"}).code == 2);
    const auto gone = atz.run({"cancel", "900000103", "--reason", "moved out", "--format", "json"});
    REQUIRE_MESSAGE(gone.code == 0, gone.out, gone.err);
    CHECK(gone.json()["status"] == "voided");
    CHECK(case_of(atz.run({"status", "--format", "json"}), "A")["status"] == "in_review");
    const auto twice = atz.run({"cancel", "900000103", "--reason", "moved out"});
    CHECK(twice.code == 1);
    CHECK(holds(twice.err, "closed"));

    const auto again = atz.run({"submit", "--as-of", "2026-12-08", "--format", "json", home});
    REQUIRE_MESSAGE(again.code == 0, again.out, again.err);
    CHECK(case_of(atz.run({"status", "--format", "json"}), "C")["case_id"] == "900000104");

    // What was approved is given up only when that is said.
    REQUIRE(atz.run({"sandbox", "review", "900000101", "approve"}).code == 0);
    const auto approved = atz.run({"cancel", "900000101", "--reason", "x"});
    CHECK(approved.code == 1);
    CHECK(holds(approved.err, "--approved"));
    CHECK(atz.run({"cancel", "900000101", "--reason", "x", "--approved"}).code == 0);
    CHECK(case_of(atz.run({"status", "--all", "--format", "json"}), "A")["status"] == "voided");
  }

  TEST_CASE("a withdrawn extension leaves the approved year as it is, and can be asked again") {
    Program atz;
    approve_first_year(atz);
    const auto file = write_example(atz, kExtension);
    REQUIRE(atz.run({"submit", "--as-of", "2027-01-11", file}).code == 0);
    const auto gone = atz.run({"cancel", "900000102", "--reason", "wrong hours"});
    REQUIRE_MESSAGE(gone.code == 0, gone.out, gone.err);
    const auto status = atz.run({"status", "--all", "--format", "json"});
    const auto all = status.json()["cases"];
    CHECK(all[1]["status"] == "approved");
    CHECK(case_of(status, "B")["status"] == "voided");
    const auto again = atz.run({"submit", "--as-of", "2027-01-12", file});
    REQUIRE_MESSAGE(again.code == 0, again.out, again.err);
    CHECK(status_on(atz, "2027-01-12", "B", 8)["status"] == "in_review");
  }

  TEST_CASE("an extension and an add-on are withdrawn one after the other, and both can be asked again") {
    Program atz;
    approve_first_year(atz);
    const auto extension = write_example(atz, kExtension);
    REQUIRE(atz.run({"submit", "--as-of", "2027-01-11", extension}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", kHome, "approve"}).code == 0);
    REQUIRE(atz.run({"status"}).code == 0);
    const auto add_on = write_example(atz, kAddOn);
    REQUIRE(atz.run({"submit", "--as-of", "2027-01-12", add_on}).code == 0);
    // The open request goes first; what is approved stays unless that is said.
    CHECK(atz.run({"cancel", "900000103", "--reason", "order withdrawn"}).code == 0);
    CHECK(atz.run({"cancel", "900000103", "--reason", "x"}).code == 1);
    CHECK(atz.run({"cancel", "900000103", "--reason", "x", "--approved"}).code == 0);
    const auto again = atz.run({"submit", "--as-of", "2027-01-13", add_on});
    CHECK(again.code != 0);  // its days were withdrawn with the extension
    const auto whole = atz.run({"submit", "--as-of", "2027-01-13", extension});
    CHECK_MESSAGE(whole.code == 0, whole.out, whole.err);
  }

  TEST_CASE("after a denial a new request is sent, and an extension of the denied case is not") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-12-10", "900000101", "deny", "--note", "no plan was found"})
                .code == 0);
    CHECK(status_on(atz, "2026-12-10", "A", 1)["status"] == "denied");
    CHECK(status_on(atz, "2026-12-10", "A")["former_hours_through"].is_null());
    const auto refused = atz.run({"cancel", "900000101", "--reason", "x"});
    CHECK(refused.code == 1);
    const auto changed = atz.home({{"Gets up most nights", "Gets up every night"}});
    const auto sent = atz.run({"submit", "--as-of", "2026-12-11", "--format", "json", changed});
    REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
    CHECK(status_on(atz, "2026-12-11", "A")["case_id"] == "900000104");
    // An extension of what was denied.
    const auto extension = write_example(atz, kExtension);
    const auto plan = atz.run({"plan", "--as-of", "2027-01-11", extension});
    CHECK(plan.code == 1);
    CHECK(holds(plan.out, "EX017"));
  }
}
