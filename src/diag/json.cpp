// For scripts: schema atz/check/1. Members may be added; those here never change.
#include <nlohmann/json.hpp>

#include "atz/diag/render.hpp"
#include "diag/place.hpp"

namespace atz::diag {
namespace {

using Json = nlohmann::ordered_json;

void add_place(Json& object, const FileReport& report, const Span& span) {
  object["file"] = file_of(report, span);
  object["line"] = span.line;
  object["column"] = span.column;
  object["end_line"] = span.end_line;
  object["end_column"] = span.end_column;
}

Json to_json(const FileReport& report, const Finding& finding) {
  Json object;
  object["rule"] = finding.rule;
  object["severity"] = to_string(finding.severity);
  add_place(object, report, finding.span);
  object["message"] = finding.message;
  object["help"] = finding.help;
  object["slug"] = finding.slug;
  object["member"] = finding.member;
  object["found"] = finding.found;
  object["expected"] = finding.expected;
  object["related"] = Json::array();
  for (const Related& related : finding.related) {
    Json place;
    add_place(place, report, related.span);
    place["message"] = related.message;
    object["related"].push_back(std::move(place));
  }
  return object;
}

}  // namespace

std::string render_json(const std::vector<FileReport>& reports) {
  Json document;
  document["schema"] = "atz/check/1";
  document["findings"] = Json::array();
  for (const FileReport& report : reports) {
    for (const Finding& finding : report.findings) {
      document["findings"].push_back(to_json(report, finding));
    }
  }
  const Totals totals = count(reports);
  document["errors"] = totals.errors;
  document["warnings"] = totals.warnings;
  document["notes"] = totals.notes;
  document["files"] = totals.files;
  // File names and texts may hold bytes that are not UTF-8; a reader of JSON would refuse them.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace atz::diag
