#include <bit>
#include <chrono>

#include "casefile/data_decode.hpp"
#include "casefile/data_parts.hpp"

namespace atz::casefile {
namespace {

std::optional<int> ordinal(const Reader& reader) {
  const std::string text = text_of(reader, "n");
  if (text == "last") return -1;
  const auto number = parse_integer(text);
  if (number && *number >= 1 && *number <= 5) return static_cast<int>(*number);
  return std::nullopt;
}

bool real_day(unsigned month, unsigned day) {
  return (std::chrono::year(2028) / std::chrono::month(month) / std::chrono::day(day)).ok();
}

// What the keys of a row say together. Empty when they say nothing whole.
std::optional<model::HolidayRule> holiday_of(const Reader& reader) {
  model::HolidayRule rule;
  rule.name = text_of(reader, "name");
  rule.observed = flag_of(reader, "observed", true);
  rule.base = text_of(reader, "after");
  rule.month = static_cast<unsigned>(number_of(reader, "month", 1, 12, 0));
  rule.day = static_cast<unsigned>(number_of(reader, "day", 1, 31, 0));
  rule.days_after = static_cast<int>(number_of(reader, "days", 1, 366, 0));
  model::Field<model::Weekdays> weekday;
  reader.get("weekday", weekday);
  if (!rule.base.empty()) {
    rule.kind = model::HolidayRule::Kind::after;
    if (rule.days_after == 0) return std::nullopt;
  } else if (weekday.present) {
    rule.kind = model::HolidayRule::Kind::nth;
    const auto n = ordinal(reader);
    if (!n || rule.month == 0 || !weekday || std::popcount(weekday->bits) != 1) return std::nullopt;
    rule.n = *n;
    rule.weekday = static_cast<unsigned>(std::countr_zero(weekday->bits));
  } else {
    rule.kind = model::HolidayRule::Kind::fixed;
    if (rule.month == 0 || rule.day == 0 || !real_day(rule.month, rule.day)) return std::nullopt;
  }
  return rule;
}

bool has_own_day(const std::vector<model::HolidayRule>& rules, const std::string& name) {
  return std::any_of(rules.begin(), rules.end(), [&](const model::HolidayRule& rule) {
    return rule.name == name && rule.kind != model::HolidayRule::Kind::after;
  });
}

}  // namespace

void apply_holidays(const Reader& file, model::Tables& tables) {
  std::vector<model::HolidayRule> rules;
  file.each("holidays", [&](const Reader& reader) {
    if (auto rule = holiday_of(reader)) {
      rules.push_back(std::move(*rule));
    } else {
      file.problem(Problem::Kind::wrong_shape, reader.here(), reader.path(),
                   "this row does not say on which day the holiday is", {}, {},
                   "give month and day; or month, weekday and n; or after and days");
    }
  });
  merge_rows(tables.holidays, std::move(rules), flag_of(file, "replace", false),
             [](const model::HolidayRule& rule) { return std::string_view(rule.name); });
  auto& all = tables.holidays;
  const auto orphan = [&](const model::HolidayRule& rule) {
    if (rule.kind != model::HolidayRule::Kind::after || has_own_day(all, rule.base)) return false;
    file.problem(Problem::Kind::wrong_shape, file.here(), "holidays",
                 "`" + rule.name + "` comes after a holiday that has no day of its own", rule.base, {},
                 "name a holiday of this list that has a date");
    return true;
  };
  std::vector<model::HolidayRule> kept;
  for (const auto& rule : all) {
    if (!orphan(rule)) kept.push_back(rule);
  }
  all = std::move(kept);
}

void apply_rates(const Reader& file, model::Tables& tables) {
  std::vector<model::RateRow> rows;
  file.each("rates", [&](const Reader& reader) {
    model::Field<model::Date> from;
    model::Field<Rational> home;
    model::Field<Rational> add_on;
    model::Field<Rational> reduction;
    reader.get("from", from);
    reader.get("home_support_hourly", home);
    reader.get("medical_add_on_hourly", add_on);
    reader.get("over_168_reduction", reduction);
    for (const auto* field : {&home, &add_on, &reduction}) {
      if (*field && **field < Rational(0)) {
        reader.problem(Problem::Kind::wrong_shape, field->span, reader.path(), "a rate must not be negative",
                       field->text);
      }
    }
    if (from && home && add_on && reduction)
      rows.push_back({*from, *home, *add_on, *reduction, text_of(reader, "source")});
  });
  merge_rows(tables.rates, std::move(rows), flag_of(file, "replace", false),
             [](const model::RateRow& row) { return row.from; });
  std::sort(tables.rates.begin(), tables.rates.end(),
            [](const model::RateRow& a, const model::RateRow& b) { return a.from < b.from; });
}

}  // namespace atz::casefile
