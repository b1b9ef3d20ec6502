// `check --fix` and `--diff`.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "program.hpp"

using atz::test::Program;
using atz::test::replaced;

namespace {

const std::vector<std::string> kFix = {"check", "--as-of", "2026-12-07", "--fix"};

std::vector<std::string> words(std::vector<std::string> first, const std::string& last) {
  first.push_back(last);
  return first;
}

}  // namespace

TEST_SUITE("fix") {
  TEST_CASE("what has one answer is corrected, and nothing else") {
    Program atz;
    atz.home();
    const auto original = atz.read("home.yaml");
    const auto home = atz.home({{"99000001A", "99000001a"},
                                {"{start: 2027-01-04, end: 2028-01-03}", "{start: 2027/1/4, end: 20280103}"},
                                {"F84.0", "f840"},
                                {"units: 365, weekly_hours: 67.75", "units: 364, weekly_hours: 67.75"},
                                {"fax: 207-555-0100", "fax: (207) 555-0100"},
                                {"born: 1979-06-01", "born: June 1, 1979"},
                                {"from: 22:00, to: 06:00", "from: 10pm, to: 6:00"}});
    const auto before = atz.read("home.yaml");
    ::chmod(home.c_str(), 0640);

    auto diff = atz.run({"check", "--as-of", "2026-12-07", "--diff", home});
    CHECK(diff.code == 1);
    CHECK(diff.out.find("--- " + home + "\n+++ " + home + "\n@@ ") == 0);
    CHECK(diff.out.find("-    born: June 1, 1979\n+    born: 1979-06-01\n") != std::string::npos);
    CHECK(atz.read("home.yaml") == before);

    auto fixed = atz.run(words(kFix, home));
    CHECK_MESSAGE(fixed.code == 0, fixed.err);
    CHECK(atz.read("home.yaml") == original);
    CHECK(fixed.err.find("HS007: Write 365.") != std::string::npos);
    CHECK(fixed.err.find("99000001A") == std::string::npos);
    CHECK(fixed.err.find("1979-06-01") == std::string::npos);
    struct stat info {};
    REQUIRE(::stat(home.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0640);

    auto again = atz.run(words(kFix, home));
    CHECK(again.code == 0);
    CHECK(again.err.find("orrection") == std::string::npos);
    CHECK(atz.read("home.yaml") == original);
    auto none = atz.run({"check", "--as-of", "2026-12-07", "--diff", home});
    CHECK(none.code == 0);
    CHECK(none.out.empty());
  }

  TEST_CASE("errors that need a person stay, and decide the exit code") {
    Program atz;
    const auto home = atz.home({{"start: 2027-01-04", "start: 1/4/2027"}, {"99000001A", "99000001a"}});
    auto fixed = atz.run(words(kFix, home));
    CHECK(fixed.code == 1);
    CHECK(fixed.out.find("GN001") != std::string::npos);
    CHECK(atz.read("home.yaml").find("99000001A") != std::string::npos);
    CHECK(atz.read("home.yaml").find("1/4/2027") != std::string::npos);
  }

  TEST_CASE("a file that can't be read as a whole is left alone") {
    Program atz;
    const auto home = atz.home({{"99000001A", "&id 99000001a"}});
    const auto before = atz.read("home.yaml");
    CHECK(atz.run(words(kFix, home)).code == 1);
    CHECK(atz.read("home.yaml") == before);
    CHECK(atz.run({"check", "--diff", home}).code == 0);
  }

  TEST_CASE("Windows line ends, a byte order mark and a symbolic link stay") {
    Program atz;
    std::string text = "\xEF\xBB\xBF";
    atz.home();
    for (const char c : replaced(atz.read("home.yaml"), "F84.0", "f84.0")) {
      if (c == '\n') text += '\r';
      text += c;
    }
    atz.write("windows.yaml", text);
    std::filesystem::create_symlink("windows.yaml", atz.path("link.yaml"));
    CHECK(atz.run(words(kFix, atz.path("link.yaml"))).code == 0);
    CHECK(std::filesystem::is_symlink(atz.path("link.yaml")));
    CHECK(atz.read("windows.yaml") == replaced(text, "f84.0", "F84.0"));
  }

  TEST_CASE("a staffing file is corrected with the home that names it, atz.yaml is not") {
    Program atz;
    atz.home();
    const auto whole = atz.read("home.yaml");
    const auto from = whole.find("staffing:");
    const auto to = whole.find("# No documents are listed");
    std::string staffing = "atz: 1\n";
    std::string line;
    for (const char c : whole.substr(whole.find('\n', from) + 1, to - whole.find('\n', from) - 1)) {
      line += c;
      if (c != '\n') continue;
      staffing += line.substr(0, 2) == "  " ? line.substr(2) : line;
      line.clear();
    }
    const auto provider = whole.find("provider:");
    const auto home = whole.find("\nhome:");
    atz.write("atz.yaml", replaced(whole.substr(provider, home - provider + 1), "207-555-0100", "207.555.0100"));
    atz.write("staffing.yaml", replaced(staffing, "from: 22:00", "from: 10pm"));
    atz.write("home.yaml", whole.substr(0, provider) + whole.substr(home + 1, from - home - 1) +
                               "staffing: {file: staffing.yaml}\n\n" + whole.substr(to));
    auto fixed = atz.run(words(kFix, atz.path("home.yaml")));
    CHECK_MESSAGE(fixed.code == 0, fixed.out);
    CHECK(atz.read("staffing.yaml") == staffing);
    CHECK(atz.read("atz.yaml").find("207.555.0100") != std::string::npos);
    CHECK(fixed.err.find("left to make by hand in") != std::string::npos);
  }

  TEST_CASE("standard input comes out corrected") {
    Program atz;
    atz.home();
    const auto text = atz.read("home.yaml");
    auto fixed = atz.run({"check", "--as-of", "2026-12-07", "--fix", "-"}, replaced(text, "F84.0", "F840"));
    CHECK(fixed.code == 0);
    CHECK(fixed.out == text);
    CHECK(atz.run({"check", "--as-of", "2026-12-07", "--fix", "-"}, text).out == text);
    auto diff = atz.run({"check", "--as-of", "2026-12-07", "--diff", "-"}, replaced(text, "F84.0", "F840"));
    CHECK(diff.code == 1);
    CHECK(diff.out.find("+    diagnoses: [F71, F84.0]") != std::string::npos);
    CHECK(atz.run({"check", "--diff", "--format", "json", "-"}, text).code == 2);
  }

  TEST_CASE("fixes are part of the JSON, personal ones without their text") {
    Program atz;
    const auto home = atz.home({{"99000001A", "99000001a"}, {"code: T2016", "code: t2016"}});
    const auto json = atz.run({"check", "--as-of", "2026-12-07", "--format", "json", home}).json();
    int seen = 0;
    for (const auto& finding : json["findings"]) {
      if (finding["rule"] == "ID001") {
        CHECK(finding["fixes"][0]["replacements"].empty());
        ++seen;
      } else if (finding["rule"] == "ID010") {
        CHECK(finding["fixes"][0]["replacements"][0]["text"] == "T2016");
        ++seen;
      } else {
        CHECK(finding["fixes"].empty());
      }
    }
    CHECK(seen == 2);
  }
}
