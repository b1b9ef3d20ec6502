#include "atz/model/rate.hpp"

#include <doctest/doctest.h>

using atz::Rational;
using namespace atz::model;

namespace {

RateRow modelled() {
  return {make_date(2026, 1, 1), Rational(40), Rational(46), Rational(338, 100), "modelled"};
}

const std::vector<Hours> kHouse = {Hours{271}, Hours{343}, Hours{386}};  // 67.75, 85.75, 96.50

}  // namespace

TEST_CASE("the rate in force is the last one that has begun") {
  std::vector<RateRow> table = {modelled(), modelled()};
  table[1].from = make_date(2025, 7, 1);
  table[1].home_support_hourly = 39;
  CHECK_FALSE(rate_on(table, make_date(2025, 6, 30)));
  CHECK(rate_on(table, make_date(2025, 7, 1))->home_support_hourly == Rational(39));
  CHECK(rate_on(table, make_date(2025, 12, 31))->home_support_hourly == Rational(39));
  CHECK(rate_on(table, make_date(2026, 1, 1))->home_support_hourly == Rational(40));
  CHECK_FALSE(rate_on({}, make_date(2026, 1, 1)));
}

TEST_CASE("one day rate for everyone in the house") {
  CHECK(format_money(bundled_day_rate(kHouse, modelled())) == "476.19");
  const std::vector<Hours> decided = {Hours{266}, Hours{340}, Hours{382}};  // 66.5, 85, 95.5
  CHECK(format_money(bundled_day_rate(decided, modelled())) == "470.48");
  CHECK(format_money(bundled_day_rate({}, modelled())) == "0.00");
}

TEST_CASE("hours of one member above 168 are paid less") {
  const std::vector<Hours> above = {Hours{160}, Hours{176}, Hours{704}};  // 40, 44, 176: 260 in all
  CHECK(format_money(bundled_day_rate(above, modelled())) == "493.95");
  const std::vector<Hours> at = {Hours{672}};
  CHECK(bundled_day_rate(at, modelled()) == Rational(168 * 40, 7));
}

TEST_CASE("delivered hours inside the band change nothing, below it the week is paid by them") {
  const Band band = delivery_band(kHouse);
  CHECK(band.low == Rational(925, 4));  // 231.25
  CHECK(format_money(band.high) == "262.50");
  const Rational full = bundled_day_rate(kHouse, modelled());
  CHECK(delivered_day_rate(kHouse, band.low, modelled()) == full);
  CHECK(delivered_day_rate(kHouse, band.high, modelled()) == full);
  CHECK(format_money(*delivered_day_rate(kHouse, 225, modelled())) == "428.57");
  CHECK(*delivered_day_rate(kHouse, Rational(231), modelled()) < full);
  CHECK(*delivered_day_rate(kHouse, 0, modelled()) == Rational(0));
  CHECK_FALSE(delivered_day_rate(kHouse, Rational(1051, 4), modelled()));  // 262.75
  CHECK(delivered_day_rate({}, 0, modelled()) == Rational(0));
}

TEST_CASE("the add-on is that member's alone") {
  CHECK(format_money(add_on_day_rate(Hours{42}, modelled())) == "69.00");  // 10.5 hours
}

TEST_CASE("money is rounded half up to the cent") {
  CHECK(format_money(Rational(1, 200)) == "0.01");
  CHECK(format_money(Rational(49, 10000)) == "0.00");
  CHECK(format_money(Rational(250)) == "250.00");
}
