// Runs the rules over one file.
#include <algorithm>

#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/control.hpp"
#include "rules/problems.hpp"

namespace atz::rules {
namespace {

bool family(const Rule& rule, std::string_view name) {
  return rule.id.substr(0, 2) == name;
}

// A staffing file on its own has no request: what is left is the pattern, the file, and its dates.
bool applies(const Rule& rule, const casefile::CaseFile& file) {
  if (!file.readable) return family(rule, "CF");
  if (!file.staffing_only) return true;
  return family(rule, "SP") || family(rule, "CF") || rule.id == "GN001" || rule.id == "GN017" || rule.id == "GN019";
}

void append(std::vector<diag::Finding>& findings, std::vector<diag::Finding> more) {
  std::move(more.begin(), more.end(), std::back_inserter(findings));
}

}  // namespace

std::vector<diag::Finding> check(const Input& input, const Options& options) {
  Context context(input);
  for (const auto* rule : catalogue()) {
    if (applies(*rule, input.file)) context.run(*rule);
  }
  auto findings = context.take();
  drop_consequences(input.file, findings);
  apply_levels(context, findings);
  if (input.file.readable) apply_ignores(context, findings);
  append(findings, context.take());
  if (options.strict) {
    for (auto& finding : findings) {
      if (finding.severity == diag::Severity::warning) finding.severity = diag::Severity::error;
    }
  }
  if (!options.notes) {
    findings.erase(std::remove_if(findings.begin(), findings.end(),
                                  [](const auto& finding) { return finding.severity == diag::Severity::info; }),
                   findings.end());
  }
  diag::sort(findings);
  return findings;
}

}  // namespace atz::rules
