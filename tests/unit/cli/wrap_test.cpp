#include "cli/wrap.hpp"

#include <doctest/doctest.h>

namespace atz::cli {
namespace {

TEST_CASE("words are wrapped at the width, and never cut") {
  CHECK(wrap("", 10, 2) == "  ");
  CHECK(wrap("one two", 7, 0) == "one two");
  CHECK(wrap("one two", 6, 0) == "one\ntwo");
  CHECK(wrap("one two three", 9, 2) == "  one two\n  three");
  CHECK(wrap("one  two three", 9, 2, false) == "one two\n  three");
  CHECK(wrap("extraordinarily long", 5, 1) == " extraordinarily\n long");
}

}  // namespace
}  // namespace atz::cli
