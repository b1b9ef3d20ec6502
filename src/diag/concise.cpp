// A line each, as compilers print it: for editors, grep and a quick look.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/diag/render.hpp"
#include "diag/place.hpp"

namespace atz::diag {

std::string render_concise(const std::vector<FileReport>& reports) {
  std::string text;
  for (const FileReport& report : reports) {
    for (const Finding& finding : report.findings) {
      text += fmt::format("{}: {} {}{}{}\n", place_of(report, finding.span), to_string(finding.severity),
                          printable(finding.rule), finding.rule.empty() ? "" : " ", printable(finding.message));
    }
  }
  return text;
}

}  // namespace atz::diag
