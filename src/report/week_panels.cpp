#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "week_page.hpp"

namespace atz::report {

namespace {

constexpr double kTitleHeight = 13;
constexpr double kRowHeight = 10.6;
constexpr std::size_t kRowsPerBlock = 8;
constexpr std::size_t kLegendRows = 9;
constexpr double kBlockGap = 10;
constexpr double kLongestLabel = 60;
constexpr Font kTitle{8.5, true};
constexpr Font kPlain{7.5, false};
constexpr Font kStrong{7.5, true};
constexpr Font kSmall{6.5, false};

void draw_title(Canvas& canvas, const Box& box, const std::string& title) {
  canvas.text(box.x, box.y + 8, title, canvas.fitted(title, kTitle, 5, box.width));
  canvas.line(box.x, box.y + 10.5, box.x + box.width, box.y + 10.5, kBlack, 0.6);
}

std::size_t table_blocks(std::size_t members) {
  return std::max<std::size_t>(1, (members + kRowsPerBlock - 1) / kRowsPerBlock);
}

// Members per block, so that the blocks are of one length.
std::size_t table_rows(std::size_t members) {
  const std::size_t blocks = table_blocks(members);
  return std::max<std::size_t>(1, (members + blocks - 1) / blocks);
}

std::string hours(Rational amount) {
  return format_decimal(amount, 2);
}

class MemberTable {
 public:
  MemberTable(const Page& page, const Box& box)
      : canvas_(page.canvas), members_(page.view.members), week_(page.picture.week), box_(box) {
    const std::size_t blocks = table_blocks(members_.size());
    per_block_ = table_rows(members_.size());
    block_width_ = (box.width - kBlockGap * static_cast<double>(blocks - 1)) / static_cast<double>(blocks);
    longest_fraction_ = blocks == 1 ? 14 : 10;
    titles_ = {"Member", "At home", "1:1", "Exact", "Weekly"};
    if (has_add_on()) titles_.emplace_back("Add-on");
    for (std::size_t i = 0; i < members_.size(); ++i) rows_.push_back(member_row(i));
    rows_.push_back(house_row());
    set_columns();
  }

  void draw() {
    draw_title(canvas_, box_, "Hours a week");
    for (std::size_t first = 0; first == 0 || first < members_.size(); first += per_block_) draw_block(first);
  }

 private:
  using Row = std::vector<std::string>;

  [[nodiscard]] bool has_add_on() const { return week_.t2016sc.house > Rational(0); }

  // Columns as wide as their texts; what is left goes between them, what is missing makes the letters smaller.
  void set_columns() {
    std::vector<double> widths(titles_.size(), 0);
    const auto measure = [&](const Row& row, Font font) {
      for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], canvas_.text_width(row[i], font));
    };
    measure(titles_, kSmall);
    for (const Row& row : rows_) measure(row, kStrong);
    const auto gaps = static_cast<double>(widths.size() - 1);
    double total = 0;
    for (const double width : widths) total += width;
    scale_ = std::min(1.0, (block_width_ - gaps * 4) / total);
    const double gap = (block_width_ - total * scale_) / gaps;
    double edge = 0;
    for (const double width : widths) {
      edge += width * scale_;
      right_.push_back(edge);
      edge += gap;
    }
  }

  void draw_block(std::size_t first) {
    const double x = box_.x + (block_width_ + kBlockGap) * static_cast<double>(first / per_block_);
    double y = box_.y + kTitleHeight + 7;
    draw_row(x, y, titles_, kSmall, kGrey);
    const std::size_t end = std::min(members_.size(), first + per_block_);
    for (std::size_t i = first; i < end; ++i) draw_row(x, y += kRowHeight, rows_[i], kPlain, kBlack);
    if (end < members_.size()) return;
    canvas_.line(x, y + 3, x + block_width_, y + 3, kGrey, 0.4);
    draw_row(x, y + kRowHeight + 1, rows_.back(), kStrong, kBlack);
  }

  Row member_row(std::size_t i) {
    Row row = {canvas_.cut(members_[i], kStrong, kLongestLabel), hours(week_.home_hours[i]),
               hours(week_.t2016.one_to_one[i]), fraction(week_.t2016.exact[i]),
               model::format_hours(week_.t2016.rounded[i])};
    if (has_add_on()) row.push_back(model::format_hours(week_.t2016sc.rounded[i]));
    return row;
  }

  [[nodiscard]] Row house_row() const {
    Rational home = 0;
    model::Hours rounded, add_on;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      home += week_.home_hours[i];
      rounded.quarters += week_.t2016.rounded[i].quarters;
      add_on.quarters += week_.t2016sc.rounded[i].quarters;
    }
    Row row = {"House", hours(home), hours(week_.t2016.one_to_one_house), fraction(week_.t2016.house),
               model::format_hours(rounded)};
    if (has_add_on()) row.push_back(model::format_hours(add_on));
    return row;
  }

  // A fraction too long to be read is shown as a decimal number instead.
  [[nodiscard]] std::string fraction(Rational amount) const {
    std::string text = model::format_fraction(amount);
    return text.size() <= longest_fraction_ ? text : "≈ " + format_decimal(amount, 4);
  }

  void draw_row(double x, double y, const Row& cells, Font font, Color color) {
    font.size *= scale_;
    canvas_.text(x, y, cells.front(), font, Align::left, color);
    for (std::size_t i = 1; i < cells.size(); ++i) canvas_.text(x + right_[i], y, cells[i], font, Align::right, color);
  }

  Canvas& canvas_;
  const std::vector<std::string>& members_;
  const model::Week& week_;
  Box box_;
  std::size_t per_block_ = 1;
  std::size_t longest_fraction_ = 0;
  double block_width_ = 0;
  double scale_ = 1;
  Row titles_;
  std::vector<Row> rows_;
  std::vector<double> right_;
};

class HousePanel {
 public:
  HousePanel(const Page& page, const Box& box)
      : canvas_(page.canvas), view_(page.view), week_(page.picture.week), box_(box) {
    if (week_.t2016sc.house > Rational(0)) add("Add-on line (T2016SC)", hours(week_.t2016sc.house) + " h");
    if (week_.asleep > Rational(0)) add("Asleep on duty", hours(week_.asleep) + " h");
    const Rational idle = week_.t2016.unallocated + week_.t2016sc.unallocated;
    add("On duty, nobody home", idle == Rational(0) ? "never" : hours(idle) + " h");
    add("Home, nobody on duty", gaps());
    rows_.push_back({kRatios, ""});
    for (const model::DaypartRatio& ratio : week_.ratios) {
      add(ratio.name, ratio.slot < 0
                          ? "nobody home"
                          : fmt::format("{} : {}   {}", ratio.staff, ratio.members, model::format_slot(ratio.slot)));
    }
  }

  [[nodiscard]] std::size_t rows() const { return rows_.size(); }

  void draw() {
    draw_title(canvas_, box_, "House: " + hours(week_.t2016.house) + " hours a week");
    Font font = kPlain;
    for (const Row& row : rows_) {
      const double room = box_.width - (row.value.empty() ? 0 : 6);
      font.size = std::min(font.size, canvas_.fitted(row.name + row.value, {kPlain.size, true}, 4.5, room).size);
    }
    double y = box_.y + kTitleHeight + 7;
    for (const Row& row : rows_) {
      const Font strong{font.size, true};
      canvas_.text(box_.x, y, row.name, row.value.empty() ? strong : font);
      canvas_.text(box_.x + box_.width, y, row.value, strong, Align::right);
      y += kRowHeight;
    }
  }

 private:
  struct Row {
    std::string name, value;
  };
  static constexpr const char* kRatios = "Fewest staff to members at home:";

  void add(std::string name, std::string value) { rows_.push_back({std::move(name), std::move(value)}); }

  std::string gaps() {
    std::vector<const model::GridProblem*> gaps;
    for (const model::GridProblem& problem : week_.problems) {
      if (problem.kind == model::GridProblem::Kind::uncovered) gaps.push_back(&problem);
    }
    if (gaps.empty()) return "never";
    const std::string label = canvas_.cut(view_.members[gaps.front()->first], kPlain, kLongestLabel);
    std::string text = label + " " + model::format_slot(gaps.front()->slot);
    if (gaps.size() > 1) text += fmt::format(" and {} more", gaps.size() - 1);
    return text;
  }

  Canvas& canvas_;
  const WeekView& view_;
  const model::Week& week_;
  Box box_;
  std::vector<Row> rows_;
};

class Legend {
 public:
  Legend(const Page& page, const Box& box) : canvas_(page.canvas), view_(page.view), box_(box) { collect(); }

  [[nodiscard]] std::size_t rows() const { return std::min(entries_.size(), kLegendRows); }

  void draw() {
    draw_title(canvas_, box_, "Legend");
    const std::size_t columns = entries_.size() > kLegendRows ? 2 : 1;
    const double width = box_.width / static_cast<double>(columns);
    const double room = width - kSwatch - 8;
    Font font{7, false};
    for (const Entry& entry : entries_)
      font.size = std::min(font.size, canvas_.fitted(entry.text, font, 4.5, room).size);
    for (std::size_t i = 0; i < entries_.size() && i < kLegendRows * columns; ++i) {
      const double x = box_.x + width * static_cast<double>(i / kLegendRows);
      const double y = box_.y + kTitleHeight + 1 + kRowHeight * static_cast<double>(i % kLegendRows);
      entries_[i].draw({x, y, kSwatch, 8});
      canvas_.text(x + kSwatch + 4, y + 6.6, canvas_.cut(entries_[i].text, font, room), font);
    }
  }

 private:
  static constexpr double kSwatch = 16;
  struct Entry {
    std::string text;
    std::function<void(const Box&)> draw;
  };

  void add_bar(const std::string& text, const model::Shift& shift, bool admin) {
    entries_.push_back(
        {text, [this, shift, admin](const Box& box) { draw_bar(canvas_, box, shift, staff_color(0), admin); }});
  }

  void add_place(const std::string& text, Whereabouts at, const std::string& letter) {
    entries_.push_back({text, [this, at, letter](const Box& box) {
                          draw_whereabouts(canvas_, box, at);
                          if (letter.empty()) return;
                          const Font font{6.5, true};
                          const bool alarm = at.where == Where::uncovered;
                          canvas_.fill({box.x + box.width / 2 - 3.5, box.y + 0.6, 7, 6.8}, alarm ? kAlarm : kWhite);
                          canvas_.text(box.x + box.width / 2, box.y + 6.3, letter, font, Align::center,
                                       alarm ? kWhite : kBlack);
                        }});
  }

  void collect() {
    std::set<DutyMode> modes;
    bool asleep = false, add_on = false, admin = false;
    for (const StaffBar& bar : view_.bars) {
      modes.insert(mode_of(*bar.shift));
      asleep = asleep || is_asleep(*bar.shift);
      add_on = add_on || is_add_on(*bar.shift);
      admin = admin || view_.admin[bar.staff];
    }
    const auto with = [](auto change) {
      model::Shift shift;
      change(shift);
      return shift;
    };
    const auto label = [](model::Field<std::string>& field) { field.value = "A"; };
    add_bar("shared staff", {}, false);
    if (modes.contains(DutyMode::one_to_one)) {
      add_bar("1:1 with a member", with([&](auto& s) { label(s.one_to_one); }), false);
    }
    if (modes.contains(DutyMode::on_behalf_of)) {
      add_bar("for: on behalf of", with([&](auto& s) { label(s.on_behalf_of); }), false);
    }
    if (modes.contains(DutyMode::with_members)) {
      add_bar("with: out together", with([](auto& s) { s.accompanying.emplace_back(); }), false);
    }
    if (asleep) add_bar("asleep on duty", with([](auto& s) { s.awake.value = false; }), false);
    if (add_on) add_bar("SC: add-on line", with([](auto& s) { s.line.value = "T2016SC"; }), false);
    if (admin) add_bar("not counted", {}, true);
    collect_places();
  }

  void collect_places() {
    bool with_staff = false, uncovered = false;
    for (const auto& slots : view_.whereabouts) {
      for (const Whereabouts at : slots) {
        with_staff = with_staff || at.where == Where::with_staff;
        uncovered = uncovered || at.where == Where::uncovered;
      }
    }
    add_place("at home", {Where::home, 0}, "");
    for (std::size_t i = 0; i < view_.kinds.size(); ++i) {
      add_place(view_.kinds[i].text, {Where::out, static_cast<unsigned char>(i)}, view_.kinds[i].letter);
    }
    if (with_staff) add_place("out with staff", {Where::with_staff, 0}, "+");
    if (uncovered) add_place("nobody on duty", {Where::uncovered, 0}, "!");
  }

  Canvas& canvas_;
  const WeekView& view_;
  Box box_;
  std::vector<Entry> entries_;
};

}  // namespace

double panel_height(const Page& page) {
  const std::size_t table = table_rows(page.view.members.size()) + 2;
  const std::size_t rows = std::max({table, HousePanel(page, {}).rows(), Legend(page, {}).rows()});
  return kTitleHeight + kRowHeight * static_cast<double>(rows) + 2;
}

void draw_member_table(const Page& page, const Box& box) {
  MemberTable(page, box).draw();
}

void draw_house(const Page& page, const Box& box) {
  HousePanel(page, box).draw();
}

void draw_legend(const Page& page, const Box& box) {
  Legend(page, box).draw();
}

}  // namespace atz::report
