// One page, drawn once, written as PDF, SVG or PNG. All lengths are points of 1/72 inch from the upper left corner.
#pragma once

#include <functional>
#include <string>

#include "atz/base/result.hpp"
#include "atz/report/week_drawing.hpp"

using cairo_t = struct _cairo;

namespace atz::report {

inline constexpr double kPageWidth = 792;  // letter, landscape
inline constexpr double kPageHeight = 612;

struct Color {
  double red = 0, green = 0, blue = 0;
};
inline constexpr Color kBlack{0.08, 0.08, 0.10};
inline constexpr Color kWhite{1, 1, 1};
inline constexpr Color kGrey{0.42, 0.42, 0.45};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

struct Font {
  double size = 8;
  bool bold = false;
};

enum class Align { left, center, right };
enum class Hatch { none, rising, falling, horizontal, vertical, dots, cross };
enum class Stroke { solid, dashed };

class Canvas {
 public:
  explicit Canvas(cairo_t* cairo) : cairo_(cairo) {}

  void fill(const Box& box, Color color);
  void outline(const Box& box, Color color, double width, Stroke stroke = Stroke::solid);
  void line(double x1, double y1, double x2, double y2, Color color, double width);
  void hatch(const Box& box, Hatch hatch, Color color);

  [[nodiscard]] double text_width(const std::string& text, Font font);
  // The font, made smaller down to `smallest` so that the text fits into `width`.
  [[nodiscard]] Font fitted(const std::string& text, Font font, double smallest, double width);
  // The text, cut with an ellipsis so that it fits.
  [[nodiscard]] std::string cut(const std::string& text, Font font, double width);
  // `y` is the base line; `x` the left end, centre or right end.
  void text(double x, double y, const std::string& text, Font font, Align align = Align::left, Color color = kBlack);
  // Text that runs upwards, centred in the box.
  void text_upwards(const Box& box, const std::string& text, Font font, Color color = kBlack);

 private:
  void select(Font font);
  cairo_t* cairo_;
};

struct PageInfo {
  std::string title;
  std::string date;  // YYYY-MM-DD, the only date in the file
};

// A PDF of any number of pages of that size; `draw` calls its second argument when it goes on to the next one.
using DrawPages = std::function<void(Canvas&, const std::function<void()>&)>;
Result<std::string> render_pages(const PageInfo& info, double width, double height, const DrawPages& draw);

Result<std::string> render(PictureFormat format, const PageInfo& info, const std::function<void(Canvas&)>& draw);

}  // namespace atz::report
