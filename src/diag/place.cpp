#include "diag/place.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::diag {
namespace {

std::string printable_lines(std::string_view text) {
  std::vector<std::string> lines = split(text, '\n');
  for (std::string& line : lines) {
    line = printable(line);
  }
  return join(lines, "\n");
}

void add_line(std::string& text, std::string_view kind, std::string_view more) {
  if (!more.empty()) {
    text += fmt::format("\n{}: {}", kind, more);
  }
}

}  // namespace

std::string place_of(const FileReport& report, const Span& span) {
  const std::string file = printable(file_of(report, span));
  return span.known() ? fmt::format("{}:{}:{}", file, span.line, span.column) : file;
}

std::string whole_text(const FileReport& report, const Finding& finding, Places places) {
  std::string text = printable_lines(finding.message);
  add_line(text, "found", printable(finding.found));
  add_line(text, "expected", printable(finding.expected));
  for (const Related& related : finding.related) {
    if (!related.span.known()) {
      add_line(text, "see", printable(related.message));
    } else if (places == Places::all) {
      add_line(text, "see",
               printable(fmt::format("{}:{}: {}", file_of(report, related.span), related.span.line, related.message)));
    }
  }
  add_line(text, "help", printable_lines(finding.help));
  return text;
}

}  // namespace atz::diag
