// `atz report daily` and `atz report import`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/report/daily_report.hpp"

namespace atz::app {

struct DailySettings {
  std::optional<std::string> profile, as_of;
  std::optional<std::string> date;  // YYYY-MM-DD in Maine; default: today
  bool from_payer = false;
};

struct DailyResult {
  Now now;
  std::string profile;
  bool live = false;
  model::Date day{};
  std::vector<report::DailyRow> rows;  // by case; one per line
};

// What changed on that day, as learned here; or the payer's own report. Failure::sign_in when our user there has no
// Reports right, Failure::usage for a date that is none.
Result<DailyResult> daily_report(const Services& services, const DailySettings& settings);

// The rows of a report as text, columns found by name. Failure::input with name:line:column: no such columns, a line
// without Case ID, a date, time or number that is none. `name` is the file's.
Result<std::vector<report::DailyRow>> read_daily_report(const Services& services, const casefile::Workspace& workspace,
                                                        const std::string& text, const std::string& name);

struct ImportSettings {
  std::optional<std::string> profile, as_of;
  std::string file;
};

struct ImportResult {
  Now now;
  std::string profile;
  std::size_t rows = 0;
  std::size_t known = 0;                    // rows that said nothing new
  std::vector<ledger::CaseRecord> changed;  // as they are now
  std::vector<std::string> words;           // status words that no table knows
  std::vector<std::string> foreign;         // Case IDs that were not sent from here
  // Case IDs with several requests, and a row without a code that could be about more than one of them: not taken in.
  std::vector<std::string> ambiguous;
  [[nodiscard]] bool needs_person() const;  // among the changed: a denial, a partial approval, a question
};

// All of the file or nothing. The same report again changes nothing.
Result<ImportResult> import_report(const Services& services, const ImportSettings& settings);

}  // namespace atz::app
