#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"
#include "unit/diag/sample.hpp"

using namespace atz::diag;

TEST_CASE("findings as JSON") {
  FileReport report = sample_report();
  report.findings.erase(report.findings.begin() + 1);
  report.findings[0].related.resize(1);
  CHECK(render_json({report}) == R"({
  "schema": "atz/check/1",
  "findings": [
    {
      "rule": "HS010",
      "severity": "error",
      "file": "homes/sample.yaml",
      "line": 4,
      "column": 12,
      "end_line": 4,
      "end_column": 16,
      "message": "member A has more hours than a day",
      "help": "Write the hours of one day.",
      "slug": "whole-house",
      "member": "A",
      "found": "24.5",
      "expected": "at most 24",
      "related": [
        {
          "file": "homes/sample.yaml",
          "line": 3,
          "column": 5,
          "end_line": 3,
          "end_column": 13,
          "message": "this member"
        }
      ],
      "fixes": []
    },
    {
      "rule": "GN001",
      "severity": "info",
      "file": "homes/sample.yaml",
      "line": 0,
      "column": 0,
      "end_line": 0,
      "end_column": 0,
      "message": "the file has no profile",
      "help": "Type one of:\natz profile list\natz profile add",
      "slug": "",
      "member": "",
      "found": "",
      "expected": "",
      "related": [],
      "fixes": []
    }
  ],
  "errors": 1,
  "warnings": 0,
  "notes": 1,
  "files": 1
}
)");
}

TEST_CASE("corrections as JSON, without personal data") {
  FileReport report = sample_report();
  report.findings.resize(1);
  report.findings[0].fixes = {{"Write 24.", {{{0, 4, 12, 4, 16}, "24"}}, false},
                              {"Correct it.", {{{0, 1, 7, 1, 16}, "X"}}, true}};
  const auto json = nlohmann::json::parse(render_json({report}));
  const auto& fixes = json["findings"][0]["fixes"];
  REQUIRE(fixes.size() == 2);
  CHECK(
      fixes[0].dump() ==
      R"({"message":"Write 24.","replacements":[{"column":12,"end_column":16,"end_line":4,"file":"homes/sample.yaml","line":4,"text":"24"}]})");
  CHECK(fixes[1].dump() == R"({"message":"Correct it.","replacements":[]})");
}

TEST_CASE("no findings as JSON") {
  CHECK(render_json({}) ==
        "{\n  \"schema\": \"atz/check/1\",\n  \"findings\": [],\n  \"errors\": 0,\n  \"warnings\": 0,\n"
        "  \"notes\": 0,\n  \"files\": 0\n}\n");
}

TEST_CASE("JSON is valid UTF-8 whatever the file holds, and names the source that was meant") {
  FileReport report = sample_report();
  report.findings[0].found = "\xFF\"\x1b\n";
  report.sources[0].name = "caf\xE9.yaml";
  const std::string text = render_json({report});
  CHECK(atz::first_invalid_utf8(text) == std::nullopt);
  const auto json = nlohmann::json::parse(text);
  CHECK(json["findings"][0]["found"] == "\uFFFD\"\x1b\n");
  CHECK(json["findings"][0]["file"] == "caf\uFFFD.yaml");
  CHECK(json["findings"][1]["file"] == "week.yaml");
}

TEST_CASE("findings as workflow commands") {
  CHECK(render_github({sample_report()}) ==
        "::error file=homes/sample.yaml,line=4,col=12,endColumn=16,title=HS010 whole-house::"
        "member A has more hours than a day%0Afound: 24.5%0Aexpected: at most 24"
        "%0Asee: homes/sample.yaml:3: this member%0Asee: week.yaml:1: this shift%0Asee: a day has 24 hours"
        "%0Ahelp: Write the hours of one day.\n"
        "::warning file=week.yaml,line=2,col=6,endColumn=9,title=SP002 day-name::this is not a day of the week\n"
        "::notice file=homes/sample.yaml,title=GN001::the file has no profile"
        "%0Ahelp: Type one of:%0Aatz profile list%0Aatz profile add\n");
}

TEST_CASE("what would end a command or a property is escaped") {
  Finding finding;
  finding.rule = "GN,1";
  finding.slug = "a:b";
  finding.span = {0, 2, 1, 3, 4};
  finding.message = "100% sure: a, b\r\n::error::c\x1b";
  FileReport report;
  report.file = "C:\\homes, 50%\r\n.yaml";
  report.sources = {{report.file, ""}};
  report.findings = {finding};
  CHECK(render_github({report}) ==
        "::error file=C%3A\\homes%2C 50%25%0D%0A.yaml,line=2,endLine=3,title=GN%2C1 a%3Ab::"
        "100%25 sure: a, b\\r%0A::error::c\\x1b\n");
}
