// One renderer per format. All write data for stdout; the same findings give the same bytes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atz/diag/finding.hpp"

namespace atz::diag {

// The findings of one file with the texts that their spans point into.
struct FileReport {
  std::string file;  // as the user typed it
  Sources sources;
  std::vector<Finding> findings;  // sorted
};

struct Totals {
  std::size_t files = 0;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;  // severity info
};
Totals count(const std::vector<FileReport>& reports);

struct HumanOptions {
  bool color = false;
  bool unicode = true;      // glyphs for the gutter and what was cut; plain ASCII otherwise
  std::size_t width = 100;  // of the terminal, in cells; long source lines are cut around the span
};

// rustc-like: severity[RULE slug]: message, --> file:line:column, the source line with carets,
// found / expected / help lines, related places. No summary line.
std::string render_human(const FileReport& report, const HumanOptions& options);
// "12 files: 3 errors, 1 warning" in plain words.
std::string summary_line(const Totals& totals);
// file:line:column: severity RULE message, one line for each finding.
std::string render_concise(const std::vector<FileReport>& reports);
// {"schema":"atz/check/1","findings":[...],"errors":N,"warnings":N,"notes":N,"files":N}, a newline at the end.
// A finding without a place has line, column, end_line and end_column 0. Always valid UTF-8.
std::string render_json(const std::vector<FileReport>& reports);
// The same findings, each a line of its own with "schema":"atz/finding/1".
std::string render_jsonl(const std::vector<FileReport>& reports);
// Workflow commands (::error file=...,line=...,col=...,endColumn=...,title=...::message) with their escaping.
std::string render_github(const std::vector<FileReport>& reports);
// JUnit's XML: a suite for each file, a failure for each error; warnings and notes are cases that pass, with their text
// as output. A file without findings is one case that passes.
std::string render_junit(const std::vector<FileReport>& reports);

// What formats that describe the program need to know of a rule.
struct RuleInfo {
  std::string_view id;
  std::string_view slug;
  Severity severity = Severity::error;
  std::string_view title;
  std::string_view why;
  std::string_view source;
  std::string_view passes;
  std::string_view fails;
};
struct SarifTool {
  std::string name;
  std::string version;
  std::string directory;  // absolute; files below it get relative URIs. Empty: names stay as they are
};
// SARIF 2.1.0. Columns count code points, as everywhere here. A finding without a place has a file but no region.
std::string render_sarif(const std::vector<FileReport>& reports, std::span<const RuleInfo> rules,
                         const SarifTool& tool);

}  // namespace atz::diag
