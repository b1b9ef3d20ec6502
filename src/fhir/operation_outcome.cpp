#include "fhir/operation_outcome.hpp"

#include "atz/fhir/payer_side.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"

namespace atz::fhir {

std::vector<Issue> issues_of(const Json& operation_outcome) {
  std::vector<Issue> issues;
  for (const Json* node : elements(operation_outcome, "issue")) {
    Issue issue;
    issue.severity = text_of(*node, "severity");
    if (issue.severity.empty()) issue.severity = "error";
    issue.code = text_of(*node, "code");
    const Json* details = child(*node, "details");
    issue.text = words_of(details);
    issue.diagnostics = text_of(*node, "diagnostics");
    for (const char* list : {"expression", "location"}) {
      for (const Json* path : elements(*node, list)) {
        if (path->is_string()) issue.expressions.push_back(path->get<std::string>());
      }
      if (!issue.expressions.empty()) break;
    }
    if (details != nullptr) {
      for (const Json* code : elements(*details, "coding")) {
        issue.codings.push_back(text_of(*code, "system") + "|" + text_of(*code, "code"));
      }
    }
    issues.push_back(std::move(issue));
  }
  return issues;
}

Json outcome_of(const std::vector<Issue>& issues) {
  Json list = Json::array();
  for (const auto& issue : issues) {
    Json node = Json::object();
    node["severity"] = issue.severity.empty() ? "error" : issue.severity;
    node["code"] = issue.code.empty() ? "processing" : issue.code;
    Json details = Json::object();
    Json codings = Json::array();
    for (const auto& text : issue.codings) {
      const auto bar = text.rfind('|');
      if (bar == std::string::npos) continue;
      codings.push_back(coding(text.substr(0, bar), text.substr(bar + 1)));
    }
    put_node(details, "coding", std::move(codings));
    put(details, "text", issue.text);
    put_node(node, "details", std::move(details));
    put(node, "diagnostics", issue.diagnostics);
    Json expressions = Json::array();
    for (const auto& path : issue.expressions) {
      if (!path.empty()) expressions.push_back(path);
    }
    put_node(node, "expression", std::move(expressions));
    list.push_back(std::move(node));
  }
  Json json = Json::object();
  json["resourceType"] = "OperationOutcome";
  json["issue"] = std::move(list);
  return json;
}

std::string write_outcome(const std::vector<Issue>& issues) {
  return to_bytes(outcome_of(issues));
}

std::vector<Issue> read_outcome(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed || resource_type(&*parsed) != "OperationOutcome") return {};
  return issues_of(*parsed);
}

}  // namespace atz::fhir
