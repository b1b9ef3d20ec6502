#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "atz/report/paper.hpp"
#include "report/canvas.hpp"
#include "report/week_view.hpp"
#include "report/wrap.hpp"

namespace atz::report {
namespace {

constexpr double kWidth = 612;  // letter, upright
constexpr double kHeight = 792;
constexpr double kMargin = 54;
constexpr double kBottom = kHeight - 60;
constexpr double kTextWidth = kWidth - 2 * kMargin;
constexpr double kGap = 10;  // between columns
constexpr double kLabelShare = 0.32;
constexpr double kLeading = 1.35;
constexpr Font kText{9, false};
constexpr Font kBold{9, true};
constexpr Font kTitle{15, true};
constexpr Font kHeading{11.5, true};
constexpr Font kSmall{7.5, false};
constexpr double kLine = kText.size * kLeading;

struct Cell {
  std::vector<std::string> lines;
  double x = 0;
  Font font = kText;
  Color color = kBlack;
};

class Pages {
 public:
  Pages(Canvas& canvas, const std::function<void()>& next_page, const Paper& paper, int total)
      : canvas_(canvas), next_page_(next_page), paper_(paper), total_(total) {}

  int write() {
    y_ = kMargin;
    for (const auto& line : wrapped(paper_.title(), kTitle, kTextWidth)) {
      y_ += kTitle.size * kLeading;
      canvas_.text(kMargin, y_, line, kTitle);
    }
    y_ += 6;
    for (const auto& block : paper_.blocks()) write_block(block);
    foot();
    return page_;
  }

 private:
  std::vector<std::string> wrapped(const std::string& text, Font font, double width) {
    return wrap_text(text, [&](const std::string& part) { return canvas_.text_width(part, font) <= width; });
  }

  void foot() {
    canvas_.line(kMargin, kHeight - 46, kWidth - kMargin, kHeight - 46, kGrey, 0.5);
    canvas_.text(kMargin, kHeight - 34, canvas_.cut(clean(paper_.foot()), kSmall, kTextWidth - 70), kSmall, Align::left,
                 kGrey);
    canvas_.text(kWidth - kMargin, kHeight - 34, fmt::format("Page {} of {}", page_, total_), kSmall, Align::right,
                 kGrey);
  }

  void need(double height) {
    if (y_ + height <= kBottom) return;
    foot();
    next_page_();
    ++page_;
    y_ = kMargin;
  }

  void write_block(const Paper::Block& block) {
    switch (block.kind) {
      case Paper::Block::Kind::heading:
        return heading(block);
      case Paper::Block::Kind::paragraph:
        row({{wrapped(block.text, kText, kTextWidth), kMargin}});
        y_ += 3;
        return;
      case Paper::Block::Kind::facts:
        for (const auto& fact : block.rows) {
          const double label = kTextWidth * kLabelShare;
          row({{wrapped(fact[0], kText, label), kMargin, kText, kGrey},
               {wrapped(fact[1], kText, kTextWidth - label - kGap), kMargin + label + kGap}});
        }
        y_ += 3;
        return;
      case Paper::Block::Kind::table:
        return table(block);
    }
  }

  void heading(const Paper::Block& block) {
    const Font font = block.level == 1 ? kHeading : kBold;
    const double before = block.level == 1 ? 14 : 7;
    const auto lines = wrapped(block.text, font, kTextWidth);
    // A heading does not stand alone at the end of a page.
    need(before + static_cast<double>(lines.size()) * font.size * kLeading + 3 * kLine);
    y_ += before;
    for (const auto& line : lines) {
      y_ += font.size * kLeading;
      canvas_.text(kMargin, y_, line, font);
    }
    if (block.level == 1) canvas_.line(kMargin, y_ + 3, kWidth - kMargin, y_ + 3, kGrey, 0.5);
    y_ += 4;
  }

  // Each line of a row stands on a page as a whole; a long row goes on on the next page.
  void row(const std::vector<Cell>& cells) {
    std::size_t count = 0;
    for (const auto& cell : cells) count = std::max(count, cell.lines.size());
    for (std::size_t i = 0; i < count; ++i) {
      need(kLine);
      y_ += kLine;
      for (const auto& cell : cells) {
        if (i < cell.lines.size()) canvas_.text(cell.x, y_, cell.lines[i], cell.font, Align::left, cell.color);
      }
    }
  }

  // Every column gets what its longest cell needs while there is room; then the widest ones share what is left.
  std::vector<double> column_widths(const Paper::Block& block) {
    std::vector<double> wanted;
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
      double width = canvas_.text_width(clean(block.columns[i]), kBold);
      for (const auto& cells : block.rows) width = std::max(width, canvas_.text_width(clean(cells[i]), kText));
      wanted.push_back(width + 0.5);
    }
    const double room = kTextWidth - kGap * static_cast<double>(wanted.size() - 1);
    std::vector<double> widths(wanted.size(), 0);
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return wanted[a] < wanted[b]; });
    double left = room;
    for (std::size_t n = 0; n < order.size(); ++n) {
      const double share = left / static_cast<double>(order.size() - n);
      widths[order[n]] = std::min(wanted[order[n]], share);
      left -= widths[order[n]];
    }
    return widths;
  }

  void table(const Paper::Block& block) {
    const auto widths = column_widths(block);
    const auto line = [&](const std::vector<std::string>& texts, Font font) {
      std::vector<Cell> cells;
      double x = kMargin;
      for (std::size_t i = 0; i < texts.size(); ++i) {
        cells.push_back({wrapped(texts[i], font, widths[i]), x, font, kBlack});
        x += widths[i] + kGap;
      }
      row(cells);
    };
    need(3 * kLine);
    line(block.columns, kBold);
    canvas_.line(kMargin, y_ + 3, kWidth - kMargin, y_ + 3, kGrey, 0.4);
    y_ += 2;
    for (const auto& texts : block.rows) {
      line(texts, kText);
      y_ += 1.5;
    }
    y_ += 3;
  }

  Canvas& canvas_;
  const std::function<void()>& next_page_;
  const Paper& paper_;
  int total_;
  int page_ = 1;
  double y_ = 0;
};

}  // namespace

Result<std::string> paper_pdf(const Paper& paper) {
  const PageInfo info{clean(paper.title()), paper.date()};
  int pages = 0;
  const auto draw = [&](Canvas& canvas, const std::function<void()>& next_page) {
    pages = Pages(canvas, next_page, paper, pages).write();
  };
  // Once to count the pages, once with their number on them.
  if (auto counted = render_pages(info, kWidth, kHeight, draw); !counted) return counted;
  return render_pages(info, kWidth, kHeight, draw);
}

}  // namespace atz::report
