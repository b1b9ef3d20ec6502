#include <doctest/doctest.h>

#include <random>

#include "atz/base/text.hpp"

using namespace atz;
using namespace std::string_view_literals;

TEST_CASE("valid UTF-8 at the edges of every length") {
  for (const std::string_view text :
       {""sv, "a"sv, "\0"sv, "\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv,
        "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv}) {
    CAPTURE(text);
    CHECK(first_invalid_utf8(text) == std::nullopt);
    CHECK(count_characters(text) == (text.empty() ? 0 : 1));
  }
}

TEST_CASE("invalid UTF-8 is found where it begins") {
  const auto after_two = [](std::string_view bad) { return first_invalid_utf8("ab" + std::string(bad)); };
  CHECK(after_two("\x80") == 2);              // continuation without a start
  CHECK(after_two("\xC0\x80") == 2);          // overlong NUL
  CHECK(after_two("\xC1\xBF") == 2);          // overlong
  CHECK(after_two("\xE0\x9F\xBF") == 2);      // overlong
  CHECK(after_two("\xF0\x8F\xBF\xBF") == 2);  // overlong
  CHECK(after_two("\xED\xA0\x80") == 2);      // surrogate
  CHECK(after_two("\xED\xBF\xBF") == 2);      // surrogate
  CHECK(after_two("\xF4\x90\x80\x80") == 2);  // past the last code point
  CHECK(after_two("\xF8\x88\x80\x80\x80") == 2);
  CHECK(after_two("\xFF") == 2);
  CHECK(after_two("\xC3") == 2);  // cut off
  CHECK(after_two("\xE2\x82") == 2);
  CHECK(after_two("\xE2\x82z") == 2);
  CHECK(first_invalid_utf8("é\xFF") == 2);
}

TEST_CASE("characters are counted and stepped over") {
  CHECK(count_characters("aé€😀") == 4);
  CHECK(next_character("aé", 0) == 1);
  CHECK(next_character("aé", 1) == 3);
  CHECK(next_character("aé", 3) == 3);
  CHECK(next_character("aé", 99) == 3);
  CHECK(next_character("\xFFz", 0) == 1);
}

TEST_CASE("terminal cells") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("😀") == 2);
  CHECK(display_width("│…─") == 3);
  CHECK(display_width("\u200B") == 0);
  CHECK(display_width("\u02FF\u0300\u036F\u0370") == 2);  // the edges of a table row
  CHECK(display_width("\u10FF\u1100\u115F\u1160") == 6);
}

TEST_CASE("foreign text cannot steer a terminal") {
  CHECK(printable("plain é 日本 😀") == "plain é 日本 😀");
  CHECK(printable("\x1b[31m") == "\\x1b[31m");
  CHECK(printable("a\nb\r\tc") == "a\\nb\\r\\tc");
  CHECK(printable("\0\x7F"sv) == "\\x00\\x7f");
  CHECK(printable("\u009B") == "\\u{9b}");  // the one-character CSI
  CHECK(printable("\u202Eabc\u2066") == "\\u{202e}abc\\u{2066}");
  CHECK(printable("a\xFFz") == "a\\xffz");
  CHECK(printable("\xE2\x80") == "\\xe2\\x80");
}

TEST_CASE("whatever comes in, printable text is valid UTF-8 without control characters") {
  std::mt19937 random(5);
  std::uniform_int_distribution<int> bytes(0, 255);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int j = 0; j < 40; ++j) {
      text += static_cast<char>(bytes(random));
    }
    const std::string safe = printable(text);
    CHECK(first_invalid_utf8(safe) == std::nullopt);
    CHECK(printable(safe) == safe);
  }
}
