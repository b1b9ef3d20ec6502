#include "atz/report/week_text.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "terminal_table.hpp"
#include "week_rows.hpp"

namespace atz::report {

namespace {

constexpr std::size_t kMargin = 2;
constexpr std::size_t kWidestLabel = 10;
constexpr std::size_t kHoursWidth = 8;  // two blanks and "168.00"
constexpr std::size_t kMostGaps = 8;

std::string hours(Rational amount) {
  return format_decimal(amount, 2);
}

std::string_view escape_of(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::strong:
      return "\x1b[1m";
    case Style::faint:
      return "\x1b[2m";
    case Style::staff:
      return "\x1b[36m";
    case Style::special:
      return "\x1b[1;35m";
    case Style::away:
      return "\x1b[33m";
    case Style::alarm:
      return "\x1b[1;31m";
  }
  return "";
}

std::string_view meaning(Mark mark) {
  switch (mark) {
    case Mark::off:
      return "";
    case Mark::shared:
      return "on duty, shared";
    case Mark::one_to_one:
      return "one-to-one";
    case Mark::on_behalf_of:
      return "on behalf of a member";
    case Mark::with_members:
      return "staff and members out together";
    case Mark::asleep:
      return "asleep on duty";
    case Mark::add_on:
      return "add-on line T2016SC";
    case Mark::not_counted:
      return "not counted";
  }
  return "";
}

class Text {
 public:
  Text(const WeekPicture& picture, const TextOptions& options)
      : picture_(picture), week_(picture.week), options_(options), view_(view_of(picture)) {
    glyphs_.unicode = options.unicode;
    width_ = static_cast<std::size_t>(std::max(options.width, 1));
    for (const auto& label : view_.staff) label_ = std::max(label_, display_width(label));
    for (const auto& label : view_.members) label_ = std::max(label_, display_width(label));
    label_ = std::min(label_, kWidestLabel);
    while (per_cell_ < 4 && kMargin + label_ + 1 + cells() + kHoursWidth > width_) per_cell_ *= 2;
  }

  std::string compose() {
    head();
    for (const DayGroup& group : day_groups(view_, glyphs_, per_cell_)) grid(group);
    legend();
    member_table();
    house_table();
    out_table();
    duty();
    for (const std::string& note : options_.notes) {
      if (&note == &options_.notes.front()) line("");
      line(note);
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::size_t cells() const { return static_cast<std::size_t>(model::kSlotsPerDay / per_cell_); }

  void line(const std::string& text) {
    const std::size_t end = text.find_last_not_of(' ');
    text_ += text.substr(0, end == std::string::npos ? 0 : end + 1) + "\n";
  }

  void indented(const std::string& text) { line(std::string(kMargin, ' ') + text); }

  [[nodiscard]] std::string styled(Style style, const std::string& text) const {
    if (!options_.color || style == Style::plain) return text;
    return std::string(escape_of(style)) + text + "\x1b[0m";
  }

  void title(const std::string& text) {
    line("");
    line(styled(Style::strong, text));
  }

  void head() {
    std::vector<std::string> facts = {clean(picture_.home), clean(picture_.location)};
    if (const auto& effective = picture_.pattern.effective) {
      facts.push_back("in effect from " + model::format_date(*effective));
    }
    line(styled(Style::strong, "Typical week") + "   " + join(facts, "   "));
  }

  void grid(const DayGroup& group) {
    const Rational house = week_.house_by_day.at(static_cast<std::size_t>(group.first_day));
    title(group.days);
    const std::string name = "House " + hours(house) + " h";
    text_.pop_back();
    const std::size_t used = display_width(group.days);
    const std::size_t right = kMargin + label_ + 1 + cells() + kHoursWidth;
    text_ += pad_left(name, right > used ? right - used : 0) + "\n";
    scale();
    for (const DayRow& row : group.staff) cell_row(row);
    for (const DayRow& row : group.members) cell_row(row);
    const std::size_t margin = kMargin + label_ + 1;
    for (const std::string& row : flow(group.remarks, width_ > margin ? width_ - margin : 1)) {
      line(std::string(margin, ' ') + styled(Style::special, row));
    }
  }

  void scale() {
    const int step = per_cell_ == 1 ? 2 : per_cell_ == 2 ? 3 : 6;  // hours
    std::string marks;
    for (int hour = 0; hour <= 24; hour += step) {
      marks = pad_right(marks, static_cast<std::size_t>(hour * 4 / per_cell_));
      marks += std::to_string(hour);
    }
    line(std::string(kMargin + label_ + 1, ' ') + styled(Style::faint, marks));
  }

  void cell_row(const DayRow& row) {
    std::string text(kMargin, ' ');
    text += pad_right(shorten(row.label, label_, options_.unicode), label_ + 1);
    for (std::size_t i = 0; i < row.cells.size();) {
      std::string run;
      const Style style = row.cells[i].style;
      for (; i < row.cells.size() && row.cells[i].style == style; ++i) run += row.cells[i].glyph;
      text += styled(style, run);
    }
    line(text + pad_left(hours(row.hours), kHoursWidth));
  }

  void legend() {
    std::vector<std::string> items;
    for (const Mark mark : marks_used(view_))
      items.push_back(std::string(glyphs_.duty(mark)) + " " + std::string(meaning(mark)));
    items.push_back(std::string(glyphs_.home()) + " member at home");
    for (const OutKindMark& kind : view_.kinds) items.push_back(kind.letter + " " + kind.text);
    const auto uncovered = [](const auto& slots) {
      return std::any_of(slots.begin(), slots.end(), [](Whereabouts at) { return at.where == Where::uncovered; });
    };
    if (std::any_of(view_.whereabouts.begin(), view_.whereabouts.end(), uncovered))
      items.emplace_back("! home, nobody on duty");
    line("");
    for (const std::string& row : flow(items, width_ - std::min(width_ - 1, kMargin)))
      indented(styled(Style::faint, row));
  }

  void member_table() {
    const bool add_on = week_.t2016sc.house > Rational(0);
    std::vector<std::vector<std::string>> rows = {{"Member", "At home", "1:1", "Exact", "Weekly hours"}};
    if (add_on) rows.front().emplace_back("Add-on");
    Rational home = 0;
    model::Hours rounded, extra;
    for (std::size_t i = 0; i < view_.members.size(); ++i) {
      const LineCells cells = {week_.t2016.exact[i], week_.t2016.one_to_one[i], week_.t2016.rounded[i],
                               week_.t2016sc.rounded[i]};
      rows.push_back(cells_of(view_.members[i], week_.home_hours[i], cells, add_on));
      home += week_.home_hours[i];
      rounded.quarters += cells.rounded.quarters;
      extra.quarters += cells.add_on.quarters;
    }
    rows.push_back(cells_of("House", home, {week_.t2016.house, week_.t2016.one_to_one_house, rounded, extra}, add_on));
    title("Hours a week");
    const std::vector<std::string> lines = align_columns(rows);
    indented(styled(Style::faint, lines.front()));
    for (std::size_t i = 1; i + 1 < lines.size(); ++i) indented(lines[i]);
    indented(styled(Style::strong, lines.back()));
  }

  struct LineCells {
    Rational exact, one_to_one;
    model::Hours rounded, add_on;
  };

  static std::vector<std::string> cells_of(const std::string& name, Rational home, const LineCells& line, bool add_on) {
    std::vector<std::string> row = {name, hours(home), hours(line.one_to_one), model::format_fraction(line.exact),
                                    model::format_hours(line.rounded)};
    if (add_on) row.push_back(model::format_hours(line.add_on));
    return row;
  }

  void house_table() {
    title("House: " + hours(week_.t2016.house) + " hours a week");
    static constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    std::vector<std::string> days;
    for (std::size_t day = 0; day < kDays.size(); ++day) {
      days.push_back(std::string(kDays.at(day)) + " " + hours(week_.house_by_day.at(day)));
    }
    items(days, 2);
  }

  void items(const std::vector<std::string>& all, std::size_t gap = 3) {
    for (const std::string& row : flow(all, width_ - std::min(width_ - 1, kMargin), gap)) indented(row);
  }

  void out_table() {
    if (week_.out.empty()) return;
    title("Out of the home, hours a week");
    std::vector<std::vector<std::string>> rows;
    for (const auto& out : week_.out) {
      std::string kind = clean(out.kind);
      std::replace(kind.begin(), kind.end(), '-', ' ');
      rows.push_back({view_.members[out.member], std::move(kind), clean(out.code), hours(out.hours)});
    }
    for (const std::string& row : align_columns(rows, 3)) indented(row);
  }

  void duty() {
    title("Staff, hours a week");
    std::vector<std::string> all;
    for (const auto& staff : week_.staff) all.push_back(clean(staff.staff) + " " + hours(staff.hours));
    if (all.empty()) all.emplace_back("nobody");
    items(all);
    title("Fewest staff to members at home");
    std::vector<std::vector<std::string>> ratios;
    for (const model::DaypartRatio& ratio : week_.ratios) {
      ratios.push_back(ratio.slot < 0
                           ? std::vector<std::string>{ratio.name, "nobody home"}
                           : std::vector<std::string>{ratio.name, fmt::format("{}:{}", ratio.staff, ratio.members),
                                                      model::format_slot(ratio.slot)});
    }
    for (const std::string& row : align_columns(ratios, 3)) indented(row);
    line("");
    gaps();
    const Rational idle = week_.t2016.unallocated + week_.t2016sc.unallocated;
    line("On duty with nobody home: " + (idle == Rational(0) ? "never" : hours(idle) + " hours, not allocated"));
    if (week_.asleep > Rational(0)) line("Asleep on duty: " + hours(week_.asleep) + " hours");
  }

  // Members who are alone at the same time share a line.
  void gaps() {
    std::map<std::pair<int, int>, std::vector<std::string>> members;
    for (const model::GridProblem& problem : week_.problems) {
      if (problem.kind != model::GridProblem::Kind::uncovered) continue;
      members[{problem.slot, problem.end_slot}].push_back(view_.members[problem.first]);
    }
    if (members.empty()) {
      line("Home with nobody on duty: never");
      return;
    }
    line("Home with nobody on duty:");
    std::size_t shown = 0;
    for (const auto& [slots, labels] : members) {
      if (shown == kMostGaps) {
        indented(fmt::format("and {} more", members.size() - shown));
        return;
      }
      ++shown;
      const std::string who =
          labels.size() > 1 && labels.size() == view_.members.size() ? "everyone" : join(labels, ", ");
      const std::string text =
          fmt::format("{} to {}  {}", model::format_slot(slots.first), model::format_slot(slots.second), who);
      indented(styled(Style::alarm, shorten(text, std::max(width_, kMargin + 1) - kMargin, options_.unicode)));
    }
  }

  const WeekPicture& picture_;
  const model::Week& week_;
  const TextOptions& options_;
  WeekView view_;
  Glyphs glyphs_;
  std::size_t width_ = 80;
  std::size_t label_ = 6;
  int per_cell_ = 1;
  std::string text_;
};

}  // namespace

std::string week_text(const WeekPicture& picture, const TextOptions& options) {
  return Text(picture, options).compose();
}

}  // namespace atz::report
