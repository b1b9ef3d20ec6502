// The typical week of a home for a terminal: a grid for each kind of day, then the hours that follow.
#pragma once

#include <string>
#include <vector>

#include "atz/report/week_drawing.hpp"

namespace atz::report {

struct TextOptions {
  bool color = false;
  bool unicode = true;
  int width = 80;                  // cells; the grid has a cell for 15 minutes when that fits, else for 30 or 60
  std::vector<std::string> notes;  // whole lines that end the text, for example the estimated rate
};

// Ends with a newline. Foreign text is made printable.
std::string week_text(const WeekPicture& picture, const TextOptions& options);

}  // namespace atz::report
