// Habits: help, mistyped words, exit codes, streams, formats, the schema and the picture.
#include <doctest/doctest.h>

#include <filesystem>

#include "program.hpp"

using atz::test::Program;

TEST_SUITE("commands") {
  TEST_CASE("help shows examples first, for atz and for every command") {
    Program atz;
    auto overview = atz.run({"--help"});
    CHECK(overview.code == 0);
    CHECK(overview.out.find("Examples") < overview.out.find("Commands"));
    CHECK(atz.run({}).out == overview.out);
    for (const char* command : {"new home",
                                "check",
                                "explain",
                                "plan",
                                "submit",
                                "status",
                                "due",
                                "recover",
                                "staffing",
                                "questionnaire list",
                                "questionnaire show",
                                "questionnaire fill",
                                "schema",
                                "completion",
                                "sandbox serve",
                                "sandbox review",
                                "sandbox ask",
                                "sandbox letters",
                                "sandbox script",
                                "sandbox clock set",
                                "sandbox reset",
                                "sandbox",
                                "codes",
                                "codes find",
                                "codes import"}) {
      CAPTURE(command);
      std::vector<std::string> words;
      std::string word;
      for (const char* c = command;; ++c) {
        if (*c != ' ' && *c != '\0') {
          word += *c;
          continue;
        }
        words.push_back(word);
        word.clear();
        if (*c == '\0') break;
      }
      words.emplace_back("--help");
      auto help = atz.run(words);
      CHECK(help.code == 0);
      CHECK(help.out.find("Usage") != std::string::npos);
      CHECK(help.out.find(command) != std::string::npos);
    }
    CHECK(atz.run({"--version"}).out.find("atz ") == 0);
  }

  TEST_CASE("mistyped words get a suggestion and exit code 2") {
    Program atz;
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"chekc", "x.yaml"}, "check"},
        {{"sandbox", "reviw"}, "review"},
        {{"codes", "fnd"}, "find"},
        {{"codes", "find", "--kind", "diagnoses", "x"}, "diagnosis"},
        {{"check", "--formt", "json", "x.yaml"}, "--format"},
        {{"check", "--format", "jsn", "x.yaml"}, "json"},
        {{"status", "--wait", "decidd"}, "decided"},
        {{"completion", "bsh"}, "bash"},
        {{"submit", "--profile", "sandbx", "home.yaml"}, "sandbox"},
    };
    atz.home();
    for (const auto& [words, suggestion] : cases) {
      auto result = atz.run(words);
      CHECK(result.code == 2);
      CHECK(result.out.empty());
      CHECK_MESSAGE(result.err.find(suggestion) != std::string::npos, result.err);
    }
    CHECK(atz.run({"check"}).code == 2);
    CHECK(atz.run({"check", "no-such-file.yaml"}).code == 2);
    for (const char* command : {"submit", "plan", "staffing"}) CHECK(atz.run({command, "no-such-file.yaml"}).code == 2);
    CHECK(atz.run({"check", "--jobs", "0", "home.yaml"}).code == 2);
    CHECK(atz.run({"check", "--as-of", "yesterday", "home.yaml"}).code == 2);
    CHECK(atz.run({"sandbox"}).code == 2);
  }

  TEST_CASE("data goes to stdout, talk to stderr, colour only where asked") {
    Program atz;
    const auto home = atz.home();
    auto check = atz.run({"check", "--as-of", "2026-12-07", home});
    CHECK(check.out.find('\x1b') == std::string::npos);
    CHECK(check.err.find("1 file") != std::string::npos);
    CHECK(atz.run({"check", "--as-of", "2026-12-07", "--quiet", home}).err.empty());
    CHECK(atz.run({"check", "--as-of", "2026-12-07", "--color", "always", home}).out.find("\x1b[") !=
          std::string::npos);
    auto json = atz.run({"check", "--as-of", "2026-12-07", "--format", "json", home});
    CHECK(json.json()["schema"] == "atz/check/1");
    CHECK(json.json()["errors"] == 0);
    CHECK(json.json()["warnings"] == 1);
    CHECK(json.json()["files"] == 1);
    auto github = atz.run({"check", "--as-of", "2026-12-07", "--format", "github", home});
    CHECK(github.out.find("::warning file=") == 0);
    CHECK(atz.run({"check", "--as-of", "2026-12-07", "--strict", home}).code == 1);
  }

  TEST_CASE("folders, many jobs, standard input, a staffing file alone") {
    Program atz;
    for (int i = 0; i < 40; ++i) {
      atz.write("homes/h" + std::to_string(i) + ".yaml",
                i % 3 == 0 ? atz::test::replaced(atz::test::example_home(), "units: 365", "units: 364")
                           : atz::test::example_home());
    }
    atz.write("homes/other.yaml", "not: a case file\n");
    atz.write("homes/atz.yaml", "settings: {review-lead-days: 5}\n");
    auto one = atz.run({"check", "--as-of", "2026-12-07", "--format", "json", "homes"});
    CHECK(one.code == 1);
    CHECK(one.json()["files"] == 40);
    CHECK(one.json()["errors"].get<int>() == 14);
    for (const char* jobs : {"2", "7"}) {
      CHECK(atz.run({"check", "--as-of", "2026-12-07", "--format", "json", "--jobs", jobs, "homes"}).out == one.out);
    }
    CHECK(atz.run({"check", "homes/other.yaml"}).code == 1);  // named, so it is reported
    CHECK(atz.run({"check", "--as-of", "2026-12-07", "-"}, atz::test::example_home()).code == 0);
    atz.write("week.yaml", "roster: [A]\nshifts:\n  - {staff: N, days: daily, from: 22:00, to: 06:10}\n");
    auto staffing = atz.run({"check", "--format", "json", "week.yaml"});
    CHECK(staffing.code == 1);
    CHECK(staffing.out.find("SP001") != std::string::npos);
  }

  TEST_CASE("settings of atz.yaml, written with hyphens or underscores; a warning can be raised or ignored") {
    Program atz;
    const auto home = atz.home({{"weekly_hours: 67.75}", "weekly_hours: 68.25}"}});
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).out.find("SP010") != std::string::npos);
    for (const char* key : {"hours-tolerance", "hours_tolerance"}) {
      atz.write("atz.yaml", std::string("settings: {") + key + ": 1}\n");
      CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).out.find("SP010") == std::string::npos);
    }
    atz.home();
    atz.write("atz.yaml", "rules:\n  HS022: {level: error, reason: we always name addresses}\n");
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).code == 1);
    atz.write("atz.yaml", "rules:\n  HS022: {level: off, reason: letters go by hand}\n");
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).out.empty());
  }

  TEST_CASE("the picture of the week") {
    Program atz;
    const auto home = atz.home();
    for (const auto& [name, magic] : std::vector<std::pair<std::string, std::string>>{
             {"w.pdf", "%PDF-"}, {"w.svg", "<?xml"}, {"w.png", "\x89PNG"}}) {
      CHECK(atz.run({"staffing", "--as-of", "2026-12-07", "-o", name, home}).code == 0);
      CHECK(atz.read(name).rfind(magic, 0) == 0);
    }
    auto text = atz.run_other({"pdftotext", "-layout", atz.path("w.pdf"), "-"});
    CHECK(text.code == 0);
    for (const char* word : {"67.75", "85.75", "96.50", "maple-street"})
      CHECK(text.out.find(word) != std::string::npos);
    for (const char* name : {"Sampleton", "99000001A", "1988"}) CHECK(text.out.find(name) == std::string::npos);
    CHECK(atz.run_other({"pdfinfo", atz.path("w.pdf")}).out.find("Pages:           1") != std::string::npos);
    CHECK(atz.run({"staffing", "-o", "w.gif", home}).code == 2);
  }

  TEST_CASE("plan writes the body that submit sends, apart from identifiers and times") {
    Program atz;
    const auto home = atz.home();
    CHECK(atz.run({"plan", "--as-of", "2026-12-07", "--bundle", "body.json", home}).code == 0);
    const auto body = nlohmann::json::parse(atz.read("body.json"));
    CHECK(body["type"] == "transaction");
    REQUIRE(body["entry"].size() == 3);
    for (const auto& entry : body["entry"]) {
      CHECK(entry["request"]["url"] == "Claim/$submit");
      CHECK(entry["resource"]["entry"][0]["resource"]["resourceType"] == "Claim");
    }
    CHECK_FALSE(std::filesystem::exists(atz.path("state")));  // plan wrote nothing
  }

  TEST_CASE("schema prints what is shipped") {
    Program atz;
    std::filesystem::copy_file(std::filesystem::path(ATZ_SOURCE_DIR) / "schemas" / "home.schema.json",
                               atz.path("shipped.json"));
    CHECK(atz.run({"schema", "home"}).out == atz.read("shipped.json"));
  }

  TEST_CASE("a submission that could run past midnight is not begun") {
    Program atz;
    // 60 s and 5 s a member, twice: with three members the last moment is 23:57:30.
    auto late = atz.run({"submit", "--as-of", "2026-12-07T23:57:31", atz.home()});
    CHECK(late.code == 1);
    CHECK(late.err.find("HS012") != std::string::npos);
  }

  TEST_CASE("just in time before midnight") {
    Program atz;
    CHECK(atz.run({"submit", "--as-of", "2026-12-07T23:57:30", atz.home()}).code == 0);
  }
}
