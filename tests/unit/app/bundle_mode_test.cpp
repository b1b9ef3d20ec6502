#include "app/bundle_mode.hpp"

#include <doctest/doctest.h>

#include "app/clock_skew.hpp"

namespace atz::app {
namespace {

fhir::Capabilities offering(bool transaction, bool batch) {
  fhir::Capabilities offered;
  offered.transaction = transaction;
  offered.batch = batch;
  return offered;
}

model::PayerProfile profile_with(model::BundleMode mode, bool allow_partial) {
  model::PayerProfile profile;
  profile.bundle_mode = mode;
  profile.allow_partial = allow_partial;
  return profile;
}

using model::BundleMode;

TEST_CASE("left to itself a home travels in the safest way that is offered and allowed") {
  const auto strict = profile_with(BundleMode::automatic, false);
  const auto partial = profile_with(BundleMode::automatic, true);
  CHECK(choose_mode(strict, offering(true, true))->mode == kTransaction);
  CHECK(choose_mode(strict, offering(true, false))->mode == kTransaction);
  CHECK_FALSE(choose_mode(strict, offering(false, true)));
  CHECK_FALSE(choose_mode(strict, offering(false, false)));
  CHECK(choose_mode(strict, offering(false, true)).error().failure == Failure::refused);
  CHECK(choose_mode(partial, offering(true, true))->mode == kTransaction);
  CHECK(choose_mode(partial, offering(false, true))->mode == kBatch);
  CHECK(choose_mode(partial, offering(false, false))->mode == kSingle);
}

TEST_CASE("what the profile demands is done even when the payer does not offer it") {
  CHECK(choose_mode(profile_with(BundleMode::transaction, false), offering(false, false))->mode == kTransaction);
  CHECK(choose_mode(profile_with(BundleMode::batch, false), offering(false, false))->mode == kBatch);
  CHECK(choose_mode(profile_with(BundleMode::single, false), offering(true, true))->mode == kSingle);
}

TEST_CASE("another mode is tried only where that is allowed") {
  const auto partial = profile_with(BundleMode::automatic, true);
  CHECK(next_mode(partial, offering(true, true), kTransaction) == kBatch);
  CHECK(next_mode(partial, offering(true, false), kTransaction) == kSingle);
  CHECK(next_mode(partial, offering(true, true), kBatch) == kSingle);
  CHECK_FALSE(next_mode(partial, offering(true, true), kSingle));
  CHECK_FALSE(next_mode(profile_with(BundleMode::automatic, false), offering(true, true), kTransaction));
  CHECK_FALSE(next_mode(profile_with(BundleMode::transaction, true), offering(true, true), kTransaction));
}

TEST_CASE("only an answer that says so refuses the mode itself") {
  const auto issue = [](const char* code, const char* expression) {
    fhir::Issue one;
    one.severity = "error";
    one.code = code;
    if (*expression != '\0') one.expressions.emplace_back(expression);
    return std::vector<fhir::Issue>{one};
  };
  for (const int status : {404, 405, 501}) CHECK(refuses_mode(status, {}));
  for (const int status : {400, 422}) {
    CHECK_FALSE(refuses_mode(status, {}));
    CHECK_FALSE(refuses_mode(status, issue("invalid", "Bundle.entry[0].resource")));
    CHECK(refuses_mode(status, issue("not-supported", "")));
    CHECK(refuses_mode(status, issue("invalid", "Bundle.type")));
  }
  for (const int status : {200, 401, 403, 408, 409, 412, 413, 415, 429, 500, 502, 503})
    CHECK_FALSE(refuses_mode(status, issue("not-supported", "Bundle.type")));
}

TEST_CASE("clocks that are a minute apart are pointed out, five minutes are a problem") {
  const Instant ours{std::chrono::seconds(1'800'000'000)};
  const auto level = [&](int seconds) { return clock_skew(ours - std::chrono::seconds(seconds), ours)->level; };
  CHECK_FALSE(clock_skew(std::nullopt, ours));
  using Level = Checkup::Level;
  CHECK(level(0) == Level::good);
  CHECK(level(59) == Level::good);
  CHECK(level(-59) == Level::good);
  CHECK(level(60) == Level::warning);
  CHECK(level(299) == Level::warning);
  CHECK(level(300) == Level::problem);
  CHECK(level(-300) == Level::problem);
  CHECK(clock_skew(ours - std::chrono::seconds(90), ours)->found == "90 seconds ahead of the payer's");
  CHECK(clock_skew(ours + std::chrono::seconds(600), ours)->found == "10 minutes behind the payer's");
}

}  // namespace
}  // namespace atz::app
