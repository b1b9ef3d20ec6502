#include "diag/finding_json.hpp"

#include "diag/place.hpp"

namespace atz::diag {
namespace {

void add_place(Json& object, const FileReport& report, const Span& span) {
  object["file"] = file_of(report, span);
  object["line"] = span.line;
  object["column"] = span.column;
  object["end_line"] = span.end_line;
  object["end_column"] = span.end_column;
}

// Replacements that hold personal data stay out; `check --fix` writes them all the same.
Json to_json(const FileReport& report, const Fix& fix) {
  Json object;
  object["message"] = fix.message;
  object["replacements"] = Json::array();
  if (fix.personal) return object;
  for (const Replacement& replacement : fix.replacements) {
    Json place;
    add_place(place, report, replacement.span);
    place["text"] = replacement.text;
    object["replacements"].push_back(std::move(place));
  }
  return object;
}

}  // namespace

void add_finding(Json& object, const FileReport& report, const Finding& finding) {
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
  object["fixes"] = Json::array();
  for (const Fix& fix : finding.fixes) object["fixes"].push_back(to_json(report, fix));
}

std::string to_text(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace atz::diag
