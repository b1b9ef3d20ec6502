// What the tests of this room share.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "atz/casefile/casefile.hpp"

namespace atz::casefile::testing {

// "line:column-line:column", the end exclusive.
inline std::string place(const diag::Span& span) {
  return fmt::format("{}:{}-{}:{}", span.line, span.column, span.end_line, span.end_column);
}

// The text that a span covers, for texts in ASCII with Unix line ends.
inline std::string covered(const std::string& text, const diag::Span& span) {
  const auto offset = [&](std::uint32_t line, std::uint32_t column) {
    std::size_t at = 0;
    for (std::uint32_t i = 1; i < line; ++i) at = text.find('\n', at) + 1;
    return at + column - 1;
  };
  const std::size_t begin = offset(span.line, span.column);
  return text.substr(begin, offset(span.end_line, span.end_column) - begin);
}

inline const Problem* find_problem(const std::vector<Problem>& problems, Problem::Kind kind) {
  for (const Problem& problem : problems) {
    if (problem.kind == kind) return &problem;
  }
  return nullptr;
}

inline const Problem* problem_at(const std::vector<Problem>& problems, const std::string& path) {
  for (const Problem& problem : problems) {
    if (problem.path == path) return &problem;
  }
  return nullptr;
}

inline CaseFile load_from(MemoryFiles& files, const std::string& text, const std::string& path = "/homes/x.yaml") {
  WorkspaceCache workspaces(files);
  return load_text(files, path, text, workspaces);
}

inline CaseFile load_alone(const std::string& text) {
  MemoryFiles files;
  return load_from(files, text);
}

}  // namespace atz::casefile::testing
