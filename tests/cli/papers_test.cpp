// Papers about cases: one case whole, the daily report, the payer's members, what is due.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "program.hpp"

using atz::test::Program;

namespace {

void decide(const Program& atz) {
  REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
  REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-12-10", "900000101", "partial", "--hours", "60", "--note",
                   "evenings are shared"})
              .code == 0);
  REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-12-10", "maple-street", "--auto"}).code == 0);
  REQUIRE(atz.run({"status", "--as-of", "2026-12-10"}).code == 1);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

unsigned mode_of(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777U : 0;
}

// Case 900000103 has a line of regular hours and one of a Medical Add-On.
void submit_two_lines(const Program& atz) {
  atz.write("order.pdf", atz::test::read_source("examples/documents/order-0001.pdf"));
  const auto home = atz.home(
      {{"weekly_hours: 96.5}\n",
        "weekly_hours: 96.5}\n"
        "      - {code: T2016SC, units: 365, weekly_hours: 10.5}\n"
        "    order: {signed_on: 2026-11-15, by: Imaginaria Example, credential: MD, npi: 2000000010,\n"
        "            condition: Dysphagia with suctioning need., procedures: Oral suctioning., span: indefinite,\n"
        "            frequency: {times: 6, per: day}}\n"
        "    planning_team: {met_on: 2026-11-15, members: [member, guardian, case manager, provider]}\n"
        "    documents:\n"
        "      - {file: order.pdf, type: physician-order}\n"},
       {"        8: total\n        9: 2026-12-01\n        10: No\n",
        "        8: total\n        9: 2026-12-01\n        10: Yes\n"
        "      medical-add-on: {1: Dysphagia with suctioning need., 2: Oral suctioning., 3: indefinite, 4: 6, 4a: "
        "day,\n"
        "                       5: 10.5, 6: Six times a day for fifteen minutes., 7: Not enough., 8: 2026-11-15,\n"
        "                       9: physician, 10: 2026-11-15, 11: Trained staff., 12: first}\n"}});
  const auto sent = atz.run({"submit", "--as-of", "2026-12-07", home});
  REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
}

// Everything that tells who member A is.
const char* const kPersonal[] = {"Sampleton", "Testa", "99000001A", "1988-02-29"};

}  // namespace

TEST_SUITE("papers") {
  TEST_CASE("show prints one case whole, without saying who it is about") {
    Program atz;
    decide(atz);
    const auto shown = atz.run({"show", "900000101"});
    REQUIRE_MESSAGE(shown.code == 0, shown.err);
    for (const char* part : {"Case 900000101", "partially approved", "…001A", "67.75", "60.00", "evenings are shared",
                             "Why is awake staff needed?", "Staffing Pattern", "sha256", "in review", "2027-12-04",
                             "2027-12-29", "An approval is not a promise of payment"})
      CHECK_MESSAGE(has(shown.out, part), part);
    for (const char* part : kPersonal) CHECK_FALSE_MESSAGE(has(shown.out, part), part);
    const auto all = atz.run({"show", "--show-phi", "900000101"});
    for (const char* part : kPersonal) CHECK_MESSAGE(has(all.out, part), part);
    CHECK(has(all.out, "C. Manager Example"));
  }

  TEST_CASE("show as JSON, with and without names") {
    Program atz;
    decide(atz);
    const auto masked = atz.run({"show", "--format", "json", "900000101"});
    const auto json = masked.json();
    CHECK(json["schema"] == "atz/show/1");
    CHECK(json["member"]["id"] == "…001A");
    CHECK_FALSE(json["member"].contains("name"));
    const auto request = json["requests"][0];
    CHECK(request["lines"][0]["weekly_hours_requested"] == 67.75);
    CHECK(request["lines"][0]["weekly_hours_approved"] == 60);
    CHECK(request["sent"]["documents"][0]["sha256"].get<std::string>().size() == 64);
    CHECK(request["history"].size() >= 2);
    for (const char* part : kPersonal) CHECK_FALSE(has(masked.out, part));
    const auto named = atz.run({"show", "--show-phi", "--format", "json", "900000101"}).json();
    CHECK(named["member"]["name"] == "Testa Sampleton");
  }

  TEST_CASE("what was written freely may name somebody, and is shown with names only") {
    Program atz;
    atz.write("Sampleton-plan.pdf", atz::test::read_source("examples/documents/order-0001.pdf"));
    atz.write("Sampleton-page.pdf", atz::test::read_source("examples/documents/notice-0001.pdf"));
    const auto home = atz.home(
        {{"attest: {", "documents:\n  - {file: Sampleton-plan.pdf, type: person-centered-plan, member: A}\nattest: {"},
         {"Gets up most nights and needs guidance back to bed.", "Testa Sampleton gets up most nights."}});
    const auto sent = atz.run({"submit", "--as-of", "2026-12-07", home});
    REQUIRE_MESSAGE(sent.code == 0, sent.out, sent.err);
    REQUIRE(atz.run({"sandbox", "ask", "--as-of", "2026-12-09", "900000101", "--text", "Please send the page."}).code ==
            0);
    REQUIRE(atz.run({"status", "--as-of", "2026-12-09"}).code == 1);
    const auto answered =
        atz.run({"respond", "--as-of", "2026-12-10", "900000101", "--attach", atz.path("Sampleton-page.pdf"), "--type",
                 "person-centered-plan", "--note", "Sampleton is well."});
    REQUIRE_MESSAGE(answered.code == 0, answered.out, answered.err);

    const auto text = atz.run({"show", "900000101"});
    const auto json = atz.run({"show", "--format", "json", "900000101"});
    for (const auto* shown : {&text, &json}) {
      REQUIRE_MESSAGE(shown->code == 0, shown->err);
      for (const char* part : {"Sampleton", "Testa", "Service Notification. Outpatient", "1 Example Way", "is well"})
        CHECK_FALSE_MESSAGE(has(shown->out, part), part);
      for (const char* part : {"Person-Centered Plan", "(withheld; --show-phi)", "answer sent (accepted)", "mon-fri"})
        CHECK_MESSAGE(has(shown->out, part), part);
    }
    const auto sent_content = json.json()["requests"][0]["sent"];
    CHECK(sent_content["documents"][0]["title"] == sent_content["documents"][0]["type"]);
    for (const auto& questionnaire : sent_content["questionnaires"]) {
      if (questionnaire["name"] != "home-support") continue;
      for (const auto& answer : questionnaire["answers"]) {
        if (answer["link"] == "2") CHECK(answer["values"][0] == "67.75");
        if (answer["link"] == "3.1.1") CHECK(answer["values"][0] == "(withheld; --show-phi)");
        if (answer["link"] == "4") CHECK(answer["values"][0] == "No");
        if (answer["link"] == "9") CHECK(answer["values"][0] == "2026-12-01");
      }
    }
    for (const auto& named : {atz.run({"show", "--show-phi", "900000101"}),
                              atz.run({"show", "--show-phi", "--format", "json", "900000101"})}) {
      for (const char* part : {"Sampleton-plan.pdf", "Sampleton-page.pdf", "Sampleton gets up"})
        CHECK_MESSAGE(has(named.out, part), part);
      CHECK_FALSE(has(named.out, "withheld"));
    }
  }

  TEST_CASE("a file of a case is the record: names in full, private, one page after the other") {
    Program atz;
    decide(atz);
    REQUIRE(atz.run({"show", "900000101", "-o", "case.html"}).code == 0);
    const auto html = atz.read("case.html");
    for (const char* part : kPersonal) CHECK(has(html, part));
    CHECK_FALSE(has(html, "<script"));
    CHECK_FALSE(has(html, "http://"));  // nothing is loaded from elsewhere
    REQUIRE(atz.run({"show", "900000101", "-o", "case.pdf"}).code == 0);
    CHECK(atz.read("case.pdf").compare(0, 5, "%PDF-") == 0);
    CHECK(mode_of(atz.path("case.html")) == 0600);
    CHECK(mode_of(atz.path("case.pdf")) == 0600);
    CHECK(atz.run({"show", "900000101", "-o", "case.txt"}).code == 2);
  }

  TEST_CASE("show says what it does not know") {
    Program atz;
    CHECK(atz.run({"show", "900000101"}).code == 2);
    decide(atz);
    const auto near = atz.run({"show", "90000101"});
    CHECK(near.code == 2);
    CHECK(has(near.err, "900000101"));
    const auto home = atz.run({"show", "maple-street"});
    CHECK(home.code == 2);
    CHECK(has(home.err, "is a home"));
  }

  TEST_CASE("the daily report holds what changed on a day in Maine") {
    Program atz;
    decide(atz);
    const auto day = [&](const std::string& date) {
      return atz.run({"report", "daily", "--date", date, "--format", "json"}).json();
    };
    const auto sent = day("2026-12-07");
    CHECK(sent["schema"] == "atz/report-daily/1");
    REQUIRE(sent["rows"].size() == 3);
    CHECK(sent["rows"][0]["status"] == "in_review");
    CHECK(sent["rows"][0]["weekly_hours_approved"].is_null());
    const auto decided = day("2026-12-10");
    REQUIRE(decided["rows"].size() == 3);
    const auto row = decided["rows"][0];
    CHECK(row["case_id"] == "900000101");
    CHECK(row["previous_status"] == "in_review");
    CHECK(row["status"] == "partially_approved");
    CHECK(row["weekly_hours_requested"] == "67.75");
    CHECK(row["weekly_hours_approved"] == "60.00");
    CHECK(row["member_id"] == "…001A");
    CHECK(row["request_type"] == "Service Notification");
    CHECK(has(row["determination_reason"].get<std::string>(), "evenings are shared"));
    CHECK(day("2026-12-08")["rows"].empty());
    const auto quiet = atz.run({"report", "daily", "--date", "2026-12-08"});
    CHECK(quiet.code == 0);
    CHECK(quiet.out.empty());
    CHECK(has(quiet.err, "No case changed"));
    CHECK(atz.run({"report", "daily", "--date", "8 December"}).code == 2);
    const auto table = atz.run({"report", "daily", "--date", "2026-12-10"});
    CHECK(has(table.out, "in review > partially approved"));
    for (const char* part : kPersonal) CHECK_FALSE(has(table.out, part));
    CHECK(has(atz.run({"report", "daily", "--date", "2026-12-10", "--show-phi"}).out, "Sampleton, Testa"));
  }

  TEST_CASE("the daily report as CSV and HTML") {
    Program atz;
    decide(atz);
    const auto csv = atz.run({"report", "daily", "--date", "2026-12-10", "--format", "csv"}).out;
    CHECK(csv.substr(0, csv.find('\r')).find("report_date,case_id,reference_id,authorization_no,member_id") == 0);
    CHECK(has(csv, "2026-12-10,900000101,"));
    REQUIRE(atz.run({"report", "daily", "--date", "2026-12-10", "-o", "day.html"}).code == 0);
    CHECK(has(atz.read("day.html"), "Daily Authorization Report, Thursday 2026-12-10"));
    CHECK(mode_of(atz.path("day.html")) == 0600);
  }

  TEST_CASE("a report of the portal's is taken in once") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    atz.write("report.csv",
              "\xEF\xBB\xBF"
              "Status;Case Number;Something else;Hours Approved;HCPCS;Status Date;Rationale\r\n"
              "Modified;900000101;x;60.00;T2016;12/10/2026;\"evenings; \"\"shared\"\"\"\r\n"
              "Approved;900000102;x;;T2016;2026-12-10 09:30;\r\n"
              "Resting;900000103;x;;;2026-12-10T09:30;\r\n"
              "\r\n"
              "Approved;911111111;x;;T2016;2026-12-10;\r\n");
    const auto first = atz.run({"report", "import", "--as-of", "2026-12-11", "--format", "json", "report.csv"});
    CHECK_MESSAGE(first.code == 1, first.err);  // a partial approval
    const auto json = first.json();
    CHECK(json["rows"] == 4);
    REQUIRE(json["changed"].size() == 3);
    CHECK(json["changed"][0]["status"] == "partially_approved");
    CHECK(json["changed"][1]["status"] == "approved");
    CHECK(json["changed"][2]["status"] == "unknown");
    CHECK(json["unknown_words"] == nlohmann::json({"Resting"}));
    CHECK(json["not_ours"] == nlohmann::json({"911111111"}));
    const auto status = atz.run({"status", "--offline", "--format", "json"}).json();
    CHECK(status["cases"][0]["weekly_hours_approved"] == 60);
    CHECK(has(status["cases"][0]["note"].get<std::string>(), "evenings; \"shared\""));
    CHECK(status["cases"][1]["weekly_hours_approved"] == 85.75);

    const auto again = atz.run({"report", "import", "--as-of", "2026-12-12", "--format", "json", "report.csv"});
    CHECK(again.code == 0);
    CHECK(again.json()["changed"].empty());
    CHECK(again.json()["rows_known"] == 3);
    // What is known to be newer stays.
    atz.write("old.csv", "case_id,status,status_changed_at\n900000102,In Review,2026-12-09\n");
    CHECK(atz.run({"report", "import", "--as-of", "2026-12-12", "old.csv"}).code == 0);
    CHECK(atz.run({"status", "--offline", "--format", "json"}).json()["cases"][1]["status"] == "approved");
  }

  TEST_CASE("a row about one line leaves the others as they were") {
    const auto head = std::string("case_id,code,modifiers,status,status_changed_at\n");
    const auto regular = std::string("900000103,T2016,,Approved,2026-12-10T09:00\n");
    const auto add_on = std::string("900000103,T2016SC,,Denied,2026-12-11T09:00\n");
    const auto take_in = [](const Program& atz, const std::string& rows) {
      atz.write("report.csv", rows);
      return atz.run({"report", "import", "--as-of", "2026-12-12", "--format", "json", "report.csv"});
    };
    {
      Program atz;
      submit_two_lines(atz);
      const auto first = take_in(atz, head + regular);
      CHECK_MESSAGE(first.code == 0, first.err);
      REQUIRE(first.json()["changed"].size() == 1);
      CHECK(first.json()["changed"][0]["status"] == "in_review");  // nobody has decided the add-on
      const auto second = take_in(atz, head + regular + add_on);
      CHECK(second.code == 1);
      CHECK(second.json()["rows_known"] == 1);
      REQUIRE(second.json()["changed"].size() == 1);
      CHECK(second.json()["changed"][0]["status"] == "partially_approved");
      const auto third = take_in(atz, head + regular + add_on);
      CHECK(third.json()["changed"].empty());
      CHECK(third.json()["rows_known"] == 2);
    }
    {  // both in one report, each with its own time
      Program atz;
      submit_two_lines(atz);
      const auto both = take_in(atz, head + regular + add_on);
      REQUIRE(both.json()["changed"].size() == 1);
      CHECK(both.json()["changed"][0]["status"] == "partially_approved");
      const auto lines = atz.run({"show", "--format", "json", "900000103"}).json()["requests"][0]["lines"];
      CHECK(lines[0]["decision"] == "approved");
      CHECK(lines[1]["decision"] == "denied");
    }
  }

  TEST_CASE("a row without a code is taken in only when one request waits for it") {
    Program atz;
    REQUIRE(atz.run({"new", "home", "--demo", "--as-of", "2026-01-04", "-o", atz.path("home.yaml")}).code == 0);
    REQUIRE(atz.run({"submit", "--as-of", "2026-01-04", atz.path("home.yaml")}).code == 0);
    REQUIRE(atz.run({"sandbox", "review", "--as-of", "2026-01-08", "maple-street", "approve"}).code == 0);
    REQUIRE(atz.run({"status", "--as-of", "2026-01-08"}).code == 0);
    auto next = atz::test::read_source("examples/maple-street-extension.yaml");
    for (const char* end : {"1", "2", "3"})
      next = atz::test::replaced(next, std::string("90000020") + end, std::string("90000010") + end);
    atz.write("next.yaml", next);
    REQUIRE(atz.run({"submit", "--as-of", "2027-01-11", atz.path("next.yaml")}).code == 0);
    const auto take_in = [&](const std::string& status, const std::string& day, bool json) {
      atz.write("report.csv", "case_id,status,status_changed_at\n900000101," + status + "," + day + "T09:00\n");
      return atz.run({"report", "import", "--as-of", "2027-01-25", "--format", json ? "json" : "human", "report.csv"});
    };
    const auto waiting = take_in("Approved", "2027-01-20", true).json();
    REQUIRE(waiting["changed"].size() == 1);
    CHECK(waiting["changed"][0]["previous_status"] == "in_review");
    CHECK(waiting["ambiguous"].empty());
    const auto before = atz.run({"status", "--offline", "--all", "--format", "json"}).out;
    const auto both_decided = take_in("Denied", "2027-01-21", true);
    CHECK(both_decided.code == 0);
    CHECK(both_decided.json()["changed"].empty());
    CHECK(both_decided.json()["not_ours"].empty());
    CHECK(both_decided.json()["ambiguous"] == nlohmann::json({"900000101"}));
    CHECK(has(take_in("Denied", "2027-01-21", false).err, "1 case with several requests"));
    CHECK(atz.run({"status", "--offline", "--all", "--format", "json"}).out == before);
  }

  TEST_CASE("our own report can be taken in again") {
    Program atz;
    decide(atz);
    REQUIRE(atz.run({"report", "daily", "--date", "2026-12-10", "-o", "own.csv"}).code == 0);
    const auto again = atz.run({"report", "import", "--format", "json", "own.csv"});
    CHECK(again.code == 0);
    CHECK(again.json()["changed"].empty());
    CHECK(again.json()["rows_known"] == 3);
  }

  TEST_CASE("a report that can't be read is refused with the place, and nothing of it is taken in") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto refused = [&](const std::string& text, const std::string& place) {
      CAPTURE(text);
      atz.write("bad.csv", text);
      const auto run = atz.run({"report", "import", "bad.csv"});
      CHECK(run.code == 1);
      CHECK_MESSAGE(has(run.err, "bad.csv:" + place), run.err);
      CHECK(atz.run({"status", "--offline", "--format", "json"}).json()["cases"][0]["status"] == "in_review");
    };
    refused("case_id,status\n900000101,Approved\n,Denied\n", "3:1");
    refused("case_id,status,status_changed_at\n900000101,Approved,tomorrow\n", "2:20");
    refused("case_id,status,hours approved\n900000101,Approved,many\n", "2:20");
    refused("case_id,status\n900000101,\"Approved\n", "2:11");
    refused("member,status\nX,Approved\n", "1:1");
    refused("case_id,Case Number,status\n1,2,Approved\n", "1:9");
    refused("case_id,status\n900000101,Approved,more\n", "2:20");
    refused("case_id,status\n900000101,\xE4\n", "2:11");
  }

  TEST_CASE("names of columns and status words can be added") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    atz.write("atz.yaml", "settings: {info-reply-days: 7}\n");
    REQUIRE(atz.run_other({"mkdir", "atz.d"}).code == 0);
    atz.write("atz.d/report-columns.yaml",
              "report_columns:\n  - {column: case_id, names: [Vorgang]}\n  - {column: status, names: Stand}\n");
    atz.write("atz.d/status-words.yaml", "status_words:\n  - {text: Bewilligt, status: approved}\n");
    atz.write("report.csv", "Vorgang\tStand\n900000102\tBewilligt\n");
    const auto taken = atz.run({"report", "import", "--as-of", "2026-12-11", "--format", "json", "report.csv"});
    CHECK_MESSAGE(taken.code == 0, taken.err);
    CHECK(taken.json()["changed"][0]["status"] == "approved");
    CHECK(taken.json()["unknown_words"].empty());
  }

  TEST_CASE("the payer's own report, and no right to it") {
    Program atz;
    decide(atz);
    const auto own = atz.run({"report", "daily", "--payer", "--date", "2026-12-10", "--format", "json"});
    REQUIRE_MESSAGE(own.code == 0, own.err);
    const auto json = own.json();
    CHECK(json["source"] == "payer");
    REQUIRE(json["rows"].size() == 3);
    std::string seen;
    for (const auto& row : json["rows"]) seen += row["case_id"].get<std::string>() + " ";
    CHECK(has(seen, "900000101"));
    CHECK(has(own.out, "…001A"));
    for (const char* part : kPersonal) CHECK_FALSE(has(own.out, part));
    // Saved and taken in again, it is no news.
    REQUIRE(atz.run({"report", "daily", "--payer", "--date", "2026-12-10", "-o", "payer.csv"}).code == 0);
    const auto taken = atz.run({"report", "import", "--format", "json", "payer.csv"});
    CHECK(taken.code == 0);
    CHECK(taken.json()["changed"].empty());
    CHECK(atz.run({"report", "daily", "--payer", "--date", "2026-12-09", "--format", "json"}).json()["rows"].empty());
  }

  TEST_CASE("without the Reports right the payer's report is refused in plain words, never empty") {
    Program atz;
    const auto no_right = [](const atz::test::Outcome& run) {
      CHECK(run.code == 4);
      CHECK(run.out.empty());
      CHECK(has(run.err, "has no Reports right"));
    };
    {
      auto server = atz.start({"sandbox", "serve", "--no-reports"});
      atz.add_profile(server.read_until("min_inquiry_interval: 0\n"));
      no_right(atz.run({"report", "daily", "--payer", "--profile", "local"}));
    }
    // A profile that says so spares the question.
    atz.write("config/profiles.yaml", "local: {base_url: \"http://127.0.0.1:9\", auth: {mode: none}, reports: no}\n");
    no_right(atz.run({"report", "daily", "--payer", "--profile", "local"}));
  }

  TEST_CASE("a member is found by ID, or by last name and birth date together") {
    Program atz;
    REQUIRE(atz.run({"submit", "--as-of", "2026-12-07", atz.home()}).code == 0);
    const auto by_id = atz.run({"member", "find", "--id", "99000001a"});
    CHECK_MESSAGE(by_id.code == 0, by_id.err);
    CHECK(has(by_id.out, "…001A"));
    for (const char* part : kPersonal) CHECK_FALSE(has(by_id.out, part));
    const auto named =
        atz.run({"member", "find", "--last", "Sampleton", "--born", "1988-02-29", "--show-phi", "--format", "json"});
    CHECK(named.json()["members"][0]["id"] == "99000001A");
    CHECK(named.json()["members"][0]["first"] == "Testa");
    const auto nobody = atz.run({"member", "find", "--id", "99000099A", "--format", "json"});
    CHECK(nobody.code == 1);
    CHECK(nobody.json()["members"].empty());
    CHECK(atz.run({"member", "find"}).code == 2);
    CHECK(atz.run({"member", "find", "--last", "Sampleton"}).code == 2);
    CHECK(atz.run({"member", "find", "--born", "1988-02-29"}).code == 2);
    CHECK(atz.run({"member", "find", "--last", "Sampleton", "--born", "29.2.1988"}).code == 2);
    CHECK(atz.run({"member", "find", "--id", "99000001A", "--last", "Sampleton", "--born", "1988-02-29"}).code == 2);
  }

  TEST_CASE("due counts the days to ask for a hearing after a cut") {
    Program atz;
    decide(atz);
    const auto due = atz.run({"due", "--as-of", "2026-12-11", "--within", "90d", "--format", "json"});
    CHECK(due.code == 0);
    const auto items = nlohmann::json(due.json()["items"]);
    REQUIRE(items.size() == 1);
    CHECK(items[0]["kind"] == "hearing");
    CHECK(items[0]["due"] == "2027-02-08");  // 60 days
    CHECK(items[0]["members"] == nlohmann::json({"A"}));
  }
}
