// The Daily Authorization Report: which cases changed on a day. Its columns are modelled; the portal's are not public.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/model/calendar.hpp"
#include "atz/report/paper.hpp"

namespace atz::report {

inline constexpr std::array<std::string_view, 27> kDailyColumns = {"report_date",
                                                                   "case_id",
                                                                   "reference_id",
                                                                   "authorization_no",
                                                                   "member_id",
                                                                   "member_name",
                                                                   "provider_npi3",
                                                                   "location",
                                                                   "service_type",
                                                                   "request_type",
                                                                   "code",
                                                                   "modifiers",
                                                                   "units_requested",
                                                                   "units_approved",
                                                                   "weekly_hours_requested",
                                                                   "weekly_hours_approved",
                                                                   "start_requested",
                                                                   "end_requested",
                                                                   "start_approved",
                                                                   "end_approved",
                                                                   "previous_status",
                                                                   "status",
                                                                   "status_changed_at",
                                                                   "determination_reason",
                                                                   "action_needed",
                                                                   "action_due",
                                                                   "submitted_at"};

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
