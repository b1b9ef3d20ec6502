// `atz staffing`: the week of a home, its hours and the estimated rate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/check.hpp"
#include "atz/model/rate.hpp"
#include "atz/model/week.hpp"
#include "atz/report/week_drawing.hpp"

namespace atz::app {

// The estimated bundled rate; never more than an estimate, since the hourly rate in force is not public.
struct RateEstimate {
  std::vector<model::Hours> authorized;  // per member, in roster order
  model::RateRow row;
  Rational day_rate;  // dollars per member and day
  model::Band band;   // delivered hours a week that leave the rate as it is
};

struct StaffingReport {
  CheckedFile checked;
  std::vector<diag::Finding> findings;   // of the pattern itself (SP rules and what can't be read)
  std::optional<model::Week> week;       // empty: there is no pattern to compute
  std::optional<RateEstimate> estimate;  // empty: no rate is known for that day
  [[nodiscard]] bool has_errors() const;
};

Result<StaffingReport> staffing(const Services& services, const CheckSettings& settings, const std::string& path);

// The lines about the estimate, for screens: always with the word "estimate".
std::vector<std::string> estimate_lines(const RateEstimate& estimate);

// By the file's ending; Failure::usage for any other.
Result<report::PictureFormat> picture_format(const std::string& path);
// Both need a week.
Result<std::string> draw_staffing(const StaffingReport& report, report::PictureFormat format);
std::string staffing_text(const StaffingReport& report, bool color, bool unicode, std::size_t width);

}  // namespace atz::app
