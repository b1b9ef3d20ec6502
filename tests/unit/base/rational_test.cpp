#include "atz/base/rational.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <stdexcept>

using atz::format_decimal;
using atz::parse_decimal;
using atz::Rational;

namespace {
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
}  // namespace

TEST_CASE("a fraction is kept in lowest terms with a positive denominator") {
  CHECK(Rational(6, 4).num() == 3);
  CHECK(Rational(6, 4).den() == 2);
  CHECK(Rational(3, -6).num() == -1);
  CHECK(Rational(3, -6).den() == 2);
  CHECK(Rational(0, -7) == Rational(0));
  CHECK(Rational(0, -7).den() == 1);
  CHECK(Rational(kLeast, kLeast) == Rational(1));
  CHECK(Rational(kLeast, 2).num() == kLeast / 2);
  CHECK(Rational(4, 2).is_whole());
  CHECK_FALSE(Rational(1, 2).is_whole());
}

TEST_CASE("denominator 0 and division by 0 are refused") {
  CHECK_THROWS_AS(Rational(1, 0), std::domain_error);
  CHECK_THROWS_AS(Rational(1) / Rational(0), std::domain_error);
}

TEST_CASE("a result is refused only when it does not fit into 64 bits") {
  CHECK(Rational(kMost) + 0 == Rational(kMost));
  CHECK_THROWS_AS(Rational(kMost) + 1, std::overflow_error);
  CHECK_THROWS_AS(Rational(kLeast) - 1, std::overflow_error);
  CHECK_THROWS_AS(-Rational(kLeast), std::overflow_error);
  CHECK_THROWS_AS(Rational(kLeast, -1), std::overflow_error);
  CHECK(-Rational(kMost) == Rational(-kMost));
  CHECK(Rational(kMost, 3) * 3 == Rational(kMost));  // the product passes 64 bits on the way
  CHECK_THROWS_AS(Rational(1, kMost) * Rational(1, 2), std::overflow_error);
  CHECK_THROWS_AS(Rational(kLeast) + Rational(1, kMost), std::overflow_error);
}

TEST_CASE("order and floor") {
  CHECK(Rational(1, 3) < Rational(1, 2));
  CHECK(Rational(-1, 3) > Rational(-1, 2));
  CHECK(Rational(kMost - 1, kMost) < Rational(1));
  CHECK((Rational(2, 4) <=> Rational(1, 2)) == std::strong_ordering::equal);
  CHECK(Rational(7, 2).floor() == 3);
  CHECK(Rational(-7, 2).floor() == -4);
  CHECK(Rational(-3).floor() == -3);
  CHECK(Rational(kLeast).floor() == kLeast);
}

TEST_CASE("arithmetic keeps the laws of fractions") {
  std::mt19937 random(20261207);
  std::uniform_int_distribution<std::int64_t> numerators(-100000, 100000);
  std::uniform_int_distribution<std::int64_t> denominators(1, 10080);
  for (int i = 0; i < 2000; ++i) {
    const Rational a(numerators(random), denominators(random));
    const Rational b(numerators(random), denominators(random));
    CHECK(a + b == b + a);
    CHECK(a + b - b == a);
    CHECK((a < b) == (b - a > Rational(0)));
    if (b != Rational(0)) {
      CHECK(a * b / b == a);
    }
    CHECK(Rational(a.floor()) <= a);
    CHECK(a < Rational(a.floor()) + 1);
  }
}

TEST_CASE("decimal text is read exactly") {
  CHECK(parse_decimal("67.75") == Rational(271, 4));
  CHECK(parse_decimal("-3") == Rational(-3));
  CHECK(parse_decimal("0.5") == Rational(1, 2));
  CHECK(parse_decimal("-0") == Rational(0));
  CHECK(parse_decimal("-0.00") == Rational(0));
  CHECK(parse_decimal("007") == Rational(7));
  CHECK(parse_decimal("0.1") == Rational(1, 10));
}

TEST_CASE("decimal text has at most 18 digits") {
  CHECK(parse_decimal("999999999999999999") == Rational(999999999999999999));
  CHECK(parse_decimal("1000000000000000000") == std::nullopt);
  CHECK(parse_decimal("0.00000000000000001") == Rational(1, 100000000000000000));
  CHECK(parse_decimal("0.000000000000000001") == std::nullopt);
  CHECK(parse_decimal("-99999999999999999.9") == Rational(-999999999999999999, 10));
}

TEST_CASE("anything but plain decimal text is refused") {
  for (const char* text : {"", "-", ".", "+1", ".5", "5.", "1.2.3", "1e3", " 1", "1 ", "1,000", "--1", "-.5", "0x10",
                           "nan", "1_000", "\xD9\xA1", "1.-5"}) {
    CAPTURE(text);
    CHECK(parse_decimal(text) == std::nullopt);
  }
  CHECK(parse_decimal(std::string_view("1\0", 2)) == std::nullopt);
}

TEST_CASE("decimals are rounded half away from zero") {
  CHECK(format_decimal(Rational(250), 2) == "250.00");
  CHECK(format_decimal(Rational(1, 8), 2) == "0.13");
  CHECK(format_decimal(Rational(-1, 8), 2) == "-0.13");
  CHECK(format_decimal(Rational(1249, 10000), 2) == "0.12");
  CHECK(format_decimal(Rational(5, 2), 0) == "3");
  CHECK(format_decimal(Rational(199, 200), 2) == "1.00");
  CHECK(format_decimal(Rational(-1, 1000), 2) == "0.00");  // no minus zero
  CHECK(format_decimal(Rational(0), 0) == "0");
  CHECK(format_decimal(Rational(1, 3), 18) == "0.333333333333333333");
  CHECK(format_decimal(Rational(kLeast), 18) == "-9223372036854775808.000000000000000000");
  CHECK_THROWS_AS(format_decimal(Rational(1), 19), std::invalid_argument);
  CHECK_THROWS_AS(format_decimal(Rational(1), -1), std::invalid_argument);
}

TEST_CASE("what is written with enough decimals is read back unchanged") {
  std::mt19937 random(7);
  std::uniform_int_distribution<std::int64_t> quarters(-4000000, 4000000);
  for (int i = 0; i < 500; ++i) {
    const Rational hours(quarters(random), 4);
    CHECK(parse_decimal(format_decimal(hours, 2)) == hours);
  }
}
