// The estimated bundled rate of a house. Always an estimate: the hourly rate in force is not public.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/week.hpp"

namespace atz::model {

struct RateRow {  // in force from `from` until the next row
  Date from{};
  Rational home_support_hourly;    // dollars
  Rational medical_add_on_hourly;  // dollars
  Rational over_168_reduction;     // dollars per hour of one member above 168 a week
  std::string source;
};

std::optional<RateRow> rate_on(std::span<const RateRow> table, Date day);  // nullopt before the first row

// Dollars per member and day, exact; round once with format_money.
Rational bundled_day_rate(std::span<const Hours> authorized, const RateRow& rate);
// A week's day rate after delivery: unchanged from 92.5 % to 105 % (both included) of the authorized hours,
// from delivered hours below; nullopt above, where no rule is known.
std::optional<Rational> delivered_day_rate(std::span<const Hours> authorized, Rational delivered, const RateRow& rate);
struct Band {
  Rational low, high;
};
Band delivery_band(std::span<const Hours> authorized);
Rational add_on_day_rate(Hours add_on, const RateRow& rate);
std::string format_money(Rational dollars);  // "476.19", half up to the cent

}  // namespace atz::model
