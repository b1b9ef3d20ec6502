#include "atz/base/separated.hpp"

#include <doctest/doctest.h>

using atz::read_separated;
using atz::separated_cell;
using Cells = std::vector<std::string>;

TEST_CASE("commas, semicolons and tabs, whichever the first line has") {
  for (const char* text : {"a,b\n1,2;3\n", "a;b\n1;2;3\n", "a\tb\n1\t2\n"}) {
    const auto rows = read_separated(text, "x.csv");
    REQUIRE(rows);
    REQUIRE(rows->size() == 2);
    CHECK((*rows)[0].cells == Cells{"a", "b"});
    CHECK((*rows)[1].cells[0] == "1");
  }
  CHECK((*read_separated("a,b\n1,2;3\n", "x"))[1].cells == Cells{"1", "2;3"});
}

TEST_CASE("quotes, line breaks in cells, empty lines, a byte order mark and any line end") {
  const auto rows = read_separated("\xEF\xBB\xBF\"a\",b\r\n\r\n\"x \"\"y\"\"\nz\",\r\n3,4", "x.csv");
  REQUIRE(rows);
  REQUIRE(rows->size() == 3);
  CHECK((*rows)[0].cells == Cells{"a", "b"});
  CHECK((*rows)[1].cells == Cells{"x \"y\"\nz", ""});
  CHECK((*rows)[1].line == 3);
  CHECK((*rows)[2].line == 5);
  CHECK((*rows)[2].columns == std::vector<std::size_t>{1, 3});
  CHECK(read_separated("a\r1\r2", "x")->size() == 3);
  CHECK(read_separated("", "x")->empty());
}

TEST_CASE("a cell is written so that it reads back, and never as a formula") {
  CHECK(separated_cell("").empty());
  CHECK(separated_cell("60.00") == "60.00");
  CHECK(separated_cell("a;b") == "\"a;b\"");
  CHECK(separated_cell("x \"y\", z") == "\"x \"\"y\"\", z\"");
  for (const char* formula : {"=1+2", "+1", "-1", "@x", "|cmd", "＝1", "＋1", "－1", "＠x"}) CHECK(separated_cell(formula) == "'" + std::string(formula));
  CHECK(separated_cell("1+2") == "1+2");
  CHECK(separated_cell("＜1") == "＜1");
  CHECK(separated_cell("=HYPERLINK(\"x\")") == "\"'=HYPERLINK(\"\"x\"\")\"");
}

TEST_CASE("what is wrong is told with its place") {
  const auto place = [](const char* text) { return read_separated(text, "x.csv").error().message.substr(0, 9); };
  CHECK(place("a,b\n1,\"2\n3") == "x.csv:2:3");
  CHECK(place("a,b\n\"1\"2,3\n") == "x.csv:2:4");
  CHECK(place("a,b\n\xC3\xA4,\xFF\n") == "x.csv:2:3");
}

TEST_CASE("a cell that a payer wrote steers neither a spreadsheet nor a terminal") {
  CHECK(separated_cell("\t=1+2") == "\\t=1+2");
  CHECK(separated_cell("\r=1+2") == "\\r=1+2");
  CHECK(separated_cell("a\x1b[2J") == "a\\x1b[2J");
  CHECK(separated_cell("one\r\ntwo") == "\"one\ntwo\"");
}
