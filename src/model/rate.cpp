#include "atz/model/rate.hpp"

namespace atz::model {

namespace {

constexpr std::int64_t kDaysPerWeek = 7;
constexpr std::int64_t kWeekHours = 168;

Rational total_hours(std::span<const Hours> authorized) {
  Hours total;
  for (const Hours hours : authorized) total.quarters += hours.quarters;
  return total.exact();
}

Rational weekly_amount(std::span<const Hours> authorized, const RateRow& rate) {
  Rational amount = total_hours(authorized) * rate.home_support_hourly;
  for (const Hours hours : authorized) {
    const Rational above = hours.exact() - Rational(kWeekHours);
    if (above > Rational(0)) amount -= above * rate.over_168_reduction;
  }
  return amount;
}

}  // namespace

std::optional<RateRow> rate_on(std::span<const RateRow> table, Date day) {
  const RateRow* found = nullptr;
  for (const RateRow& row : table) {
    if (row.from <= day && (found == nullptr || found->from < row.from)) found = &row;
  }
  if (found == nullptr) return std::nullopt;
  return *found;
}

Rational bundled_day_rate(std::span<const Hours> authorized, const RateRow& rate) {
  if (authorized.empty()) return 0;
  return weekly_amount(authorized, rate) / Rational(kDaysPerWeek * static_cast<std::int64_t>(authorized.size()));
}

Band delivery_band(std::span<const Hours> authorized) {
  const Rational total = total_hours(authorized);
  return {total * Rational(925, 1000), total * Rational(105, 100)};
}

std::optional<Rational> delivered_day_rate(std::span<const Hours> authorized, Rational delivered, const RateRow& rate) {
  const Band band = delivery_band(authorized);
  if (delivered > band.high) return std::nullopt;
  const Rational full = bundled_day_rate(authorized, rate);
  if (delivered >= band.low) return full;
  // In proportion, so that a reduction above 168 hours stays in the share it has of the authorized week.
  return full * delivered / total_hours(authorized);
}

Rational add_on_day_rate(Hours add_on, const RateRow& rate) {
  return add_on.exact() * rate.medical_add_on_hourly / Rational(kDaysPerWeek);
}

std::string format_money(Rational dollars) {
  return format_decimal(dollars, 2);
}

}  // namespace atz::model
