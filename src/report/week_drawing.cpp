#include "atz/report/week_drawing.hpp"

#include <fmt/format.h>

#include "week_page.hpp"

namespace atz::report {

namespace {

constexpr double kMargin = 24;
constexpr double kFootHeight = 30;
constexpr double kPanelGap = 20;

std::string facts(const WeekPicture& picture) {
  std::string text = fmt::format("Home {}   ·   Location {}", clean(picture.home), clean(picture.location));
  if (const auto& effective = picture.pattern.effective) {
    text += fmt::format("   ·   In effect from {} {}", model::weekday_name(*effective), model::format_date(*effective));
  }
  const std::size_t members = picture.week.roster.size();
  return text + fmt::format("   ·   {} member{}", members, members == 1 ? "" : "s");
}

void draw_head(const Page& page, const std::string& title) {
  Canvas& canvas = page.canvas;
  const double right = kPageWidth - kMargin;
  canvas.text(kMargin, 37, title, {15, true});
  canvas.text(right, 37, "Times are local time in Maine", {8, false}, Align::right, kGrey);
  const std::string line = facts(page.picture);
  const Font font = canvas.fitted(line, {9.5, false}, 6, right - kMargin);
  canvas.text(kMargin, 51, canvas.cut(line, font, right - kMargin), font);
}

// The table of members gets what its rows need, legend and house share the rest.
void draw_panels(const Page& page, double y, double height) {
  const std::size_t members = page.view.members.size();
  const double table = members <= 8 ? 262 : members <= 16 ? 350 : 430;
  const double rest = kPageWidth - 2 * kMargin - table - 2 * kPanelGap;
  const double house = rest * 0.5;
  draw_member_table(page, {kMargin, y, table, height});
  draw_house(page, {kMargin + table + kPanelGap, y, house, height});
  draw_legend(page, {kMargin + table + house + 2 * kPanelGap, y, rest - house, height});
}

void draw_foot(Canvas& canvas) {
  canvas.text(kMargin, kPageHeight - 20,
              "Hours are computed from this pattern: shared staff time is divided equally among the members at home, "
              "1:1 time goes to its member; weekly hours are rounded to quarters by largest remainder.",
              {6.5, false}, Align::left, kGrey);
}

}  // namespace

Result<std::string> draw_week(const WeekPicture& picture, PictureFormat format) {
  const WeekView view = view_of(picture);
  const auto& effective = picture.pattern.effective;
  const std::string title = "Staffing pattern: typical week";
  const PageInfo info{title + ", " + clean(picture.home), effective ? model::format_date(*effective) : "1970-01-01"};
  return render(format, info, [&](Canvas& canvas) {
    const Page page{canvas, picture, view};
    const double height = panel_height(page);
    const double panels = kPageHeight - kFootHeight - height;
    draw_head(page, title);
    draw_grid(page, {kMargin, 58, kPageWidth - 2 * kMargin, panels - 6 - 58});
    draw_panels(page, panels, height);
    draw_foot(canvas);
  });
}

}  // namespace atz::report
