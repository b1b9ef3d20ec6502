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
                             "Why is awake staff needed?", "staffing-pattern.pdf", "sha256", "in review", "2027-12-04",
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
