// For people at a terminal.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/diag/render.hpp"
#include "diag/place.hpp"
#include "diag/snippet.hpp"

namespace atz::diag {
namespace {

constexpr std::string_view kBold = "1";
constexpr std::string_view kCyan = "1;36";
constexpr std::string_view kBlue = "1;34";
constexpr std::size_t kFoundLines = 4;  // of the terminal

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "1;31";  // red
    case Severity::warning:
      return "1;33";  // yellow
    case Severity::info:
      return kCyan;
  }
  return kBold;
}

class Painter {
 public:
  Painter(const FileReport& report, const HumanOptions& options) : report_(report), options_(options) {}

  std::string paint(const Finding& finding) {
    begin(finding);
    headline(finding);
    const bool pictured = place("-->", finding.span, '^', color_of(finding.severity), "");
    for (const Related& related : finding.related) {
      if (related.span.known()) {
        place(":::", related.span, '-', kBlue, related.message);
      }
    }
    const std::string below = notes(finding);
    if (pictured && !below.empty()) {
      gutter("");
      out_ += '\n';
    }
    out_ += below;
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void begin(const Finding& finding) {
    out_.clear();
    std::uint32_t largest = finding.span.line;
    for (const Related& related : finding.related) {
      largest = std::max(largest, related.span.line);
    }
    digits_ = fmt::formatted_size("{}", largest);
  }

  [[nodiscard]] std::string colored(std::string_view color, std::string_view text) const {
    return options_.color ? fmt::format("\x1b[{}m{}\x1b[0m", color, text) : std::string(text);
  }

  void headline(const Finding& finding) {
    std::string kind(to_string(finding.severity));
    if (!finding.rule.empty()) {
      kind += fmt::format("[{}{}{}]", finding.rule, finding.slug.empty() ? "" : " ", finding.slug);
    }
    out_ += colored(color_of(finding.severity), printable(kind));
    out_ += colored(kBold, ": " + printable(finding.message));
    out_ += '\n';
  }

  void gutter(std::string_view number) {
    out_ += colored(kBlue, fmt::format("{:>{}} {}", number, digits_, options_.unicode ? "│" : "|"));
  }

  // The position and, when the source has that line, the line with a mark under the span. Returns whether it has.
  bool place(std::string_view arrow, const Span& span, char mark, std::string_view color, const std::string& label) {
    out_ += fmt::format("{:{}}{} {}\n", "", digits_, colored(kBlue, arrow), place_of(report_, span));
    const std::optional<std::string_view> line = line_of(span);
    if (!line) {
      if (!label.empty()) {
        out_ += note("note", printable(label), kCyan);
      }
      return false;
    }
    const std::uint32_t end_column =
        span.end_line > span.line ? kToLineEnd : std::max(span.end_column, span.column + 1);
    const std::size_t taken = digits_ + 3;  // "12 | "
    const Snippet snippet =
        cut_line(*line, span.column, end_column, options_.width > taken ? options_.width - taken : 0, ellipsis());
    gutter("");
    out_ += '\n';
    gutter(fmt::format("{}", span.line));
    out_ += snippet.text.empty() ? "\n" : fmt::format(" {}\n", snippet.text);
    gutter("");
    std::string marks;
    for (std::size_t i = 0; i < snippet.length; ++i) {
      marks += mark == '-' && options_.unicode ? "─" : std::string(1, mark);
    }
    if (!label.empty()) {
      marks += ' ' + printable(label);
    }
    out_ += fmt::format(" {:{}}{}\n", "", snippet.offset, colored(color, marks));
    return true;
  }

  [[nodiscard]] std::string notes(const Finding& finding) const {
    std::string text;
    if (!finding.found.empty()) {
      // As written in the file, so it may be of any length.
      text += note("found", cut_line(finding.found, 1, 2, kFoundLines * options_.width, ellipsis()).text, kBold);
    }
    if (!finding.expected.empty()) {
      text += note("expected", printable(finding.expected), kBold);
    }
    for (const Related& related : finding.related) {
      if (!related.span.known()) {
        text += note("note", printable(related.message), kCyan);
      }
    }
    if (!finding.help.empty() || !finding.fixes.empty()) {
      // Help is our own text and may have several lines; they stand below each other.
      std::vector<std::string> lines;
      if (!finding.help.empty()) lines = split(finding.help, '\n');
      for (const Fix& fix : finding.fixes) lines.push_back(fix.message + " `atz check --fix` does that.");
      for (std::string& line : lines) {
        line = printable(line);
      }
      text += note("help", join(lines, '\n' + std::string(digits_ + 9, ' ')), kCyan);
    }
    return text;
  }

  [[nodiscard]] std::string note(std::string_view kind, std::string_view text, std::string_view color) const {
    return fmt::format("{:{}} {} {} {}\n", "", digits_, colored(kBlue, "="), colored(color, fmt::format("{}:", kind)),
                       text);
  }

  [[nodiscard]] std::string_view ellipsis() const { return options_.unicode ? "…" : "..."; }

  std::optional<std::string_view> line_of(const Span& span) {
    if (!span.known() || span.source >= report_.sources.size()) {
      return std::nullopt;
    }
    const auto found = lines_.try_emplace(span.source, report_.sources[span.source].text).first;
    return found->second.at(span.line);
  }

  const FileReport& report_;
  const HumanOptions& options_;
  std::map<std::uint32_t, Lines> lines_;
  std::string out_;
  std::size_t digits_ = 1;
};

}  // namespace

std::string render_human(const FileReport& report, const HumanOptions& options) {
  Painter painter(report, options);
  std::string text;
  for (const Finding& finding : report.findings) {
    text += painter.paint(finding);
  }
  return text;
}

}  // namespace atz::diag
