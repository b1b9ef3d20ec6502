#include "sandbox/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace atz::sandbox {
namespace {

struct Reason {
  std::string_view code;
  std::string_view text;      // our wording
  std::string_view followup;  // X12 889
};
constexpr std::array kReasons = {
    Reason{"04", "Quantity exceeds what can be authorized", "C"},
    Reason{"15", "Required data missing", "C"},
    Reason{"33", "Input errors", "C"},
    Reason{"43", "Invalid or missing provider identification", "C"},
    Reason{"57", "Invalid or missing dates of service", "C"},
    Reason{"58", "Invalid or missing birth date", "C"},
    Reason{"65", "Invalid or missing member name", "C"},
    Reason{"71", "Birth date does not match the member's", "C"},
    Reason{"72", "Invalid or missing member ID", "C"},
    Reason{"75", "Member not found", "C"},
    Reason{"91", "Duplicate request", "N"},
    Reason{"AA", "Authorization number not found", "N"},
    Reason{"AF", "Invalid or missing diagnosis", "C"},
    Reason{"AG", "Invalid or missing procedure code", "C"},
    Reason{"T4", "Payer name or identifier missing or not ours", "C"},
};

std::string_view followup_text(std::string_view code) {
  return code == "N" ? "Resubmission not allowed" : "Please correct and resubmit";
}

}  // namespace

fhir::BusinessError refusal(std::string_view code, std::string text, std::string_view element, std::string path,
                            std::optional<int> item_sequence) {
  const auto* reason =
      std::find_if(kReasons.begin(), kReasons.end(), [&](const Reason& row) { return row.code == code; });
  fhir::BusinessError error;
  error.reject_code = code;
  if (reason != kReasons.end()) {
    error.reject_text = reason->text;
    error.followup_code = reason->followup;
    error.followup_text = followup_text(reason->followup);
  }
  error.element = element;
  error.path = std::move(path);
  error.item_sequence = item_sequence;
  error.text = std::move(text);
  return error;
}

fhir::BusinessError refusal_for_good(std::string_view code, std::string text, std::string_view element,
                                     std::string path, std::optional<int> item_sequence) {
  fhir::BusinessError error = refusal(code, std::move(text), element, std::move(path), item_sequence);
  error.followup_code = "N";
  error.followup_text = followup_text("N");
  return error;
}

fhir::Issue as_issue(const fhir::BusinessError& error) {
  fhir::Issue issue;
  issue.severity = "error";
  issue.code = "business-rule";
  issue.text = fmt::format("{}: {}", error.reject_text, error.text);
  if (!error.element.empty()) issue.diagnostics = fmt::format("X12 element {}", error.element);
  if (!error.path.empty()) issue.expressions.push_back(error.path);
  issue.codings.push_back("https://codesystem.x12.org/005010/901|" + error.reject_code);
  if (!error.followup_code.empty()) {
    issue.codings.push_back("https://codesystem.x12.org/005010/889|" + error.followup_code);
  }
  return issue;
}

fhir::Issue issue(std::string_view code, std::string text, std::string expression) {
  fhir::Issue issue;
  issue.severity = "error";
  issue.code = code;
  issue.text = std::move(text);
  if (!expression.empty()) issue.expressions.push_back(std::move(expression));
  return issue;
}

std::string outcome(std::string_view code, std::string text, std::string expression) {
  return fhir::write_outcome({issue(code, std::move(text), std::move(expression))});
}

std::string outer_path(std::size_t index, std::string_view inner) {
  constexpr std::string_view kBundle = "Bundle.";
  if (inner.starts_with(kBundle)) inner.remove_prefix(kBundle.size());
  const std::string entry = fmt::format("Bundle.entry[{}].resource", index);
  return inner.empty() || inner == "Bundle" ? entry : fmt::format("{}.{}", entry, inner);
}

}  // namespace atz::sandbox
