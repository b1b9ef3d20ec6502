#include "atz/model/calendar.hpp"
#include "unit/sandbox/fixture.hpp"

namespace atz::sandbox::test {

TEST_CASE("the clock is real time until it is set, and never goes back") {
  MemoryFiles files;
  SandboxClock clock(files, "/state");
  CHECK_FALSE(clock.standing().value().has_value());
  REQUIRE(clock.move_to(at("2026-12-07")).has_value());
  CHECK(clock.standing().value() == at("2026-12-07"));
  CHECK(clock.move_to(at("2026-12-07")).has_value());
  const auto back = clock.move_to(at("2026-12-07T11:59:59"));
  REQUIRE_FALSE(back.has_value());
  CHECK(back.error().failure == Failure::usage);
  CHECK(clock.standing().value() == at("2026-12-07"));
  CHECK(clock.move_to(at("2026-12-10T00:00:01")).has_value());
  CHECK(SandboxClock(files, "/state").standing().value() == at("2026-12-10T00:00:01"));
  REQUIRE(clock.reset().has_value());
  CHECK_FALSE(clock.standing().value().has_value());
  CHECK(clock.move_to(at("2020-01-01")).has_value());
}

TEST_CASE("the clock's file is private text, and a spoilt one is a state error") {
  MemoryFiles files;
  SandboxClock clock(files, "/state");
  REQUIRE(clock.move_to(at("2026-12-07")).has_value());
  CHECK(files.read("/state/sandbox-clock", 100).value() == "2026-12-07T12:00:00-05:00\n");
  CHECK(files.info("/state/sandbox-clock").mode == 0600);
  files.put("/state/sandbox-clock", "noon\n");
  const auto spoilt = clock.standing();
  REQUIRE_FALSE(spoilt.has_value());
  CHECK(spoilt.error().failure == Failure::state);
  CHECK_FALSE(clock.move_to(at("2027-01-01")).has_value());
}

}  // namespace atz::sandbox::test
