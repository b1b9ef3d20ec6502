#include "rules/problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/routing.hpp"

namespace atz::rules {
namespace {

using Kind = casefile::Problem::Kind;

const model::Member* member_at(const model::Home& home, std::string_view path) {
  constexpr std::string_view kStart = "members[";
  if (path.substr(0, kStart.size()) != kStart) return nullptr;
  std::size_t index = 0;
  for (const char c : path.substr(kStart.size())) {
    if (c < '0' || c > '9') break;
    index = index * 10 + static_cast<std::size_t>(c - '0');
    if (index >= home.members.size()) return nullptr;
  }
  return &home.members[index];
}

// Somebody without home support is on file for the roster only.
bool not_needed(const Context& context, const casefile::Problem& problem) {
  const auto* member = member_at(context.home(), problem.path);
  return member != nullptr && member->receives_home_support && !*member->receives_home_support &&
         pattern_of(problem.path) != "members[].label";
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

diag::Span moved(diag::Span span, std::uint32_t by) {
  if (span.known()) span.source += by;
  return span;
}

std::string_view parent_of(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? "" : path.substr(0, dot);
}

// The finding that says that the field is missing which the mistyped key was meant to be: of the rule that asks for it,
// naming it, and the nearest one above the key, since it points to the beginning of the group.
auto consequence_of(const casefile::UnknownKey& key, std::vector<diag::Finding>& findings) {
  const std::string parent(parent_of(key.path));
  const auto rule = rule_that_asks_for(pattern_of(parent.empty() ? key.suggestion : parent + '.' + key.suggestion));
  const auto names_it = [&](const std::string& text) { return text.find(key.suggestion) != std::string::npos; };
  auto best = findings.end();
  for (auto each = findings.begin(); each != findings.end(); ++each) {
    if (each->rule != rule || each->severity != diag::Severity::error || each->span.source != key.span.source ||
        each->span.line > key.span.line || each->member != key.member) {
      continue;
    }
    if (!names_it(each->message) && !names_it(each->expected) && !names_it(each->help)) continue;
    if (best == findings.end() || each->span.line >= best->span.line) best = each;
  }
  return best;
}

// One finding for one slip: the mistyped key becomes the error, and that its field is missing goes without saying.
void fold_mistyped_keys(const casefile::CaseFile& file, std::vector<diag::Finding>& findings) {
  for (const auto& key : file.unknown_keys) {
    if (key.suggestion.empty() || key.secret) continue;
    const auto typo = std::find_if(findings.begin(), findings.end(), [&](const diag::Finding& finding) {
      return finding.rule == "GN017" && finding.span == key.span;
    });
    if (typo == findings.end()) continue;
    const auto consequence = consequence_of(key, findings);
    if (consequence == findings.end()) continue;
    typo->severity = diag::Severity::error;
    typo->help = fmt::format("Did you mean {}? It is needed here.", key.suggestion);
    findings.erase(consequence);
  }
}

}  // namespace

bool is_format_problem(const casefile::Problem& problem) {
  return problem.path == "atz" && problem.kind == Kind::wrong_shape;
}

bool is_size_problem(const Context& context, const casefile::Problem& problem) {
  return problem.path == "members" && problem.kind == Kind::wrong_shape && !context.home().members.empty();
}

void report_problem(Context& context, const casefile::Problem& problem, std::uint32_t first_source) {
  auto report = context.report(moved(problem.span, first_source), capitalised(problem.message));
  report.found(problem.found).expected(problem.expected).help(capitalised(problem.help));
  if (first_source == 0) {
    const auto* member = member_at(context.home(), problem.path);
    if (member != nullptr && member->label) report.member(*member->label);
  }
  for (const auto& related : problem.related) report.related(moved(related.span, first_source), related.message);
}

void report_problems(Context& context, std::initializer_list<Kind> kinds) {
  const auto wanted = [&](const casefile::Problem& problem) {
    return std::find(kinds.begin(), kinds.end(), problem.kind) != kinds.end();
  };
  const auto& file = context.file();
  for (const auto& problem : file.workspace->problems) {
    if (wanted(problem)) report_problem(context, problem, file.workspace_sources);
  }
  for (const auto& problem : file.problems) {
    if (!wanted(problem) || is_format_problem(problem) || is_size_problem(context, problem)) continue;
    if (problem.kind == Kind::missing_field && (has_own_rule(pattern_of(problem.path)) || not_needed(context, problem)))
      continue;
    report_problem(context, problem, 0);
  }
}

void drop_consequences(const casefile::CaseFile& file, std::vector<diag::Finding>& findings) {
  fold_mistyped_keys(file, findings);
  using Line = std::pair<std::uint32_t, std::uint32_t>;
  std::set<Line> misshapen;
  for (const auto& problem : file.problems) {
    if (problem.kind == Kind::wrong_shape && problem.span.known())
      misshapen.emplace(problem.span.source, problem.span.line);
  }
  std::set<Line> unfilled;
  for (const auto& mark : file.to_fill_in) unfilled.emplace(mark.source, mark.line);
  const auto follows = [&](const diag::Finding& finding) {
    const Line line{finding.span.source, finding.span.line};
    return (misshapen.count(line) != 0 && finding.rule.compare(0, 2, "CF") != 0) ||
           (unfilled.count(line) != 0 && finding.rule != "CF017");
  };
  findings.erase(std::remove_if(findings.begin(), findings.end(), follows), findings.end());
}

}  // namespace atz::rules
