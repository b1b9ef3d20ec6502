// The picture of a week, for papers and screens.
#pragma once

#include "atz/model/home.hpp"
#include "atz/model/week.hpp"
#include "atz/report/week_drawing.hpp"

namespace atz::app {

// `pattern` and `week` are referred to, not copied.
inline report::WeekPicture picture(const model::Home& home, const model::StaffingPattern& pattern,
                                   const model::Week& week) {
  return {home.house.id.value.value_or("staffing pattern"), home.house.location.value.value_or(""), pattern, week};
}

}  // namespace atz::app
