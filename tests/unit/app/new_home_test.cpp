#include "atz/app/new_home.hpp"

#include <doctest/doctest.h>

using atz::app::new_home;
using atz::model::make_date;

TEST_CASE("a demo's dates follow from today, over the end of February too") {
  const auto text = new_home({true, "", make_date(2027, 2, 1)});
  REQUIRE(text);
  CHECK(text->find("period: {start: 2027-03-01, end: 2028-02-29}") != std::string::npos);
  CHECK(text->find("units: 366") != std::string::npos);
  CHECK(text->find("on: 2027-02-01}") != std::string::npos);
  CHECK(text->find('@') == std::string::npos);
  CHECK(text->find("CHANGE-ME") == std::string::npos);
}

TEST_CASE("a blank file marks what only a person knows, and has no mark of the template left") {
  const auto text = new_home({false, "oak-lane", make_date(2026, 12, 7)});
  REQUIRE(text);
  CHECK(text->find("id: oak-lane") != std::string::npos);
  CHECK(text->find("CHANGE-ME") != std::string::npos);
  CHECK(text->find('@') == std::string::npos);
}

TEST_CASE("names of homes hold no capitals or blanks, 2 to 24 characters") {
  const auto works = [](const std::string& id) { return new_home({true, id, make_date(2026, 12, 7)}).has_value(); };
  CHECK(works("ab"));
  CHECK(works(std::string(24, 'a')));
  CHECK_FALSE(works("a"));
  CHECK_FALSE(works(std::string(25, 'a')));
  CHECK_FALSE(works("Maple"));
  CHECK_FALSE(works("maple street"));
}
