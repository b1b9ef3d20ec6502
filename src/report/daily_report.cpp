#include "atz/report/daily_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/separated.hpp"
#include "atz/report/mask.hpp"

namespace atz::report {
std::size_t daily_column(std::string_view name) {
  return static_cast<std::size_t>(std::find(kDailyColumns.begin(), kDailyColumns.end(), name) - kDailyColumns.begin());
}

const std::string& DailyRow::get(std::string_view column) const {
  return cells_.at(daily_column(column));
}

void DailyRow::set(std::string_view column, std::string value) {
  cells_.at(daily_column(column)) = std::move(value);
}

std::vector<DailyRow> masked(std::vector<DailyRow> rows) {
  for (auto& row : rows) {
    row.set("member_id", masked_id(row.get("member_id")));
    if (!row.get("member_name").empty()) row.set("member_name", "…");
  }
  return rows;
}

std::string daily_csv(const std::vector<DailyRow>& rows) {
  std::string out = fmt::format("{}\r\n", fmt::join(kDailyColumns, ","));
  for (const auto& row : rows) {
    std::string line;
    for (const auto column : kDailyColumns)
      line += (line.empty() && column == kDailyColumns[0] ? "" : ",") + separated_cell(row.get(column));
    out += line + "\r\n";
  }
  return out;
}

Paper daily_paper(const std::vector<DailyRow>& rows, model::Date day, const std::string& payer) {
  const std::string date = model::format_date(day);
  Paper paper(fmt::format("Daily Authorization Report, {} {}", model::weekday_name(day), date), date,
              fmt::format("Payer: {}. What changed on that day in Maine.", payer));
  std::vector<std::string> columns;
  for (const auto column : kDailyColumns) {
    const auto filled = [&](const DailyRow& row) { return !row.get(column).empty(); };
    if (std::any_of(rows.begin(), rows.end(), filled)) columns.emplace_back(column);
  }
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : rows) {
    cells.emplace_back();
    for (const auto& column : columns) cells.back().push_back(row.get(column));
  }
  if (rows.empty()) paper.paragraph("Nothing changed on that day.");
  paper.table(std::move(columns), std::move(cells));
  return paper;
}

}  // namespace atz::report
