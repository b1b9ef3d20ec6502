// For scripts: schema atz/check/1. Members may be added; those here never change.
#include "atz/diag/render.hpp"
#include "diag/finding_json.hpp"

namespace atz::diag {

std::string render_json(const std::vector<FileReport>& reports) {
  Json document;
  document["schema"] = "atz/check/1";
  document["findings"] = Json::array();
  for (const FileReport& report : reports) {
    for (const Finding& finding : report.findings) {
      add_finding(document["findings"].emplace_back(Json::object()), report, finding);
    }
  }
  const Totals totals = count(reports);
  document["errors"] = totals.errors;
  document["warnings"] = totals.warnings;
  document["notes"] = totals.notes;
  document["files"] = totals.files;
  return to_text(document, 2);
}

}  // namespace atz::diag
