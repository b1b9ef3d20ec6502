// A case after its first approval: extension, add-on, questions, withdrawal, termination. Each story with the one that
// goes wrong: a clear error, and nothing changed.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "program.hpp"

using atz::test::Outcome;
using atz::test::Program;
using atz::test::replaced;
using nlohmann::json;

namespace {

constexpr const char* kHome = "maple-street";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string example(const std::string& name) {
  return atz::test::read_source("examples/" + name);
}

std::string with_all(std::string text, const std::vector<std::pair<std::string, std::string>>& edits) {
  for (const auto& [from, to] : edits) text = replaced(std::move(text), from, to);
  return text;
}

// The case of a member in what `status --format json` printed: the newest request.
json case_of(const Outcome& status, const std::string& member) {
  const auto all = status.json();
  json found;
  for (const auto& one : all["cases"]) {
    if (one["member"] == member) found = one;
  }
  REQUIRE_FALSE(found.is_null());
  return found;
}

json status_on(const Program& atz, const std::string& day, const std::string& member, int code = -1) {
  const auto status = atz.run({"status", "--as-of", day, "--format", "json"});
  if (code >= 0) CHECK_MESSAGE(status.code == code, status.out, status.err);
  return case_of(status, member);
}

std::string bytes_of_ledger(const Program& atz) {
  const auto status = atz.run({"status", "--offline", "--all", "--format", "json"}).json();
  return status["cases"].dump();
}

// The example home, approved for a year that ends on 2027-01-31.
void approve_first_year(const Program& atz) {
  REQUIRE(atz.run({"new", "home", "--demo", "--as-of", "2026-01-04", "-o", atz.path("home.yaml")}).code == 0);
  const auto sent = atz.run({"submit", "--as-of", "2026-01-04", atz.path("home.yaml")});
  REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
  REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-01-08", kHome, "approve"}).code == 0);
  const auto status = atz.run({"status", "--as-of", "2026-01-08"});
  REQUIRE_MESSAGE(status.code == 0, status.out, status.err);
}

const std::map<std::string, std::string> kCaseIds{
    {"900000201", "900000101"}, {"900000202", "900000102"}, {"900000203", "900000103"}};

// A file of the examples with the Case IDs that the embedded payer gave out.
std::string write_example(const Program& atz, const std::string& name,
                          const std::vector<std::pair<std::string, std::string>>& edits = {}) {
  std::string text = example(name);
  for (const auto& [from, to] : kCaseIds) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from)) text.replace(at, from.size(), to);
  }
  for (auto at = text.find("documents/"); at != std::string::npos; at = text.find("documents/", at + 200)) {
    text.replace(at, 10, std::string(ATZ_SOURCE_DIR) + "/examples/documents/");
  }
  atz.write(name, with_all(std::move(text), edits));
  return atz.path(name);
}

constexpr const char* kExtension = "maple-street-extension.yaml";
constexpr const char* kAddOn = "maple-street-add-on.yaml";
constexpr const char* kTermination = "lantern-termination.yaml";

}  // namespace

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

    atz.write("page.pdf", atz::test::read_source("examples/documents/notice-0001.pdf"));
    const auto wrong_type =
        atz.run({"respond", "900000102", "--attach", atz.path("page.pdf"), "--type", "person-centred-plan"});
    CHECK(wrong_type.code == 2);
    CHECK(holds(wrong_type.err, "person-centered-plan"));
    CHECK(atz.run({"respond", "900000102", "--attach", atz.path("none.pdf"), "--type", "person-centered-plan"}).code ==
          1);
    CHECK(atz.run({"respond", "900000102", "--answer", "99=x"}).code == 2);
    CHECK(atz.run({"respond", "900000102"}).code == 2);
    CHECK(case_of(atz.run({"status", "--format", "json"}), "B")["status"] == "info_requested");

    const auto answered = atz.run({"respond", "--as-of", "2026-12-10", "900000102", "--attach", atz.path("page.pdf"),
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

  TEST_CASE("the home's state and rate count all of its members, also when one case is asked about") {
    Program atz;
    approve_first_year(atz);
    const auto one = atz.run({"status", "900000101", "--format", "json"}).json();
    REQUIRE(one["cases"].size() == 1);
    CHECK(one["homes"][0]["weekly_hours"] == 250);
    CHECK(one["homes"][0]["estimated_day_rate"] == "476.19");
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
