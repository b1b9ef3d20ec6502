// Workflow commands of GitHub Actions: annotations on the changed lines.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/diag/render.hpp"
#include "diag/place.hpp"

namespace atz::diag {
namespace {

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "notice";
  }
  return "error";
}

// Line breaks travel as escapes; other control characters would reach the log, so they become visible.
std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (;;) {
    const std::size_t end = text.find_first_of(special);
    result += printable(text.substr(0, end));
    if (end == std::string_view::npos) {
      return result;
    }
    result += fmt::format("%{:02X}", static_cast<unsigned char>(text[end]));
    text.remove_prefix(end + 1);
  }
}

std::string as_data(std::string_view text) {
  return escaped(text, "%\r\n");
}
std::string as_property(std::string_view text) {
  return escaped(text, "%\r\n:,");
}

void add_line(std::string& message, std::string_view kind, std::string_view text) {
  if (!text.empty()) {
    message += fmt::format("%0A{}: {}", kind, as_data(text));
  }
}

std::string to_command(const FileReport& report, const Finding& finding) {
  const Span& span = finding.span;
  std::string properties = "file=" + as_property(file_of(report, span));
  if (span.known()) {
    properties += fmt::format(",line={}", span.line);
    // GitHub drops the columns of an annotation that spans lines.
    properties += span.end_line > span.line ? fmt::format(",endLine={}", span.end_line)
                                            : fmt::format(",col={},endColumn={}", span.column, span.end_column);
  }
  const std::string title = finding.slug.empty() ? finding.rule : finding.rule + ' ' + finding.slug;
  if (!title.empty()) {
    properties += ",title=" + as_property(title);
  }
  std::string message = as_data(finding.message);
  add_line(message, "found", finding.found);
  add_line(message, "expected", finding.expected);
  for (const Related& related : finding.related) {
    const std::string place =
        related.span.known() ? fmt::format("{}:{}: ", file_of(report, related.span), related.span.line) : "";
    add_line(message, "see", place + related.message);
  }
  add_line(message, "help", finding.help);
  return fmt::format("::{} {}::{}\n", command_of(finding.severity), properties, message);
}

}  // namespace

std::string render_github(const std::vector<FileReport>& reports) {
  std::string text;
  for (const FileReport& report : reports) {
    for (const Finding& finding : report.findings) {
      text += to_command(report, finding);
    }
  }
  return text;
}

}  // namespace atz::diag
