// One kind of day as rows of cells for the terminal: a row for each staff person and each member.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "week_view.hpp"

namespace atz::report {

enum class Style : unsigned char { plain, strong, faint, staff, special, away, alarm };

struct Cell {
  std::string_view glyph;
  Style style = Style::plain;
};

enum class Mark : unsigned char {  // what a cell of a row can say, in order of importance within a cell
  off,
  shared,
  one_to_one,
  on_behalf_of,
  with_members,
  asleep,
  add_on,
  not_counted
};

struct DayRow {
  std::string label;
  std::vector<Cell> cells;
  Rational hours = 0;  // on duty, or at home
};

struct DayGroup {
  std::string days;  // "Mon, Wed, Fri"
  int first_day = 0;
  std::vector<DayRow> staff;  // those who work on these days
  std::vector<DayRow> members;
  std::vector<std::string> remarks;  // "E2 17-19 1:1 C": what cells are too small to say
};

struct Glyphs {
  bool unicode = true;
  [[nodiscard]] std::string_view duty(Mark mark) const;
  [[nodiscard]] std::string_view half(bool first) const;  // shared duty in one half of a cell
  [[nodiscard]] std::string_view home() const { return unicode ? "─" : "-"; }
};

std::vector<Mark> marks_used(const WeekView& view);
// Days that look the same are one group. `per_cell` is the number of slots in a cell: 1, 2 or 4.
std::vector<DayGroup> day_groups(const WeekView& view, const Glyphs& glyphs, int per_cell);

}  // namespace atz::report
