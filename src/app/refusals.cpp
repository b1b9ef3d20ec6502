#include "app/refusals.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::app {
namespace {

void place(diag::Finding& finding, const std::string& expression, std::span<const fhir::MemberRequest> members,
           bool outer) {
  const auto located = fhir::locate(expression, members, outer);
  if (!located) return;
  finding.member = members[located->member].label;
  if (located->origin == nullptr) return;
  finding.span = located->origin->span;
  finding.message = fmt::format("{}: {}", located->origin->label, finding.message);
}

diag::Finding objection(const std::string& slug, const std::string& text) {
  diag::Finding finding;
  finding.rule = "PAYER";
  finding.slug = slug;
  finding.severity = diag::Severity::error;
  finding.message = printable(text);
  return finding;
}

diag::Finding from_issue(const fhir::Issue& issue, std::span<const fhir::MemberRequest> members, bool outer) {
  auto finding = objection(issue.code, issue.text.empty() ? issue.code : issue.text);
  finding.help = printable(issue.diagnostics);
  for (const auto& expression : issue.expressions) {
    place(finding, expression, members, outer);
    if (finding.span.known()) break;
  }
  if (!issue.is_error()) finding.severity = diag::Severity::warning;
  return finding;
}

diag::Finding from_error(const fhir::BusinessError& error, const fhir::MemberRequest& member) {
  auto finding = objection("x12-" + error.reject_code, error.text);
  finding.help = printable(error.followup_text);
  finding.member = member.label;
  place(finding, error.path, {&member, 1}, false);
  return finding;
}

}  // namespace

std::vector<diag::Finding> explain_refusal(const Delivered& delivered, std::span<const fhir::MemberRequest> members,
                                           bool outer) {
  std::vector<diag::Finding> findings;
  for (const auto& issue : delivered.issues) findings.push_back(from_issue(issue, members, outer));
  for (std::size_t i = 0; i < delivered.errors.size() && i < members.size(); ++i) {
    for (const auto& error : delivered.errors[i]) findings.push_back(from_error(error, members[i]));
  }
  diag::sort(findings);
  return findings;
}

}  // namespace atz::app
