#include "atz/report/calendar_file.hpp"

#include <doctest/doctest.h>

#include "atz/base/text.hpp"

using namespace atz;

TEST_CASE("an iCalendar file has whole days, escapes, and folded lines") {
  const std::string text = report::calendar_file({{model::make_date(2027, 1, 26), "maple-street-x", "Extend; A, B",
                                                   "One line\nand a back\\slash " + std::string(90, 'e')}},
                                                 model::maine_instant(model::make_date(2027, 1, 1), 600));
  CHECK(text.find("DTSTART;VALUE=DATE:20270126\r\n") != std::string::npos);
  CHECK(text.find("DTEND;VALUE=DATE:20270127\r\n") != std::string::npos);
  CHECK(text.find("DTSTAMP:20270101T150000Z\r\n") != std::string::npos);
  CHECK(text.find("SUMMARY:Extend\\; A\\, B\r\n") != std::string::npos);
  CHECK(text.find("One line\\nand a back\\\\slash") != std::string::npos);
  for (const auto& line : split(text, '\n')) {
    CHECK(line.size() <= 76);
    if (!line.empty()) CHECK(line.back() == '\r');
  }
}

TEST_CASE("a character is never cut by folding") {
  std::string summary;
  for (int i = 0; i < 60; ++i) summary += "\xC3\xA9";
  const std::string text = report::calendar_file({{model::make_date(2027, 1, 26), "x", summary, ""}}, Instant{});
  for (const auto& line : split(text, '\n')) {
    if (line.size() > 1) CHECK((static_cast<unsigned char>(line[1]) & 0xC0U) != 0x80U);
  }
}

TEST_CASE("a text cannot begin a line of its own, nor steer what shows it") {
  const auto file = report::calendar_file(
      {{model::make_date(2027, 1, 4), "x", "a\r\nATTACH:http://x", "b\x1b[2J\nEND:VEVENT"}}, Instant{});
  CHECK(file.find("\nATTACH") == std::string::npos);
  CHECK(file.find("SUMMARY:a\\\\r\\nATTACH:http://x\r\n") != std::string::npos);
  CHECK(file.find("DESCRIPTION:b\\\\x1b[2J\\nEND:VEVENT\r\n") != std::string::npos);
}
