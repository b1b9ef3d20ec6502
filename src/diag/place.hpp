// What every renderer says about a place.
#pragma once

#include <string>

#include "atz/diag/render.hpp"

namespace atz::diag {

// The name of the source that the span points into; the report's file when there is none.
inline const std::string& file_of(const FileReport& report, const Span& span) {
  const bool named = span.known() && span.source < report.sources.size();
  return named ? report.sources[span.source].name : report.file;
}

// "homes/a.yaml:4:12", or the file alone.
std::string place_of(const FileReport& report, const Span& span);

// "HS010 whole-house"; empty for a finding without a rule.
inline std::string name_of_rule(const Finding& finding) {
  return finding.slug.empty() ? finding.rule : finding.rule + ' ' + finding.slug;
}

// The message with what was found and expected, the related places and the help, a line each: for formats that have
// one text per finding. Foreign text is made printable; line breaks inside the message and the help stay.
enum class Places { all, none_known };  // none_known: related places that have a line are told elsewhere
std::string whole_text(const FileReport& report, const Finding& finding, Places places);

}  // namespace atz::diag
