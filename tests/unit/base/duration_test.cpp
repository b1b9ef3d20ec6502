#include "atz/base/duration.hpp"

#include <doctest/doctest.h>

using namespace atz;

TEST_CASE("lengths of time") {
  CHECK(parse_duration("90s") == std::chrono::seconds(90));
  CHECK(parse_duration("2h") == std::chrono::hours(2));
  CHECK(parse_duration("1d") == std::chrono::hours(24));
  for (const char* wrong : {"", "0s", "-1h", "5", "h", "1w", "1.5h", "1000000s"}) CHECK_FALSE(parse_duration(wrong));
}
