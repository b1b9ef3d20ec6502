#include <algorithm>
#include <array>

#include "week_page.hpp"

namespace atz::report {

namespace {

constexpr std::array<Color, 8> kStaffColors = {{{0.72, 0.82, 0.94},
                                                {0.98, 0.86, 0.62},
                                                {0.76, 0.90, 0.74},
                                                {0.95, 0.78, 0.78},
                                                {0.84, 0.78, 0.92},
                                                {0.74, 0.90, 0.90},
                                                {0.93, 0.90, 0.62},
                                                {0.88, 0.82, 0.74}}};
constexpr std::array<Hatch, 6> kKindHatches = {Hatch::rising,   Hatch::falling, Hatch::cross,
                                               Hatch::vertical, Hatch::dots,    Hatch::horizontal};

Hatch mode_hatch(const model::Shift& shift) {
  if (is_asleep(shift)) return Hatch::dots;
  switch (mode_of(shift)) {
    case DutyMode::one_to_one:
      return Hatch::rising;
    case DutyMode::on_behalf_of:
      return Hatch::horizontal;
    case DutyMode::with_members:
      return Hatch::vertical;
    case DutyMode::shared:
      return Hatch::none;
  }
  return Hatch::none;
}

}  // namespace

Color staff_color(std::size_t staff) {
  return kStaffColors.at(staff % kStaffColors.size());
}

Hatch kind_hatch(std::size_t kind) {
  return kKindHatches.at(kind % kKindHatches.size());
}

void draw_bar(Canvas& canvas, const Box& box, const model::Shift& shift, Color color, bool admin) {
  canvas.fill(box, admin ? kWhite : color);
  canvas.hatch(box, mode_hatch(shift), kHatchColor);
  const double width = is_add_on(shift) ? 1.6 : 0.6;
  canvas.outline(box, kBlack, std::min(width, box.width / 4), admin ? Stroke::dashed : Stroke::solid);
}

void draw_whereabouts(Canvas& canvas, const Box& box, Whereabouts at) {
  switch (at.where) {
    case Where::home:
      canvas.fill(box, kHome);
      break;
    case Where::out:
      canvas.fill(box, kOut);
      canvas.hatch(box, kind_hatch(at.kind), {0.72, 0.72, 0.74});
      break;
    case Where::with_staff:
      canvas.fill(box, kHome);
      canvas.hatch(box, Hatch::vertical, kHatchColor);
      break;
    case Where::uncovered:
      canvas.fill(box, kAlarm);
      break;
  }
  canvas.outline(box, kGrey, std::min(0.4, box.width / 8));
}

}  // namespace atz::report
