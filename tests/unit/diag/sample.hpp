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

}  // namespace atz::diag
