#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/diag/render.hpp"

namespace atz::diag {
namespace {

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace

Totals count(const std::vector<FileReport>& reports) {
  Totals totals;
  totals.files = reports.size();
  for (const FileReport& report : reports) {
    for (const Finding& finding : report.findings) {
      switch (finding.severity) {
        case Severity::error:
          ++totals.errors;
          break;
        case Severity::warning:
          ++totals.warnings;
          break;
        case Severity::info:
          ++totals.notes;
          break;
      }
    }
  }
  return totals;
}

std::string summary_line(const Totals& totals) {
  std::vector<std::string> parts;
  if (totals.errors > 0) {
    parts.push_back(counted(totals.errors, "error"));
  }
  if (totals.warnings > 0) {
    parts.push_back(counted(totals.warnings, "warning"));
  }
  if (totals.notes > 0) {
    parts.push_back(counted(totals.notes, "note"));
  }
  return counted(totals.files, "file") + ": " + (parts.empty() ? "no problems found" : join(parts, ", "));
}

}  // namespace atz::diag
