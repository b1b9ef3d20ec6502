#include "atz/base/text.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace atz;

TEST_CASE("trim, case, split and join") {
  CHECK(trim(" \t\r\n\v\fa b \n") == "a b");
  CHECK(trim(" \n") == "");
  CHECK(trim("\u00A0a") == "\u00A0a");  // only ASCII white space
  CHECK(to_lower("ÄB-Z9") == "Äb-z9");
  CHECK(to_upper("äb-z9") == "äB-Z9");
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(split("a,,b,", ',') == std::vector<std::string>{"a", "", "b", ""});
  CHECK(join(std::vector<std::string>{"a", "", "b"}, ", ") == "a, , b");
  CHECK(join({}, ", ") == "");
}

TEST_CASE("all_digits") {
  CHECK(all_digits("0123456789"));
  CHECK_FALSE(all_digits(""));
  CHECK_FALSE(all_digits("1a"));
  CHECK_FALSE(all_digits("-1"));
  CHECK_FALSE(all_digits("\u0661"));
}

TEST_CASE("shell words are quoted where the shell would take them apart") {
  CHECK(shell_word("/home/a/.atz/key-1.bin") == "/home/a/.atz/key-1.bin");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("it's $HOME") == "'it'\\''s $HOME'");
  CHECK(shell_word("~a") == "'~a'");
}

TEST_CASE("edit distance counts swaps once") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("memebr", "member") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ca", "abc") == 3);  // optimal string alignment: no edit inside a swap
  CHECK(edit_distance("same", "same") == 0);
}

TEST_CASE("a near word is suggested, a far one is not") {
  constexpr std::array<std::string_view, 6> kWords{"members", "member_id", "home", "hours", "staffing", "submit"};
  CHECK(did_you_mean("membres", kWords) == "members");
  CHECK(did_you_mean("HOURS", kWords) == "hours");
  CHECK(did_you_mean("houses", kWords) == "hours");
  CHECK(did_you_mean("sumbit", kWords) == "submit");
  CHECK(did_you_mean("xyzzy", kWords) == std::nullopt);
  CHECK(did_you_mean("", kWords) == std::nullopt);
  CHECK(did_you_mean("x", kWords) == std::nullopt);
  CHECK(did_you_mean("home", {}) == std::nullopt);
}

TEST_CASE("the threshold of a suggestion is about a third of the word, 1 to 3") {
  constexpr std::array<std::string_view, 1> kShort{"ab"};
  CHECK(did_you_mean("ax", kShort) == "ab");
  CHECK(did_you_mean("xy", kShort) == std::nullopt);
  constexpr std::array<std::string_view, 1> kLong{"abcdefghijklmnop"};
  CHECK(did_you_mean("xxxdefghijklmnop", kLong) == "abcdefghijklmnop");
  CHECK(did_you_mean("xxxxefghijklmnop", kLong) == std::nullopt);
}

TEST_CASE("the only word that begins as typed is suggested however long it is") {
  constexpr std::array<std::string_view, 3> kWords{"questionnaire", "staffing", "status"};
  CHECK(did_you_mean("quest", kWords) == "questionnaire");
  CHECK(did_you_mean("staf", kWords) == "staffing");
  CHECK(did_you_mean("sta", kWords) == std::nullopt);  // two begin so
  CHECK(did_you_mean("q", kWords) == std::nullopt);    // one letter says too little
}
