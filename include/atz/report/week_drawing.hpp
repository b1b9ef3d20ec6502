// The typical week of a home as one landscape letter page: who is on duty, where each member is, the hours that follow.
#pragma once

#include <string>

#include "atz/base/result.hpp"
#include "atz/model/staffing.hpp"
#include "atz/model/week.hpp"

namespace atz::report {

// What the page shows. Members appear by label only; notes and providers of out blocks and roles of staff are left out.
struct WeekPicture {
  std::string home;      // the home's id
  std::string location;  // NPI+3 as the reader should see it
  const model::StaffingPattern& pattern;
  const model::Week& week;  // computed from that pattern; its roster gives the members
};

enum class PictureFormat { pdf, svg, png };

// The bytes of a file. The same picture gives the same bytes in one environment (fonts, cairo). The page fits any
// roster up to model::kMaxRoster. Failure::io when cairo cannot draw.
Result<std::string> draw_week(const WeekPicture& picture, PictureFormat format);

}  // namespace atz::report
