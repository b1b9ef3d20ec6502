// Findings that the tests of the formats share.
#pragma once

#include "atz/diag/render.hpp"

namespace atz::diag {

inline FileReport sample_report() {
  FileReport report;
  report.file = "homes/sample.yaml";
  report.sources = {{"homes/sample.yaml", "home: Sampleton\nmembers:\n  - label: A\n    hours: 24.5\n  - label: B\n"},
                    {"week.yaml", "\tshift: 7\r\nday: Sün # ok\n"}};
  Finding hours;
  hours.rule = "HS010";
  hours.slug = "whole-house";
  hours.span = {0, 4, 12, 4, 16};
  hours.message = "member A has more hours than a day";
  hours.found = "24.5";
  hours.expected = "at most 24";
  hours.help = "Write the hours of one day.";
  hours.member = "A";
  hours.related = {{{0, 3, 5, 3, 13}, "this member"}, {{1, 1, 2, 1, 10}, "this shift"}, {{}, "a day has 24 hours"}};
  Finding day;
  day.rule = "SP002";
  day.slug = "day-name";
  day.severity = Severity::warning;
  day.span = {1, 2, 6, 2, 9};
  day.message = "this is not a day of the week";
  Finding file;
  file.rule = "GN001";
  file.severity = Severity::info;
  file.message = "the file has no profile";
  file.help = "Type one of:\natz profile list\natz profile add";
  report.findings = {hours, day, file};
  return report;
}

// Several files: one with errors, a warning, a note and related places; one without findings; one whose name and texts
// hold what formats have to escape.
inline std::vector<FileReport> sample_reports() {
  FileReport clean;
  clean.file = "homes/clean.yaml";
  FileReport odd;
  odd.file = "homes/50% [a:b]/S\u00FCd & <Ost>, \"1\".yaml";
  odd.sources = {{odd.file, "name: \u201CTesta\u201D \x1b\n"}};
  Finding quote;
  quote.rule = "CF001";
  quote.slug = "file-readable";
  quote.span = {0, 1, 7, 1, 8};
  quote.message = "a quote \u201C & <b>]]></b>, 100% \x1b[2J {0} [x](y)";
  quote.found = "\xFF\uFFFF\t\u202E";
  quote.expected = "\"plain\" 'quotes'";
  Finding again = quote;
  again.severity = Severity::warning;
  again.span = {0, 1, 13, 2, 1};
  again.found.clear();
  Finding unnamed;
  unnamed.message = "a finding of no rule";
  odd.findings = {unnamed, quote, again, again};
  return {clean, odd, sample_report()};
}

inline std::vector<RuleInfo> sample_rules() {
  return {{"CF001", "file-readable", Severity::error, "The file is YAML", "What can't be read can't be checked.",
           "modelled", "roster: [A]", "roster: [A"},
          {"HS010", "whole-house", Severity::error, "All are asked for together", "One plan of staff serves all.",
           "Manual", "three of three", "two of three"},
          {"SP002", "day-name", Severity::warning, "Days are days", "A day has a name.", "modelled", "mon", "mun"}};
}

}  // namespace atz::diag
