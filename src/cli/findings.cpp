#include "cli/findings.hpp"

namespace atz::cli {

FindingFormat finding_format(const std::string& name) {
  if (name == "json") return FindingFormat::json;
  if (name == "github") return FindingFormat::github;
  return FindingFormat::human;
}

diag::HumanOptions human_options(const Terminal& terminal) {
  return {terminal.color(), terminal.unicode(), terminal.width()};
}

std::string human_findings(const std::vector<diag::FileReport>& reports, const Terminal& terminal) {
  std::string text;
  for (const auto& report : reports) text += diag::render_human(report, human_options(terminal));
  return text;
}

std::string findings_as(FindingFormat format, const std::vector<diag::FileReport>& reports, const Terminal& terminal) {
  switch (format) {
    case FindingFormat::json:
      return diag::render_json(reports);
    case FindingFormat::github:
      return diag::render_github(reports);
    case FindingFormat::human:
      break;
  }
  return human_findings(reports, terminal);
}

}  // namespace atz::cli
