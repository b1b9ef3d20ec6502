#include "atz/app/staffing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/picture.hpp"
#include "atz/base/text.hpp"
#include "atz/report/week_text.hpp"
#include "atz/rules/rule.hpp"

namespace atz::app {
namespace {

// The pattern that is shown: the home's, or the individual ones joined into one.
model::StaffingPattern shown_pattern(const model::Home& home) {
  if (home.staffing.present) return home.staffing;
  std::vector<const model::StaffingPattern*> own;
  for (const auto& member : home.members) {
    if (member.staffing.present) own.push_back(&member.staffing);
  }
  return model::join_patterns(own).combined;
}

std::optional<RateEstimate> estimate(const CheckedFile& checked, const model::Week& week) {
  const auto& home = checked.file.home;
  const model::Date day =
      home.period.start ? *home.period.start : home.staffing.effective.value.value_or(checked.today);
  const auto row = model::rate_on(checked.file.workspace->tables.rates, day);
  if (!row || week.roster.empty()) return std::nullopt;
  const auto& authorized = week.t2016.rounded;
  return RateEstimate{authorized, *row, model::bundled_day_rate(authorized, *row), model::delivery_band(authorized)};
}

bool concerns_pattern(const diag::Finding& finding) {
  return finding.rule.starts_with("SP") || finding.rule.starts_with("CF");
}

}  // namespace

bool StaffingReport::has_errors() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const diag::Finding& finding) { return finding.severity == diag::Severity::error; });
}

Result<StaffingReport> staffing(const Services& services, const CheckSettings& settings, const std::string& path) {
  Checker checker(services, settings);
  auto checked = checker.check(path);
  if (!checked) return tl::make_unexpected(checked.error());
  StaffingReport report;
  report.checked = std::move(*checked);
  std::copy_if(report.checked.findings.begin(), report.checked.findings.end(), std::back_inserter(report.findings),
               concerns_pattern);
  report.week = rules::week_of(report.checked.file.home, report.checked.file.workspace->settings);
  if (report.week) report.estimate = estimate(report.checked, *report.week);
  return report;
}

std::vector<std::string> estimate_lines(const RateEstimate& estimate) {
  return {fmt::format("Estimated day rate: {} dollars for each member", model::format_money(estimate.day_rate)),
          fmt::format("  an estimate from {} dollars an hour (rate table, from {}); {}",
                      model::format_money(estimate.row.home_support_hourly), model::format_date(estimate.row.from),
                      estimate.row.source),
          fmt::format("  paid unchanged while {} to {} hours a week are delivered",
                      format_decimal(estimate.band.low, 2), format_decimal(estimate.band.high, 2))};
}

Result<report::PictureFormat> picture_format(const std::string& path) {
  const std::string extension = path::extension(path);
  if (extension == "pdf") return report::PictureFormat::pdf;
  if (extension == "svg") return report::PictureFormat::svg;
  if (extension == "png") return report::PictureFormat::png;
  return fail(Failure::usage, fmt::format("atz can't draw into {}", printable(path)),
              "Name a file that ends in .pdf, .svg or .png.");
}

Result<std::string> draw_staffing(const StaffingReport& report, report::PictureFormat format) {
  const auto& home = report.checked.file.home;
  const auto pattern = shown_pattern(home);
  return report::draw_week(picture(home, pattern, *report.week), format);
}

std::string staffing_text(const StaffingReport& report, bool color, bool unicode, std::size_t width) {
  const auto& home = report.checked.file.home;
  const auto pattern = shown_pattern(home);
  report::TextOptions options{color, unicode, static_cast<int>(width), {}};
  if (report.estimate) options.notes = estimate_lines(*report.estimate);
  return report::week_text(picture(home, pattern, *report.week), options);
}

}  // namespace atz::app
