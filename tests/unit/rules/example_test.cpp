// The example home, whole and broken in the ways that people break homes.
#include "unit/rules/fixture.hpp"

namespace atz::rules::testing {
namespace {

TEST_CASE("the example has no error and one warning") {
  const auto result = run(maple_street());
  CHECK(result.rules() == "");
  REQUIRE(result.count("HS022") == 1);
  CHECK(result.of("HS022").severity == diag::Severity::warning);
  CHECK(result.of("HS022").member == "C");
}

}  // namespace
}  // namespace atz::rules::testing
