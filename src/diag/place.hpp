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

}  // namespace atz::diag
