#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "week_page.hpp"

namespace atz::report {

namespace {

using model::kSlotsPerDay;

constexpr std::array<std::string_view, 7> kDayNames = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr double kGutter = 30;  // for the times
constexpr double kDayGap = 6;
constexpr double kDayName = 13;  // height
constexpr double kDayHours = 13;
constexpr double kWidestStrip = 12;
constexpr double kLongestLabel = 48;
constexpr double kSmallestText = 4.5;
constexpr double kLineHeight = 1.22;
constexpr const char* kEllipsis = "…";

class GridDrawing {
 public:
  GridDrawing(const Page& page, const Box& box)
      : canvas_(page.canvas), view_(page.view), week_(page.picture.week), box_(box) {
    column_ = (box.width - kGutter) / 7;
    const double inner = column_ - kDayGap;
    const auto members = static_cast<double>(std::max<std::size_t>(1, view_.members.size()));
    strip_ = std::min(kWidestStrip, inner * (members > 12 ? 0.6 : 0.5) / members);
    lane_ = (inner - strip_ * members - 3) / static_cast<double>(view_.lanes);
    label_font_ = {std::min(7.0, strip_ * 0.95), true};
    double longest = 0;
    for (const auto& label : view_.members) {
      labels_.push_back(canvas_.cut(label, label_font_, kLongestLabel));
      longest = std::max(longest, canvas_.text_width(labels_.back(), label_font_));
    }
    upright_labels_ = longest <= strip_ - 1;
    top_ = box.y + kDayName + (upright_labels_ ? label_font_.size + 2 : longest + 4);
    height_ = box.y + box.height - kDayHours - top_;
  }

  void draw() {
    draw_times();
    for (int day = 0; day < 7; ++day) draw_day(day);
  }

 private:
  [[nodiscard]] double at(int slot) const { return top_ + height_ * slot / kSlotsPerDay; }
  [[nodiscard]] double left(int day) const { return box_.x + kGutter + column_ * day + kDayGap / 2; }
  [[nodiscard]] double strips_left(int day) const {
    return left(day) + column_ - kDayGap - strip_ * static_cast<double>(view_.members.size());
  }

  void draw_times() {
    for (int hour = 0; hour <= 24; ++hour) {
      const double y = at(hour * 4);
      const bool strong = hour % 6 == 0;
      canvas_.line(box_.x + kGutter - 3, y, box_.x + box_.width, y, strong ? kGrey : Color{0.84, 0.84, 0.86},
                   strong ? 0.6 : 0.35);
      if (hour % 2 == 0) {
        canvas_.text(box_.x + kGutter - 5, y + 2.5, fmt::format("{:02}:00", hour), {7, strong}, Align::right,
                     strong ? kBlack : kGrey);
      }
    }
  }

  void draw_day(int day) {
    const double middle = left(day) + (column_ - kDayGap) / 2;
    canvas_.text(middle, box_.y + 8, std::string(kDayNames.at(static_cast<std::size_t>(day))), {9.5, true},
                 Align::center);
    canvas_.text(left(day) + 1, top_ - 3, "staff", {6, false}, Align::left, kGrey);
    for (const StaffBar& bar : view_.bars) {
      if (bar.day == day) draw_staff(bar);
    }
    for (std::size_t member = 0; member < view_.members.size(); ++member) draw_member(day, member);
    const std::string hours = format_decimal(week_.house_by_day.at(static_cast<std::size_t>(day)), 2);
    canvas_.text(middle, box_.y + box_.height - 3, hours + " h", {8, true}, Align::center);
  }

  void draw_staff(const StaffBar& bar) {
    const Box box{left(bar.day) + lane_ * static_cast<double>(bar.lane), at(bar.from), lane_ - std::min(1.5, lane_ / 5),
                  at(bar.to) - at(bar.from)};
    const Color color = staff_color(bar.staff);
    draw_bar(canvas_, box, *bar.shift, color, view_.admin[bar.staff]);
    const std::string& id = view_.staff[bar.staff];
    const bool plain = !view_.admin[bar.staff] && mode_of(*bar.shift) == DutyMode::shared && !is_asleep(*bar.shift);
    const Color paper = plain ? color : kWhite;
    if (canvas_.text_width(id, {7.5, true}) <= box.width - 3) {
      label_across(box, id, *bar.shift, paper);
    } else {
      label_upwards(box, id, *bar.shift, paper);
    }
  }

  // Name, mode and times below each other, the times first to go when there is no room.
  void label_across(const Box& box, const std::string& id, const model::Shift& shift, Color paper) {
    struct Row {
      std::string text;
      Font font;
    };
    std::vector<Row> rows = {{id, {7.5, true}}};
    const std::string mode = mode_text(shift);
    if (!mode.empty()) rows.push_back({mode, canvas_.fitted(mode, {7, false}, kSmallestText, box.width - 3)});
    const std::string times = times_text(shift);
    rows.push_back({times, canvas_.fitted(times, {6.5, false}, kSmallestText, box.width - 3)});
    const auto needed = [&] {
      double height = 2;
      for (const Row& row : rows) height += row.font.size * kLineHeight;
      return height;
    };
    while (rows.size() > 1 && needed() > box.height) rows.pop_back();
    if (needed() > box.height) {
      label_upwards(box, id, shift, paper);
      return;
    }
    double y = box.y + 1.5;
    for (const Row& row : rows) {
      const std::string text = canvas_.cut(row.text, row.font, box.width - 3);
      const double width = canvas_.text_width(text, row.font);
      canvas_.fill({box.x + (box.width - width) / 2 - 1, y, width + 2, row.font.size * kLineHeight}, paper);
      y += row.font.size * kLineHeight;
      canvas_.text(box.x + box.width / 2, y - row.font.size * 0.24, text, row.font, Align::center);
    }
  }

  // One line that runs upwards; two when one would have to be too small for that.
  void label_upwards(const Box& box, const std::string& id, const model::Shift& shift, Color paper) {
    const double size = std::min(7.0, box.width * 0.86);
    if (size < 2) return;
    const std::string mode = mode_text(shift);
    const std::string named = mode.empty() ? id : id + " " + mode;
    const double room = box.height - 2;
    const std::string full = named + "  " + times_text(shift);
    if (canvas_.text_width(full, {size, true}) <= room) {
      line_upwards(box, full, {size, true}, paper);
    } else if (!mode.empty() && box.width >= 2 * kSmallestText &&
               canvas_.fitted(named, {size, true}, 1, room).size < 5.5) {
      const Font font{std::min(size, box.width * 0.46), true};
      line_upwards({box.x, box.y, box.width / 2, box.height}, id, font, paper);
      line_upwards({box.x + box.width / 2, box.y, box.width / 2, box.height}, mode, {font.size, false}, paper);
    } else {
      line_upwards(box, named, {size, true}, paper);
    }
  }

  void line_upwards(const Box& box, const std::string& text, Font font, Color paper) {
    const double room = box.height - 2;
    font = canvas_.fitted(text, font, std::min(font.size, kSmallestText), room);
    const std::string shown = canvas_.cut(text, font, room);
    if (shown.empty() || shown == kEllipsis) return;
    const double width = canvas_.text_width(shown, font);
    const double thick = std::min(font.size, box.width - 0.6);
    canvas_.fill({box.x + (box.width - thick) / 2, box.y + (box.height - width) / 2 - 1, thick, width + 2}, paper);
    canvas_.text_upwards(box, shown, font);
  }

  void draw_member(int day, std::size_t member) {
    const double x = strips_left(day) + strip_ * static_cast<double>(member);
    const Box label{x, box_.y + kDayName, strip_, top_ - box_.y - kDayName};
    if (upright_labels_) {
      canvas_.text(x + strip_ / 2, top_ - 3, labels_[member], label_font_, Align::center);
    } else {
      canvas_.text_upwards(label, labels_[member], label_font_);
    }
    for (const Stretch& stretch : view_.stretches(member, day)) {
      const Box box{x, at(stretch.from), strip_, at(stretch.to) - at(stretch.from)};
      draw_whereabouts(canvas_, box, stretch.at);
      label_stretch(box, stretch.at);
    }
  }

  void label_stretch(const Box& box, Whereabouts where) {
    if (where.where == Where::home) return;
    std::string text = "with staff";
    std::string letter = "+";
    if (where.where == Where::out) {
      text = view_.kinds[where.kind].text;
      letter = view_.kinds[where.kind].letter;
    } else if (where.where == Where::uncovered) {
      text = "nobody on duty";
      letter = "!";
    }
    const Color ink = where.where == Where::uncovered ? kWhite : kBlack;
    const Color paper = where.where == Where::uncovered ? kAlarm : kWhite;
    const Font font = canvas_.fitted(text, {std::min(6.5, box.width * 0.8), false}, 5, box.height - 3);
    const double width = canvas_.text_width(text, font);
    if (box.width * 0.8 >= 5 && width <= box.height - 3) {
      canvas_.fill({box.x + (box.width - font.size) / 2, box.y + (box.height - width) / 2 - 1, font.size, width + 2},
                   paper);
      canvas_.text_upwards(box, text, font, ink);
      return;
    }
    const Font bold = canvas_.fitted(letter, {std::min(7.0, box.width), true}, 1, box.width - 0.6);
    if (bold.size > box.height) return;
    const double y = box.y + box.height / 2;
    const double letter_width = canvas_.text_width(letter, bold);
    canvas_.fill({box.x + (box.width - letter_width) / 2, y - bold.size / 2, letter_width, bold.size}, paper);
    canvas_.text(box.x + box.width / 2, y + bold.size * 0.36, letter, bold, Align::center, ink);
  }

  Canvas& canvas_;
  const WeekView& view_;
  const model::Week& week_;
  Box box_;
  double column_ = 0, strip_ = 0, lane_ = 0, top_ = 0, height_ = 0;
  Font label_font_;
  std::vector<std::string> labels_;
  bool upright_labels_ = true;
};

}  // namespace

void draw_grid(const Page& page, const Box& box) {
  GridDrawing(page, box).draw();
}

}  // namespace atz::report
