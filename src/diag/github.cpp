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

std::string to_command(const FileReport& report, const Finding& finding) {
  const Span& span = finding.span;
  std::string properties = "file=" + as_property(file_of(report, span));
  if (span.known()) {
    properties += fmt::format(",line={}", span.line);
    // GitHub drops the columns of an annotation that spans lines.
    properties += span.end_line > span.line ? fmt::format(",endLine={}", span.end_line)
                                            : fmt::format(",col={},endColumn={}", span.column, span.end_column);
  }
  if (const std::string title = name_of_rule(finding); !title.empty()) {
    properties += ",title=" + as_property(title);
  }
  return fmt::format("::{} {}::{}\n", command_of(finding.severity), properties,
                     as_data(whole_text(report, finding, Places::all)));
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
