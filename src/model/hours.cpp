#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "atz/model/week.hpp"

namespace atz::model {

namespace {

constexpr std::int64_t kQuarters = 4;

}  // namespace

std::optional<Hours> quarter_hours(Rational hours) {
  if (kQuarters % hours.den() != 0) return std::nullopt;
  const Rational quarters = hours * Rational(kQuarters);
  return Hours{quarters.num()};
}

std::string format_hours(Hours hours) {
  return format_decimal(hours.exact(), 2);
}

std::string format_fraction(Rational hours) {
  if (hours.is_whole()) return fmt::format("{}", hours.num());
  return fmt::format("{}/{}", hours.num(), hours.den());
}

std::vector<Hours> round_by_largest_remainder(std::span<const Rational> exact) {
  std::vector<Hours> result;
  std::vector<Rational> remainders;
  Rational sum = 0;
  std::int64_t given = 0;
  for (const Rational amount : exact) {
    const Rational quarters = amount * Rational(kQuarters);
    const std::int64_t whole = quarters.floor();
    sum += quarters;
    given += whole;
    result.push_back(Hours{whole});
    remainders.push_back(quarters - Rational(whole));
  }
  std::vector<std::size_t> order(exact.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  // The remainders are each below one, so that fewer quarters are left over than there are amounts.
  const auto left = static_cast<std::size_t>(sum.floor() - given);
  for (std::size_t i = 0; i < left; ++i) ++result[order[i]].quarters;
  return result;
}

}  // namespace atz::model
