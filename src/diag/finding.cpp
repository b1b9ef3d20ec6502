#include "atz/diag/finding.hpp"

#include <algorithm>
#include <tuple>

namespace atz::diag {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "info";
  }
  return "error";
}

void sort(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.span.source, a.span.line, a.span.column, a.rule) <
           std::tie(b.span.source, b.span.line, b.span.column, b.rule);
  });
}

}  // namespace atz::diag
