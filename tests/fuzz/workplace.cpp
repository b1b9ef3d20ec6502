#include "workplace.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

// Lines as an editor counts them; a place may lie behind the last character, and on a line behind the last one.
bool lies_inside(const diag::Span& span, const diag::Sources& sources) {
  if (!span.known()) return true;
  if (span.source >= sources.size()) return false;
  const auto lines = split(sources[span.source].text, '\n');
  const auto fits = [&](std::uint32_t line, std::uint32_t column) {
    if (line == 0 || column == 0 || line > lines.size() + 1) return false;
    if (line > lines.size()) return column == 1;
    return column <= lines[line - 1].size() + 1;
  };
  const bool forward = span.end_line > span.line || (span.end_line == span.line && span.end_column >= span.column);
  return forward && fits(span.line, span.column) && fits(span.end_line, span.end_column);
}

void check_places(const diag::FileReport& report) {
  for (const auto& finding : report.findings) {
    require(lies_inside(finding.span, report.sources), "the place of " + finding.rule + " lies inside of the file");
    for (const auto& related : finding.related) {
      require(lies_inside(related.span, report.sources),
              "related places of " + finding.rule + " lie inside of the file");
    }
    for (const auto& fix : finding.fixes) {
      require(!fix.replacements.empty(), "a correction changes something");
      for (const auto& each : fix.replacements) {
        require(each.span.known() && lies_inside(each.span, report.sources),
                "the corrections of " + finding.rule + " lie inside of the file");
      }
    }
    require(!finding.rule.empty() && !finding.message.empty(), "a finding says something");
  }
}

void check_json(const std::string& text) {
  require(nlohmann::json::accept(text), "what is written as JSON is JSON");
}

}  // namespace

app::Services Workplace::services() {
  return {files, clock, random, "/config", "/state", config_file, {}, [](const std::string&) {}, [] { return false; },
          {}};
}

void check_report(const diag::FileReport& report) {
  check_places(report);
  const std::vector<diag::FileReport> all{report};
  const diag::HumanOptions plain{false, false, 60};
  for (const auto& text : {diag::render_human(report, {}), diag::render_human(report, plain), diag::render_concise(all),
                           diag::render_github(all), diag::render_junit(all)}) {
    require(!first_invalid_utf8(text), "what is printed is UTF-8");
    require(text.find('\x1b') == std::string::npos, "what is printed does not steer the terminal");
  }
  check_json(diag::render_json(all));
  check_json(diag::render_sarif(all, {}, {"atz", "0", ""}));
  for (const auto& line : split(diag::render_jsonl(all), '\n')) {
    if (!line.empty()) check_json(line);
  }
}

}  // namespace atz::fuzz
