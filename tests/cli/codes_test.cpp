// Finding codes, taking in the official tables, and what `check` makes of them.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>

#include "program.hpp"

using atz::test::Outcome;
using atz::test::Program;

namespace {

const std::string kSamples = std::string(ATZ_SOURCE_DIR) + "/tests/samples/";
const std::string kOrder = kSamples + "icd10cm_order_2027.txt";
const std::string kHcpcs = kSamples + "HCPC2026_JAN_ANWEB.txt";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A whole ICD-10-CM table, made up but for the codes of the sample.
std::string whole_order_file() {
  std::string text;
  int number = 0;
  const auto add = [&](const std::string& code, bool header, const std::string& words) {
    text += fmt::format("{:05} {:<7} {} {:<60} {}\r\n", ++number, code, header ? 0 : 1, words, words);
  };
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    for (int i = 0; i < 100; ++i) {
      const std::string category = fmt::format("{}{:02}", letter, i);
      if (category == "F84") {
        add("F84", true, "Pervasive developmental disorders");
        add("F840", false, "Autistic disorder");
        add("F845", false, "Asperger's syndrome");
        continue;
      }
      if (category == "F71" || category == "F72" || category == "F73") {
        add(category, false, "Intellectual disabilities " + category);
        continue;
      }
      add(category, true, "Group " + category);
      for (int j = 0; j < 25; ++j) add(category + (j % 2 == 0 ? "9" : "1") + fmt::format("{:02}", j), false, "Made up");
      for (const char* real : {"G40909", "G809", "Z931"}) {
        if (std::string(real).compare(0, 3, category) == 0) add(real, false, "Used in the example");
      }
    }
  }
  return text;
}

nlohmann::json first_code(const Outcome& outcome) {
  auto all = outcome.json();
  REQUIRE_FALSE(all["codes"].empty());
  return all["codes"][0];
}

}  // namespace

TEST_SUITE("codes") {
  TEST_CASE("find looks by code and by words, and says where a row comes from") {
    Program atz;
    auto words = atz.run({"codes", "find", "disorder", "autistic"});
    CHECK(words.code == 0);
    CHECK(has(words.out, "F84.0"));
    CHECK(has(words.out, "built-in"));
    auto add_on = atz.run({"codes", "find", "t2016sc"});
    CHECK(has(add_on.out, "T2016 SC"));
    CHECK(has(add_on.out, "Medical Add-On"));
    auto header = atz.run({"codes", "find", "f78"});
    CHECK(has(header.out, "not codable by itself; use F78.A1, F78.A9"));
    CHECK(has(atz.run({"codes", "find", "autstic"}).err, "Nothing fits exactly"));
    atz.write("atz.yaml", "");
    std::filesystem::create_directory(atz.path("atz.d"));
    atz.write("atz.d/diagnoses.yaml", "diagnoses: [{code: F84.5, text: Asperger syndrome}]\n");
    CHECK(first_code(atz.run({"codes", "find", "--format", "json", "asperger"}))["source"] == "atz.d");
  }

  TEST_CASE("find without a hit ends with 1 and a suggestion") {
    Program atz;
    auto nothing = atz.run({"codes", "find", "zzyzx"});
    CHECK(nothing.code == 1);
    CHECK(nothing.out.empty());
    CHECK(has(nothing.err, "Nothing was found"));
    CHECK(has(nothing.err, "atz codes import"));
    auto typo = atz.run({"codes", "find", "T2061"});
    CHECK(typo.code == 1);
    CHECK(has(typo.err, "Did you mean: T2016"));
    CHECK(has(atz.run({"codes", "find", "F84.7"}).err, "Did you mean: F84.0, F84.9"));
    auto json = atz.run({"codes", "find", "--format", "json", "zzyzx"});
    CHECK(json.code == 1);
    CHECK(json.json()["codes"].empty());
    CHECK(atz.run({"codes", "find"}).code == 2);
    CHECK(atz.run({"codes", "find", " "}).code == 2);
    CHECK(atz.run({"codes", "find", "--limit", "0", "x"}).code == 2);
  }

  TEST_CASE("find keeps to a kind and a limit") {
    Program atz;
    auto few = atz.run({"codes", "find", "--limit", "2", "T2016"});
    CHECK(has(few.err, "2 of 4"));
    CHECK(atz.run({"codes", "find", "--kind", "diagnosis", "T2016"}).code == 1);
    CHECK(atz.run({"codes", "find", "--kind", "procedure", "T2016"}).code == 0);
    CHECK(atz.run({"codes", "find", "--kind", "procedure", "autistic"}).code == 1);
  }

  TEST_CASE("import takes in the official files, privately and whole") {
    Program atz;
    auto refused = atz.run({"codes", "import", kOrder});
    CHECK(refused.code == 1);
    CHECK(has(refused.err, "is not whole"));
    CHECK_FALSE(std::filesystem::exists(atz.path("state/codes")));
    auto part = atz.run({"codes", "import", "--partial", kOrder});
    CHECK(part.code == 0);
    CHECK(has(part.out, "ICD-10-CM 2027: 25 rows, 16 of them codable, 9 headings"));
    struct stat info {};
    REQUIRE(stat(atz.path("state/codes/diagnoses.index").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    CHECK(atz.run({"codes", "import", "--partial", kHcpcs}).code == 0);
    auto t2018 = first_code(atz.run({"codes", "find", "--format", "json", "T2018"}));
    CHECK(t2018["ends"] == "2025-12-31");
    CHECK(t2018["table"] == "HCPCS 2026");
    CHECK(first_code(atz.run({"codes", "find", "--format", "json", "SC"}))["kind"] == "modifier");

    // Another year replaces it, and says what changed.
    atz.write("order 2028.txt", "00001 F84     0 Heading\n00002 F840    1 Autism\n00003 F841    1 New\n");
    auto json = atz.run({"codes", "import", "--partial", "--format", "json", "order 2028.txt"}).json();
    CHECK(json["table"] == "ICD-10-CM 2028");
    CHECK(json["changes"]["against"] == "ICD-10-CM 2027");
    CHECK(json["changes"]["added"] == 1);
    CHECK(json["changes"]["removed"] == 23);
    CHECK(json["changes"]["reworded"] == 2);
  }

  TEST_CASE("import refuses other files with their place, and leaves the table as it was") {
    Program atz;
    REQUIRE(atz.run({"codes", "import", "--partial", kOrder}).code == 0);
    const auto before = atz.read("state/codes/diagnoses.index");
    atz.write("bad 2027.txt", "00001 F84     0 Heading\n00001 F840    1 Autism\n");
    auto bad = atz.run({"codes", "import", "--partial", "bad 2027.txt"});
    CHECK(bad.code == 1);
    CHECK(has(bad.err, "bad 2027.txt:2: the order numbers do not go up"));
    const auto home = atz.home();
    auto wrong = atz.run({"codes", "import", home});
    CHECK(wrong.code == 1);
    CHECK(has(wrong.err, "home.yaml:1: "));
    CHECK_FALSE(has(wrong.err, "Sampleton"));
    CHECK(atz.run({"codes", "import", "no-such-file"}).code == 2);
    CHECK(atz.run({"codes", "import", "."}).code == 2);
    CHECK(atz.run({"codes", "import", "--year", "27", kOrder}).code == 2);
    std::filesystem::copy_file(kOrder, atz.path("order.txt"));
    CHECK(has(atz.run({"codes", "import", "--partial", "order.txt"}).err, "--year"));
    CHECK(atz.read("state/codes/diagnoses.index") == before);
  }

  TEST_CASE("check knows the imported table: what does not exist, what is a heading") {
    Program atz;
    const std::vector<std::pair<std::string, std::string>> edits = {{"F84.0]", "F84.7]"}, {"[F72,", "[G40,"}};
    auto plain = atz.run({"check", "--as-of", "2026-12-07", atz.home(edits)});
    CHECK(has(plain.out, "atz does not know the diagnosis F84.7"));
    atz.write("icd10cm_order_2027.txt", whole_order_file());
    auto import = atz.run({"codes", "import", "icd10cm_order_2027.txt"});
    REQUIRE_MESSAGE(import.code == 0, import.err);
    auto checked = atz.run({"check", "--as-of", "2026-12-07", "--format", "json", atz.home(edits)}).json();
    std::string unknown, heading;
    for (const auto& finding : checked["findings"]) {
      if (finding["rule"] == "ID014") {
        unknown = finding["message"];
        CHECK(finding["severity"] == "warning");
        CHECK(finding["expected"] == "for example F84.0 or F84.5");
      }
      if (finding["rule"] == "ID013") heading = finding["expected"];
    }
    CHECK(unknown == "The diagnosis F84.7 does not exist in ICD-10-CM 2027");
    CHECK(has(heading, "or one of 22 more"));
    // Nothing to say about the example, whose codes are all there.
    auto clean = atz.run({"check", "--as-of", "2026-12-07", atz.home()});
    CHECK_FALSE(has(clean.out, "ID01"));
    // A row of atz.d counts more than the table.
    atz.write("atz.yaml", "");
    std::filesystem::create_directory(atz.path("atz.d"));
    atz.write("atz.d/diagnoses.yaml", "diagnoses: [{code: F84.7, text: Local}]\n");
    CHECK_FALSE(has(atz.run({"check", "--as-of", "2026-12-07", atz.home(edits)}).out, "F84.7 does not"));
  }

  TEST_CASE("a table that is only a part never says that a code does not exist") {
    Program atz;
    REQUIRE(atz.run({"codes", "import", "--partial", kOrder}).code == 0);
    auto checked = atz.run({"check", "--as-of", "2026-12-07", atz.home({{"F84.0]", "F64.9]"}})});
    CHECK(has(checked.out, "atz does not know the diagnosis F64.9"));
  }

  TEST_CASE("a shared table lies beside atz.yaml and goes before one's own") {
    Program atz;
    auto nowhere = atz.run({"codes", "import", "--shared", "--partial", kOrder});
    CHECK(nowhere.code == 2);
    CHECK(has(nowhere.err, "atz.yaml"));
    atz.write("atz.yaml", "");
    REQUIRE(atz.run({"codes", "import", "--partial", "--year", "2026", kOrder}).code == 0);
    CHECK(first_code(atz.run({"codes", "find", "--format", "json", "F842"}))["table"] == "ICD-10-CM 2026");
    REQUIRE(atz.run({"codes", "import", "--shared", "--partial", kOrder}).code == 0);
    struct stat info {};
    REQUIRE(stat(atz.path("atz.d/diagnoses.index").c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0644);
    CHECK(first_code(atz.run({"codes", "find", "--format", "json", "F842"}))["table"] == "ICD-10-CM 2027");
    CHECK(atz.run({"check", "--as-of", "2026-12-07", atz.home()}).code == 0);
  }

  TEST_CASE("a damaged table is an error that says what to do") {
    Program atz;
    REQUIRE(atz.run({"codes", "import", "--partial", kOrder}).code == 0);
    auto bytes = atz.read("state/codes/diagnoses.index");
    bytes[bytes.size() - 1] = '!';
    atz.write("state/codes/diagnoses.index", bytes);
    const auto home = atz.home();
    for (const auto& words : {std::vector<std::string>{"codes", "find", "F84"},
                              std::vector<std::string>{"check", "--as-of", "2026-12-07", home}}) {
      auto damaged = atz.run(words);
      CHECK(damaged.code == 3);
      CHECK(has(damaged.err, "diagnoses.index is damaged"));
      CHECK(has(damaged.err, "atz codes import"));
    }
    auto again = atz.run({"codes", "import", "--partial", kOrder});
    CHECK(again.code == 0);
    CHECK(has(again.err, "damaged"));
    CHECK(atz.run({"codes", "find", "F84"}).code == 0);
    // The same in atz.d is a matter of configuration.
    atz.write("atz.yaml", "");
    std::filesystem::create_directory(atz.path("atz.d"));
    atz.write("atz.d/diagnoses.index", "no table");
    CHECK(atz.run({"check", "--as-of", "2026-12-07", home}).code == 2);
  }

  TEST_CASE("looking for codes leaves no trace") {
    Program atz;
    atz.run({"codes", "find", "Sampleton"});
    CHECK_FALSE(std::filesystem::exists(atz.path("state")));
    CHECK_FALSE(std::filesystem::exists(atz.path("config")));
  }
}
