// For scripts that read a line at a time: schema atz/finding/1. Members may be added; those here never change.
#include "atz/diag/render.hpp"
#include "diag/finding_json.hpp"

namespace atz::diag {

std::string render_jsonl(const std::vector<FileReport>& reports) {
  std::string text;
  for (const FileReport& report : reports) {
    for (const Finding& finding : report.findings) {
      Json line{{"schema", "atz/finding/1"}};
      add_finding(line, report, finding);
      text += to_text(line, -1);
    }
  }
  return text;
}

}  // namespace atz::diag
