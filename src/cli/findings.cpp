#include "cli/findings.hpp"

#include "atz/rules/rule.hpp"

namespace atz::cli {
namespace {

std::vector<diag::RuleInfo> rule_infos() {
  std::vector<diag::RuleInfo> infos;
  for (const auto* rule : rules::catalogue()) {
    infos.push_back({rule->id, rule->slug, rule->severity, rule->title, rule->why, rule->source, rule->passes.text,
                     rule->fails.text});
  }
  return infos;
}

std::string human_findings(const std::vector<diag::FileReport>& reports, const Terminal& terminal) {
  std::string text;
  for (const auto& report : reports) text += diag::render_human(report, human_options(terminal));
  return text;
}

}  // namespace

FindingFormat finding_format(std::string_view name) {
  if (name == "concise") return FindingFormat::concise;
  if (name == "json") return FindingFormat::json;
  if (name == "jsonl") return FindingFormat::jsonl;
  if (name == "sarif") return FindingFormat::sarif;
  if (name == "junit") return FindingFormat::junit;
  if (name == "github") return FindingFormat::github;
  return FindingFormat::human;
}

bool is_one_document(FindingFormat format) {
  return format == FindingFormat::json || format == FindingFormat::sarif || format == FindingFormat::junit;
}

diag::HumanOptions human_options(const Terminal& terminal) {
  return {terminal.color(), terminal.unicode(), terminal.width()};
}

std::string findings_as(FindingFormat format, const std::vector<diag::FileReport>& reports, const Terminal& terminal,
                        const Files& files) {
  switch (format) {
    case FindingFormat::concise:
      return diag::render_concise(reports);
    case FindingFormat::json:
      return diag::render_json(reports);
    case FindingFormat::jsonl:
      return diag::render_jsonl(reports);
    case FindingFormat::sarif:
      return diag::render_sarif(reports, rule_infos(), {"atz", ATZ_VERSION, files.absolute(".")});
    case FindingFormat::junit:
      return diag::render_junit(reports);
    case FindingFormat::github:
      return diag::render_github(reports);
    case FindingFormat::human:
      break;
  }
  return human_findings(reports, terminal);
}

}  // namespace atz::cli
