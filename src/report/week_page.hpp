// The parts of the week's page.
#pragma once

#include "canvas.hpp"
#include "week_view.hpp"

namespace atz::report {

struct Page {
  Canvas& canvas;
  const WeekPicture& picture;
  const WeekView& view;
};

// Below a column of the grid there is room for the day's hours, at `box`'s lower edge.
void draw_grid(const Page& page, const Box& box);
double panel_height(const Page& page);  // what the three panels below need
void draw_member_table(const Page& page, const Box& box);
void draw_house(const Page& page, const Box& box);
void draw_legend(const Page& page, const Box& box);

Color staff_color(std::size_t staff);
inline constexpr Color kHome{0.84, 0.88, 0.82};
inline constexpr Color kOut{0.97, 0.97, 0.97};
inline constexpr Color kHatchColor{0.55, 0.55, 0.58};
inline constexpr Color kAlarm{0.70, 0.10, 0.10};
Hatch kind_hatch(std::size_t kind);
// The look of a bar, without its text.
void draw_bar(Canvas& canvas, const Box& box, const model::Shift& shift, Color color, bool admin);
void draw_whereabouts(Canvas& canvas, const Box& box, Whereabouts at);

}  // namespace atz::report
