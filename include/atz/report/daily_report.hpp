// The Daily Authorization Report: which cases changed on a day.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/model/calendar.hpp"
#include "atz/model/daily_columns.hpp"
#include "atz/report/paper.hpp"

namespace atz::report {

using model::kDailyColumns;

// One line of one case, as texts: dates YYYY-MM-DD, times with offset, modifiers with blanks between.
class DailyRow {
 public:
  [[nodiscard]] const std::string& get(std::string_view column) const;  // of kDailyColumns
  void set(std::string_view column, std::string value);
  // Where the row stood in a file that was read; 0: it comes from the ledger.
  std::size_t line = 0;
  std::array<std::size_t, kDailyColumns.size()> columns{};  // of each cell, from 1; 0: the file has no such column

 private:
  std::array<std::string, kDailyColumns.size()> cells_;
};
std::size_t daily_column(std::string_view name);  // index; kDailyColumns.size() for an unknown name

// Without names and with the end of IDs only.
std::vector<DailyRow> masked(std::vector<DailyRow> rows);

// RFC 4180 with a line of headers, always all columns, CRLF.
std::string daily_csv(const std::vector<DailyRow>& rows);
// All columns that hold anything.
Paper daily_paper(const std::vector<DailyRow>& rows, model::Date day, const std::string& payer);

}  // namespace atz::report
