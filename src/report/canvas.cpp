#include "canvas.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <string_view>

#if defined(__SANITIZE_ADDRESS__)
#include <fontconfig/fontconfig.h>
#endif

namespace atz::report {

namespace {

#if defined(__SANITIZE_ADDRESS__)
// What cairo and fontconfig keep for the next drawing is given back at the end: whatever is left then is a leak.
struct FontCaches {
  ~FontCaches() {
    cairo_debug_reset_static_data();
    FcFini();
  }
};
const FontCaches kFontCaches;
#endif

constexpr double kPngScale = 2;  // 144 dots per inch
constexpr double kHatchStep = 4;
constexpr double kPi = 3.14159265358979323846;

struct SurfaceDelete {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CairoDelete {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDelete>;
using Context = std::unique_ptr<cairo_t, CairoDelete>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

Surface make_pdf(const PageInfo& info, double width, double height, std::string& bytes) {
  Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, width, height));
  const std::string date = info.date + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, info.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "atz");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  return surface;
}

Surface make_surface(PictureFormat format, const PageInfo& info, std::string& bytes) {
  switch (format) {
    case PictureFormat::pdf:
      return make_pdf(info, kPageWidth, kPageHeight, bytes);
    case PictureFormat::svg:
      return Surface(cairo_svg_surface_create_for_stream(append, &bytes, kPageWidth, kPageHeight));
    case PictureFormat::png:
      return Surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(kPageWidth * kPngScale),
                                                static_cast<int>(kPageHeight * kPngScale)));
  }
  return nullptr;
}

// Letters must have the same widths in every format, so that nothing fits in one and is cut in another.
void set_font_options(cairo_t* cairo) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options(cairo, options);
  cairo_font_options_destroy(options);
}

void set_color(cairo_t* cairo, Color color) {
  cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
}

void rectangle(cairo_t* cairo, const Box& box) {
  cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
}

// cairo numbers surfaces through the life of the process; the number of the page's group would differ at each drawing.
void name_page(std::string& svg) {
  constexpr std::string_view kId = "<g id=\"surface";
  const std::size_t start = svg.find(kId);
  if (start == std::string::npos) return;
  const std::size_t end = svg.find('"', start + kId.size());
  if (end != std::string::npos) svg.replace(start, end - start, "<g id=\"page");
}

tl::unexpected<Error> not_drawn(const char* what, cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();  // said where all lack of memory is
  return fail(Failure::io, fmt::format("{} could not be drawn: {}.", what, cairo_status_to_string(status)));
}

}  // namespace

void Canvas::fill(const Box& box, Color color) {
  set_color(cairo_, color);
  rectangle(cairo_, box);
  cairo_fill(cairo_);
}

void Canvas::outline(const Box& box, Color color, double width, Stroke stroke) {
  cairo_save(cairo_);
  set_color(cairo_, color);
  cairo_set_line_width(cairo_, width);
  if (stroke == Stroke::dashed) {
    const double dash = 2;
    cairo_set_dash(cairo_, &dash, 1, 0);
  }
  rectangle(cairo_, box);
  cairo_stroke(cairo_);
  cairo_restore(cairo_);
}

void Canvas::line(double x1, double y1, double x2, double y2, Color color, double width) {
  set_color(cairo_, color);
  cairo_set_line_width(cairo_, width);
  cairo_move_to(cairo_, x1, y1);
  cairo_line_to(cairo_, x2, y2);
  cairo_stroke(cairo_);
}

void Canvas::hatch(const Box& box, Hatch hatch, Color color) {
  if (hatch == Hatch::none) return;
  cairo_save(cairo_);
  rectangle(cairo_, box);
  cairo_clip(cairo_);
  set_color(cairo_, color);
  cairo_set_line_width(cairo_, 0.6);
  const double right = box.x + box.width;
  const double bottom = box.y + box.height;
  if (hatch == Hatch::rising || hatch == Hatch::falling || hatch == Hatch::cross) {
    for (double x = box.x - box.height; x < right; x += kHatchStep) {
      if (hatch != Hatch::falling) {
        cairo_move_to(cairo_, x, bottom);
        cairo_line_to(cairo_, x + box.height, box.y);
      }
      if (hatch != Hatch::rising) {
        cairo_move_to(cairo_, x, box.y);
        cairo_line_to(cairo_, x + box.height, bottom);
      }
    }
    cairo_stroke(cairo_);
  } else if (hatch == Hatch::horizontal) {
    for (double y = box.y + kHatchStep / 2; y < bottom; y += kHatchStep) {
      cairo_move_to(cairo_, box.x, y);
      cairo_line_to(cairo_, right, y);
    }
    cairo_stroke(cairo_);
  } else if (hatch == Hatch::vertical) {
    for (double x = box.x + kHatchStep / 2; x < right; x += kHatchStep) {
      cairo_move_to(cairo_, x, box.y);
      cairo_line_to(cairo_, x, bottom);
    }
    cairo_stroke(cairo_);
  } else {
    for (double y = box.y + kHatchStep / 2; y < bottom; y += kHatchStep) {
      for (double x = box.x + kHatchStep / 2; x < right; x += kHatchStep) {
        cairo_new_sub_path(cairo_);
        cairo_arc(cairo_, x, y, 0.7, 0, 2 * kPi);
      }
    }
    cairo_fill(cairo_);
  }
  cairo_restore(cairo_);
}

void Canvas::select(Font font) {
  cairo_select_font_face(cairo_, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                         font.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cairo_, font.size);
}

double Canvas::text_width(const std::string& text, Font font) {
  select(font);
  cairo_text_extents_t extents;
  cairo_text_extents(cairo_, text.c_str(), &extents);
  return extents.x_advance;
}

Font Canvas::fitted(const std::string& text, Font font, double smallest, double width) {
  const double needed = text_width(text, font);
  if (needed > width && needed > 0) font.size = std::max(smallest, font.size * width / needed);
  return font;
}

std::string Canvas::cut(const std::string& text, Font font, double width) {
  if (text_width(text, font) <= width + 0.01) return text;
  std::string part = text;
  while (!part.empty()) {
    // A whole character of UTF-8 at a time.
    while (!part.empty() && (static_cast<unsigned char>(part.back()) & 0xC0U) == 0x80U) part.pop_back();
    if (!part.empty()) part.pop_back();
    std::string shown = part + "…";
    if (text_width(shown, font) <= width) return shown;
  }
  return "";
}

void Canvas::text(double x, double y, const std::string& text, Font font, Align align, Color color) {
  double left = x;
  if (align != Align::left) left -= text_width(text, font) / (align == Align::center ? 2 : 1);
  select(font);
  set_color(cairo_, color);
  cairo_move_to(cairo_, left, y);
  cairo_show_text(cairo_, text.c_str());
}

void Canvas::text_upwards(const Box& box, const std::string& text, Font font, Color color) {
  const double width = text_width(text, font);
  cairo_save(cairo_);
  cairo_translate(cairo_, box.x + box.width / 2 + font.size * 0.36, box.y + box.height / 2 + width / 2);
  cairo_rotate(cairo_, -kPi / 2);
  select(font);
  set_color(cairo_, color);
  cairo_move_to(cairo_, 0, 0);
  cairo_show_text(cairo_, text.c_str());
  cairo_restore(cairo_);
}

Result<std::string> render_pages(const PageInfo& info, double width, double height, const DrawPages& draw) {
  std::string bytes;
  const Surface surface = make_pdf(info, width, height, bytes);
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  {
    const Context cairo(cairo_create(surface.get()));
    set_font_options(cairo.get());
    Canvas canvas(cairo.get());
    draw(canvas, [&] { cairo_show_page(cairo.get()); });
    cairo_show_page(cairo.get());
    status = cairo_status(cairo.get());
  }
  cairo_surface_finish(surface.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS) return not_drawn("The pages", status);
  return bytes;
}

Result<std::string> render(PictureFormat format, const PageInfo& info, const std::function<void(Canvas&)>& draw) {
  std::string bytes;
  const Surface surface = make_surface(format, info, bytes);
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  {
    const Context cairo(cairo_create(surface.get()));
    if (format == PictureFormat::png) cairo_scale(cairo.get(), kPngScale, kPngScale);
    set_font_options(cairo.get());
    Canvas canvas(cairo.get());
    canvas.fill({0, 0, kPageWidth, kPageHeight}, kWhite);
    draw(canvas);
    cairo_show_page(cairo.get());
    status = cairo_status(cairo.get());
  }
  if (status == CAIRO_STATUS_SUCCESS && format == PictureFormat::png) {
    status = cairo_surface_write_to_png_stream(surface.get(), append, &bytes);
  }
  cairo_surface_finish(surface.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS) return not_drawn("The week", status);
  if (format == PictureFormat::svg) name_page(bytes);
  return bytes;
}

}  // namespace atz::report
