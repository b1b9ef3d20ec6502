#include "atz/report/week_text.hpp"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "atz/base/text.hpp"
#include "pictures.hpp"
#include "report/terminal_table.hpp"

using namespace atz::report;
using namespace atz::test;

namespace {

std::string snapshot(const std::string& name) {
  std::ifstream file(std::string(ATZ_SOURCE_DIR) + "/tests/unit/report/snapshots/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TextOptions of_width(int width, bool unicode = true, bool color = false) {
  TextOptions options;
  options.width = width;
  options.unicode = unicode;
  options.color = color;
  return options;
}

std::string without_colors(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      while (text[i] != 'm') ++i;
    } else {
      result += text[i];
    }
  }
  return result;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the example home in the terminal") {
  const Example example(maple_street(), maple_roster());
  TextOptions options = of_width(80);
  options.notes = {"Estimated day rate: 476.19 dollars for each member"};
  CHECK(week_text(example.picture(), options) == snapshot("maple-street-80.txt"));
  CHECK(week_text(example.picture(), of_width(120)) == snapshot("maple-street-120.txt"));
}

TEST_CASE("every kind of shift and a gap, in ASCII") {
  const Example example(busy_house(roster_of(4)), roster_of(4), atz::Rational(1, 2));
  CHECK(week_text(example.picture(), of_width(80, false)) == snapshot("busy-house-ascii-80.txt"));
}

TEST_CASE("lines fit the terminal, blanks at their ends are left out") {
  for (const int size : {3, 12, 24}) {
    const Example example(busy_house(roster_of(size)), roster_of(size), atz::Rational(1, 2));
    for (const int width : {80, 100, 120, 200}) {
      std::istringstream lines(week_text(example.picture(), of_width(width)));
      for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(atz::display_width(line) <= static_cast<std::size_t>(width));
        CHECK((line.empty() || line.back() != ' '));
      }
    }
  }
}

TEST_CASE("no terminal is too narrow to be answered") {
  const Example example(busy_house(roster_of(3)), roster_of(3));
  for (const int width : {-5, 0, 1, 2, 10, 30}) CHECK_FALSE(week_text(example.picture(), of_width(width)).empty());
}

TEST_CASE("colours are an addition to the same text") {
  const Example example(busy_house(roster_of(4)), roster_of(4));
  const std::string plain = week_text(example.picture(), of_width(100));
  const std::string colored = week_text(example.picture(), of_width(100, true, true));
  CHECK_FALSE(contains(plain, "\x1b"));
  CHECK(contains(colored, "\x1b[1;31m!"));
  CHECK(without_colors(colored) == plain);
}

TEST_CASE("without Unicode everything is ASCII") {
  const Example example(busy_house(roster_of(4)), roster_of(4));
  for (const char c : week_text(example.picture(), of_width(80, false))) {
    if (static_cast<unsigned char>(c) >= 0x80) FAIL("not ASCII");
  }
}

TEST_CASE("half a cell shows which half") {
  atz::model::StaffingPattern pattern;
  pattern.shifts = {shift("S", "daily", "06:15", "07:15")};
  const Example example(pattern, {"A"});
  CHECK(contains(week_text(example.picture(), of_width(80)), "▐█▌"));
  CHECK(contains(week_text(example.picture(), of_width(120)), " ████ "));
}

TEST_CASE("days that differ only in the member of a 1:1 are not one") {
  atz::model::StaffingPattern pattern;
  pattern.shifts = {shift("N", "daily", "00:00", "24:00"), shift("S", "mon", "08:00", "09:00", "A"),
                    shift("S", "tue", "08:00", "09:00", "B")};
  const Example example(pattern, {"A", "B"});
  const std::string text = week_text(example.picture(), of_width(80));
  CHECK(contains(text, "\nMon "));
  CHECK(contains(text, "\nTue "));
  CHECK(contains(text, "\nSun, Wed to Sat "));
}

TEST_CASE("many gaps are not listed all") {
  atz::model::StaffingPattern pattern;
  pattern.shifts = {shift("S", "daily", "06:00", "08:00"), shift("S", "daily", "10:00", "12:00")};
  const Example example(pattern, {"A", "B"});
  const std::string text = week_text(example.picture(), of_width(80));
  CHECK(contains(text, "  Sun 00:00 to Sun 06:00  everyone\n"));
  CHECK(contains(text, "  and 7 more\n"));
}

TEST_CASE("an empty week says so") {
  const Example example({}, {"A"});
  const std::string text = week_text(example.picture(), of_width(80));
  CHECK(contains(text, "Sun to Sat"));
  CHECK(contains(text, "  nobody\n"));
  CHECK(contains(text, "  Sun 00:00 to Sat 24:00  A\n"));
}

TEST_CASE("columns, flow and shortening") {
  CHECK(align_columns({{"a", "1.00"}, {"long", "10.00"}}) == std::vector<std::string>{"a      1.00", "long  10.00"});
  CHECK(align_columns({{"a", "b"}, {"cc", "dd"}}, 2) == std::vector<std::string>{"a   b ", "cc  dd"});
  CHECK(flow({"aa", "bb", "cc"}, 8) == std::vector<std::string>{"aa   bb", "cc"});
  CHECK(flow({"too long for it"}, 3) == std::vector<std::string>{"too long for it"});
  CHECK(shorten("weekend", 5, true) == "week…");
  CHECK(shorten("weekend", 5, false) == "week~");
  CHECK(shorten("夜勤夜勤", 5, true) == "夜勤…");
  CHECK(shorten("short", 5, true) == "short");
}
