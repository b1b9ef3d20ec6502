#include <doctest/doctest.h>

#include "unit/diag/sample.hpp"

using namespace atz::diag;

namespace {
HumanOptions ascii() {
  HumanOptions options;
  options.unicode = false;
  return options;
}

FileReport one(Finding finding, std::string text) {
  FileReport report;
  report.file = "a.yaml";
  report.sources = {{"a.yaml", std::move(text)}};
  report.findings = {std::move(finding)};
  return report;
}
}  // namespace

TEST_CASE("findings for people, ASCII") {
  CHECK(render_human(sample_report(), ascii()) ==
        R"(error[HS010 whole-house]: member A has more hours than a day
 --> homes/sample.yaml:4:12
  |
4 |     hours: 24.5
  |            ^^^^
 ::: homes/sample.yaml:3:5
  |
3 |   - label: A
  |     -------- this member
 ::: week.yaml:1:2
  |
1 |     shift: 7
  |     -------- this shift
  |
  = found: 24.5
  = expected: at most 24
  = note: a day has 24 hours
  = help: Write the hours of one day.

warning[SP002 day-name]: this is not a day of the week
 --> week.yaml:2:6
  |
2 | day: Sün # ok
  |      ^^^

info[GN001]: the file has no profile
 --> homes/sample.yaml
  = help: Type one of:
          atz profile list
          atz profile add

)");
}

TEST_CASE("findings for people, with glyphs and colours") {
  FileReport report = sample_report();
  report.findings.resize(1);
  report.findings[0].related.resize(1);
  report.findings[0].span.line = 4;
  HumanOptions options;
  options.color = true;
  CHECK(render_human(report, options) ==
        "\x1b[1;31merror[HS010 whole-house]\x1b[0m\x1b[1m: member A has more hours than a day\x1b[0m\n"
        " \x1b[1;34m-->\x1b[0m homes/sample.yaml:4:12\n"
        "\x1b[1;34m  │\x1b[0m\n"
        "\x1b[1;34m4 │\x1b[0m     hours: 24.5\n"
        "\x1b[1;34m  │\x1b[0m            \x1b[1;31m^^^^\x1b[0m\n"
        " \x1b[1;34m:::\x1b[0m homes/sample.yaml:3:5\n"
        "\x1b[1;34m  │\x1b[0m\n"
        "\x1b[1;34m3 │\x1b[0m   - label: A\n"
        "\x1b[1;34m  │\x1b[0m     \x1b[1;34m──────── this member\x1b[0m\n"
        "\x1b[1;34m  │\x1b[0m\n"
        "  \x1b[1;34m=\x1b[0m \x1b[1mfound:\x1b[0m 24.5\n"
        "  \x1b[1;34m=\x1b[0m \x1b[1mexpected:\x1b[0m at most 24\n"
        "  \x1b[1;34m=\x1b[0m \x1b[1;36mhelp:\x1b[0m Write the hours of one day.\n"
        "\n");
}

TEST_CASE("the gutter is as wide as the largest line number") {
  Finding finding;
  finding.rule = "GN002";
  finding.message = "m";
  finding.span = {0, 9, 1, 9, 2};
  finding.related = {{{0, 10, 1, 10, 2}, "here"}};
  CHECK(render_human(one(finding, "\n\n\n\n\n\n\n\nnine\nten\n"), ascii()) ==
        R"(error[GN002]: m
  --> a.yaml:9:1
   |
 9 | nine
   | ^
  ::: a.yaml:10:1
   |
10 | ten
   | - here

)");
}

TEST_CASE("a span of several lines shows its first") {
  Finding finding;
  finding.message = "m";
  finding.span = {0, 1, 4, 3, 2};
  CHECK(render_human(one(finding, "a: bcd  \n  e\n"), ascii()) ==
        "error: m\n --> a.yaml:1:4\n  |\n1 | a: bcd\n  |    ^^^\n\n");
}

TEST_CASE("a place that the text does not have gets no picture") {
  Finding finding;
  finding.message = "m";
  finding.span = {0, 7, 1, 7, 2};
  CHECK(render_human(one(finding, "a\n"), ascii()) == "error: m\n --> a.yaml:7:1\n\n");
  finding.span.source = 5;
  CHECK(render_human(one(finding, "a\n"), ascii()) == "error: m\n --> a.yaml:7:1\n\n");
  finding.span = {0, 2, 1, 2, 1};  // the end of the text is a place
  CHECK(render_human(one(finding, "a\n"), ascii()) == "error: m\n --> a.yaml:2:1\n  |\n2 |\n  | ^\n\n");
}

TEST_CASE("foreign text cannot steer the terminal") {
  Finding finding;
  finding.rule = "GN002";
  finding.message = "bad \x1b[2J key";
  finding.found = "two\nlines\x07";
  finding.expected = "\u202Etext";
  finding.help = "help\x1b";
  finding.span = {0, 1, 1, 1, 2};
  finding.related = {{{0, 1, 1, 1, 2}, "label\x1b"}};
  FileReport report = one(finding, "a\x1b[31m: 1\n");
  report.sources[0].name = "a\x1b.yaml";
  const std::string text = render_human(report, ascii());
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find("\u202E") == std::string::npos);
  CHECK(text.find("= found: two\\nlines\\x07\n") != std::string::npos);
}

TEST_CASE("a long value is shown in part, all of our own text whole") {
  Finding finding;
  finding.message = std::string(3000, 'm');
  finding.found = std::string(3000, 'f');
  finding.expected = std::string(3000, 'e');
  HumanOptions options;
  options.width = 50;
  const std::string text = render_human(one(finding, ""), options);
  CHECK(text.find(finding.message) != std::string::npos);
  CHECK(text.find(finding.expected) != std::string::npos);
  CHECK(text.find("= found: " + std::string(199, 'f') + "…\n") != std::string::npos);
}

TEST_CASE("a correction stands below the help, or in its place") {
  Finding finding;
  finding.message = "m";
  finding.fixes = {{"Write x.", {}, false}};
  CHECK(render_human(one(finding, ""), ascii()).find("= help: Write x. `atz check --fix` does that.\n") !=
        std::string::npos);
  finding.help = "Look.";
  CHECK(render_human(one(finding, ""), ascii()).find("= help: Look.\n          Write x. `atz check --fix`") !=
        std::string::npos);
}

TEST_CASE("no findings, no bytes") {
  CHECK(render_human(FileReport{}, {}).empty());
}
