#include "atz/report/week_drawing.hpp"

#include <cairo.h>

#include <cstring>
#include <memory>

#include <doctest/doctest.h>

#include "pictures.hpp"

using namespace atz::report;
using namespace atz::test;

namespace {

std::string draw(const Example& example, PictureFormat format) {
  auto bytes = draw_week(example.picture(), format);
  REQUIRE(bytes);
  return *bytes;
}

struct Reader {
  const std::string* bytes;
  std::size_t at = 0;
};

cairo_status_t read_some(void* closure, unsigned char* data, unsigned int length) {
  auto& reader = *static_cast<Reader*>(closure);
  if (reader.bytes->size() - reader.at < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, reader.bytes->data() + reader.at, length);
  reader.at += length;
  return CAIRO_STATUS_SUCCESS;
}

using Image = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;

Image decode(const std::string& png) {
  Reader reader{&png};
  return {cairo_image_surface_create_from_png_stream(read_some, &reader), &cairo_surface_destroy};
}

// Something drawn within `margin` pixels of an edge would be cut off by a printer.
bool has_white_margin(const Image& image, int margin) {
  const int width = cairo_image_surface_get_width(image.get());
  const int height = cairo_image_surface_get_height(image.get());
  const int stride = cairo_image_surface_get_stride(image.get());
  const unsigned char* data = cairo_image_surface_get_data(image.get());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool inside = x >= margin && x < width - margin && y >= margin && y < height - margin;
      if (inside) continue;
      const unsigned char* pixel = data + y * stride + x * 4;
      if (pixel[0] != 255 || pixel[1] != 255 || pixel[2] != 255) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("one page in three formats") {
  const Example example(maple_street(), maple_roster());
  const std::string pdf = draw(example, PictureFormat::pdf);
  CHECK(pdf.rfind("%PDF-", 0) == 0);
  CHECK(pdf.find("/Count 1\n") != std::string::npos);
  const std::string svg = draw(example, PictureFormat::svg);
  CHECK(svg.find("<svg") != std::string::npos);
  CHECK(svg.find("</svg>") != std::string::npos);
  const std::string png = draw(example, PictureFormat::png);
  const Image image = decode(png);
  REQUIRE(cairo_surface_status(image.get()) == CAIRO_STATUS_SUCCESS);
  CHECK(cairo_image_surface_get_width(image.get()) == 1584);
  CHECK(cairo_image_surface_get_height(image.get()) == 1224);
}

TEST_CASE("the PDF says what it is and bears the pattern's date only") {
  Example example(maple_street(), maple_roster());
  const std::string pdf = draw(example, PictureFormat::pdf);
  CHECK(pdf.find("(Staffing pattern: typical week, maple-street)") != std::string::npos);
  CHECK(pdf.find("/Creator (atz)") != std::string::npos);
  CHECK(pdf.find("/CreationDate (20270104000000Z)") != std::string::npos);
  example.pattern.effective = {};
  CHECK(draw(example, PictureFormat::pdf).find("/CreationDate (19700101000000Z)") != std::string::npos);
}

TEST_CASE("the same picture gives the same bytes, another picture others") {
  const Example example(maple_street(), maple_roster());
  const Example changed(maple_street_changed(), maple_roster());
  for (const PictureFormat format : {PictureFormat::pdf, PictureFormat::svg, PictureFormat::png}) {
    const std::string first = draw(example, format);
    CHECK((first != draw(changed, format)));
    CHECK((first == draw(example, format)));
  }
}

TEST_CASE("an SVG needs nothing from outside") {
  const Example example(busy_house(roster_of(12)), roster_of(12));
  const std::string svg = draw(example, PictureFormat::svg);
  CHECK(svg.find("<image") == std::string::npos);
  CHECK(svg.find("font-family") == std::string::npos);
  CHECK(svg.find("/usr") == std::string::npos);
  CHECK(svg.find("file:") == std::string::npos);
}

TEST_CASE("every size of home stays on the page") {
  for (const int size : {3, 4, 8, 9, 12, 16, 17, 24}) {
    CAPTURE(size);
    const Example example(busy_house(roster_of(size)), roster_of(size), atz::Rational(1, 2));
    const Image image = decode(draw(example, PictureFormat::png));
    CHECK(has_white_margin(image, 36));
  }
  const Example empty({}, {});
  CHECK(has_white_margin(decode(draw(empty, PictureFormat::png)), 36));
  const Example too_many({}, roster_of(30));
  CHECK(draw_week(too_many.picture(), PictureFormat::pdf));
}

TEST_CASE("long, strange and broken names are drawn without harm") {
  atz::model::StaffingPattern pattern;
  const std::string longest(300, 'W');
  pattern.shifts = {shift(longest, "daily", "00:00", "12:00"), shift("a\xff\x1b[2J", "daily", "12:00", "12:15"),
                    shift("", "daily", "13:00", "14:00"), shift("Überwachung·夜", "daily", "14:00", "24:00", longest)};
  pattern.out = {out("A", "mon", "09:00", "09:15", longest), out("A", "tue", "09:00", "19:00", "")};
  const Example example(pattern, {"A", longest});
  for (const PictureFormat format : {PictureFormat::pdf, PictureFormat::svg})
    CHECK(draw_week(example.picture(), format));
  CHECK(has_white_margin(decode(draw(example, PictureFormat::png)), 36));
}

TEST_CASE("twenty people at a time still fit") {
  atz::model::StaffingPattern pattern;
  for (int i = 0; i < 20; ++i) pattern.shifts.push_back(shift("S" + std::to_string(i), "daily", "06:00", "18:00"));
  const Example example(pattern, roster_of(24));
  CHECK(has_white_margin(decode(draw(example, PictureFormat::png)), 36));
}
