// A Daily Authorization Report of somebody else's: any order of columns, any of them missing.
#include <fmt/format.h>

#include <algorithm>

#include "atz/app/daily_report.hpp"
#include "atz/base/separated.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/report_columns.hpp"

namespace atz::app {
namespace {

using report::DailyRow;
using report::kDailyColumns;

constexpr std::size_t kNone = kDailyColumns.size();

// "12/7/2026" -> "2026-12-07": portals of this country write days so.
std::optional<model::Date> american_date(std::string_view text) {
  const auto parts = split(text, '/');
  if (parts.size() != 3 || parts[2].size() != 4) return std::nullopt;
  for (const auto& part : parts) {
    if (!all_digits(part) || part.size() > 4) return std::nullopt;
  }
  return model::parse_date(fmt::format("{}-{:0>2}-{:0>2}", parts[2], parts[0], parts[1]));
}

std::optional<model::Date> any_date(std::string_view text) {
  if (const auto date = model::parse_date(text)) return date;
  return american_date(text);
}

// A day, or a time with or without an offset; a blank between day and time is taken for a T.
std::optional<std::string> any_instant(std::string_view text) {
  if (const auto date = any_date(text)) return model::format_date(*date);
  std::string shape(text);
  const auto blank = shape.find(' ');
  if (blank != std::string::npos) {
    const auto date = any_date(shape.substr(0, blank));
    if (!date) return std::nullopt;
    shape = model::format_date(*date) + "T" + shape.substr(blank + 1);
  }
  const auto parsed = model::parse_instant(shape);
  return parsed.value ? std::optional(shape) : std::nullopt;
}

bool is_number(std::string_view text, bool fraction) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return all_digits(text);
  return fraction && all_digits(text.substr(0, dot)) && all_digits(text.substr(dot + 1));
}

class ReportReader {
 public:
  ReportReader(const std::map<std::string, std::string>& names, const std::string& file) : names_(names), file_(file) {}

  Result<std::vector<DailyRow>> read(const std::vector<SeparatedRow>& table) {
    if (table.empty()) return fail(Failure::input, fmt::format("{}: the report is empty", file_));
    if (auto heads = read_heads(table.front()); !heads) return tl::make_unexpected(heads.error());
    std::vector<DailyRow> rows;
    for (std::size_t i = 1; i < table.size(); ++i) {
      auto row = read_row(table[i]);
      if (!row) return tl::make_unexpected(row.error());
      rows.push_back(std::move(*row));
    }
    return rows;
  }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong(std::size_t line, std::size_t column, const std::string& what,
                                            std::string help = {}) const {
    return fail(Failure::input, fmt::format("{}:{}:{}: {}", file_, line, column, what), std::move(help));
  }

  Result<void> read_heads(const SeparatedRow& heads) {
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < heads.cells.size(); ++i) {
      const auto found = names_.find(casefile::plain_column_name(heads.cells[i]));
      heads_.push_back(found == names_.end() ? kNone : report::daily_column(found->second));
      if (heads_.back() == kNone) continue;
      if (std::find(seen.begin(), seen.end(), found->second) != seen.end())
        return wrong(heads.line, heads.columns[i], fmt::format("a second column for {}", found->second),
                     "Take one of the two out.");
      seen.push_back(found->second);
    }
    for (const char* needed : {"case_id", "status"}) {
      if (std::find(seen.begin(), seen.end(), needed) == seen.end())
        return wrong(heads.line, 1, fmt::format("there is no column for {}", needed),
                     "The first line has to name the columns. Put other names into atz.d/report-columns.yaml.");
    }
    return {};
  }

  Result<DailyRow> read_row(const SeparatedRow& cells) const {
    DailyRow row;
    row.line = cells.line;
    if (cells.cells.size() > heads_.size())
      return wrong(cells.line, cells.columns[heads_.size()], "this line has more cells than the first one",
                   "A cell with a separator in it needs quotes around it.");
    for (std::size_t i = 0; i < cells.cells.size(); ++i) {
      if (heads_[i] == kNone) continue;
      const std::string text(trim(cells.cells[i]));
      row.columns[heads_[i]] = cells.columns[i];
      auto value = checked(heads_[i], text, cells.line, cells.columns[i]);
      if (!value) return tl::make_unexpected(value.error());
      row.set(kDailyColumns[heads_[i]], std::move(*value));
    }
    for (const char* needed : {"case_id", "status"}) {
      if (row.get(needed).empty())
        return wrong(cells.line, std::max<std::size_t>(row.columns[report::daily_column(needed)], 1),
                     fmt::format("this line has no {}", needed));
    }
    return row;
  }

  [[nodiscard]] Result<std::string> checked(std::size_t index, const std::string& text, std::size_t line,
                                            std::size_t column) const {
    if (text.empty()) return std::string{};
    const std::string_view name = kDailyColumns[index];
    const auto begins = [&](std::string_view part) { return name.compare(0, part.size(), part) == 0; };
    if (begins("start_") || begins("end_") || name == "report_date" || name == "action_due") {
      const auto date = any_date(text);
      if (!date) return wrong(line, column, fmt::format("'{}' is not a date", printable(text)), "Expected 2027-01-04.");
      return model::format_date(*date);
    }
    if (name == "status_changed_at" || name == "submitted_at") {
      auto at = any_instant(text);
      if (!at)
        return wrong(line, column, fmt::format("'{}' is not a time", printable(text)), "Expected 2027-01-04T10:05.");
      return std::move(*at);
    }
    if ((begins("units_") && !is_number(text, false)) || (begins("weekly_hours_") && !is_number(text, true)))
      return wrong(line, column, fmt::format("'{}' is not a number", printable(text)), "Expected 365 or 67.75.");
    return text;
  }

  const std::map<std::string, std::string>& names_;
  const std::string& file_;
  std::vector<std::size_t> heads_;
};

}  // namespace

Result<std::vector<DailyRow>> read_daily_report(const Services& services, const casefile::Workspace& workspace,
                                                const std::string& text, const std::string& name) {
  const auto table = read_separated(text, name);
  if (!table) return tl::make_unexpected(table.error());
  const auto names = casefile::report_columns(services.files, workspace);
  return ReportReader(names, name).read(*table);
}

}  // namespace atz::app
