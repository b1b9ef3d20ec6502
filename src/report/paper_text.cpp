#include <algorithm>

#include "atz/base/text.hpp"
#include "atz/report/paper.hpp"
#include "report/terminal_table.hpp"
#include "report/wrap.hpp"

namespace atz::report {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kWidestLabel = 34;

class Writer {
 public:
  explicit Writer(const PaperTextOptions& options) : options_(options) {}

  void block(const Paper::Block& block) {
    switch (block.kind) {
      case Paper::Block::Kind::heading:
        out_ += "\n" + std::string(block.level > 1 ? kIndent : 0, ' ') + bold(printable(block.text)) + "\n";
        return;
      case Paper::Block::Kind::paragraph:
        return lines(wrapped(block.text, options_.width - kIndent), kIndent);
      case Paper::Block::Kind::facts:
        return facts(block);
      case Paper::Block::Kind::table:
        return table(block);
    }
  }

  void title(const std::string& text) { out_ += bold(printable(text)) + "\n"; }
  void foot(const std::string& text) {
    out_ += "\n";
    lines(wrapped(text, options_.width), 0);
  }
  std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] std::string bold(const std::string& text) const {
    return options_.color ? "\x1b[1m" + text + "\x1b[0m" : text;
  }

  [[nodiscard]] static std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
    return wrap_text(text, [width](const std::string& part) { return display_width(part) <= width; });
  }

  void lines(const std::vector<std::string>& texts, std::size_t indent) {
    for (const auto& text : texts) out_ += std::string(text.empty() ? 0 : indent, ' ') + text + "\n";
  }

  void facts(const Paper::Block& block) {
    std::size_t label = 0;
    for (const auto& row : block.rows) label = std::max(label, display_width(row[0]));
    label = std::min(label, kWidestLabel);
    const std::size_t column = kIndent + label + 2;
    const std::size_t width = std::max<std::size_t>(options_.width > column ? options_.width - column : 0, 20);
    for (const auto& row : block.rows) {
      const auto left = wrapped(row[0], label);
      const auto right = wrapped(row[1], width);
      for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        std::string line = std::string(kIndent, ' ') + pad_right(i < left.size() ? left[i] : "", label) + "  " +
                           (i < right.size() ? right[i] : "");
        line.erase(line.find_last_not_of(' ') + 1);
        out_ += line + "\n";
      }
    }
  }

  // Rows on one line where they fit; the last column takes what is left.
  void table(const Paper::Block& block) {
    std::vector<std::size_t> widths(block.columns.size());
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = display_width(block.columns[i]);
    for (const auto& row : block.rows) {
      for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::size_t used = kIndent;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) used += widths[i] + 2;
    widths.back() = std::max<std::size_t>(options_.width > used ? options_.width - used : 0, 24);
    row(block.columns, widths);
    for (const auto& cells : block.rows) row(cells, widths);
  }

  void row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    std::string line(kIndent, ' ');
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) line += pad_right(printable(cells[i]), widths[i]) + "  ";
    const std::size_t column = display_width(line);
    const auto last = wrapped(cells.back(), widths.back());
    for (std::size_t i = 0; i < std::max<std::size_t>(last.size(), 1); ++i) {
      std::string text = (i == 0 ? line : std::string(column, ' ')) + (i < last.size() ? last[i] : "");
      text.erase(text.find_last_not_of(' ') + 1);
      out_ += text + "\n";
    }
  }

  PaperTextOptions options_;
  std::string out_;
};

}  // namespace

std::string paper_text(const Paper& paper, const PaperTextOptions& options) {
  Writer writer(options);
  writer.title(paper.title());
  for (const auto& block : paper.blocks()) writer.block(block);
  writer.foot(paper.foot());
  return writer.take();
}

}  // namespace atz::report
