#include "rules/routing.hpp"

#include <algorithm>
#include <iterator>

namespace atz::rules {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::string pattern_of(std::string_view path) {
  std::string pattern;
  pattern.reserve(path.size());
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) pattern += c;
    if (c == '[') inside = true;
  }
  return pattern;
}

std::string_view owner_of(const casefile::Unreadable& unreadable) {
  using casefile::FieldType;
  const std::string path = pattern_of(unreadable.path);
  switch (unreadable.type) {
    case FieldType::date:
      return path == "members[].born" ? "ID004" : "GN001";
    case FieldType::time:
    case FieldType::weekdays:
      return "SP001";
    case FieldType::request_kind:
      return "HS005";
    default:
      break;
  }
  if (path == "atz") return "CF007";
  if (ends_with(path, "services[].units")) return "GN004";
  if (ends_with(path, "services[].weekly_hours")) return "HS008";
  return "CF006";
}

std::string_view rule_that_asks_for(std::string_view path) {
  struct Owned {
    std::string_view path;
    std::string_view rule;
  };
  static constexpr Owned kOwned[] = {
      {"period", "GN003"},
      {"period.start", "GN003"},
      {"period.end", "GN003"},
      {"members[].period.start", "GN003"},
      {"members[].period.end", "GN003"},
      {"members[].services[].period.start", "GN003"},
      {"members[].services[].period.end", "GN003"},
      {"members[].services[].units", "GN003"},
      {"provider.fax", "GN006"},
      {"members[].services", "GN007"},
      {"members[].diagnoses", "GN008"},
      {"attest", "GN010"},
      {"attest.precertification", "GN010"},
      {"attest.by", "GN010"},
      {"attest.on", "GN010"},
      {"provider.npi", "GN014"},
      {"members[].id", "GN014"},
      {"members[].name", "GN014"},
      {"members[].name.last", "GN014"},
      {"members[].name.first", "GN014"},
      {"members[].services[].code", "GN014"},
      {"priority.reason", "GN016"},
      {"members[].born", "ID004"},
      {"home.location", "ID008"},
      {"members[].services[].weekly_hours", "HS008"},
      {"members[].case", "EX001"},
      {"members[].order.signed_on", "MA005"},
      {"members[].order.credential", "MA004"},
      {"members[].order.condition", "MA007"},
      {"members[].order.procedures", "MA007"},
      {"members[].order.frequency", "MA007"},
      {"members[].order.frequency.times", "MA007"},
      {"members[].order.frequency.per", "MA007"},
      {"members[].order.span", "MA008"},
      {"members[].planning_team.met_on", "MA009"},
      {"members[].planning_team.members", "MA009"},
      {"members[].notice.given_on", "ST011"},
      {"members[].notice.file", "ST010"},
      {"members[].termination.action", "ST023"},
      {"members[].termination.last_day", "ST012"},
      {"members[].termination.services_already_ended", "ST019"},
      {"staffing", "HS013"},
      {"members[].questionnaires", "HS014"},
      {"members[].plan", "HS016"},
      {"members[].plan.location", "HS015"},
      {"members[].plan.location.line", "HS015"},
      {"members[].plan.checked_on", "HS016"},
      {"members[].guardian.name", "HS022"},
      {"members[].case_manager.name", "HS022"},
      {"documents[].type", "AT004"},
      {"members[].documents[].type", "AT004"},
      {"documents[].file", "AT007"},
      {"members[].documents[].file", "AT007"},
      {"staffing.out[].kind", "SP009"},
      {"members[].staffing.out[].kind", "SP009"},
      {"out[].kind", "SP009"},
  };
  const auto* hit =
      std::find_if(std::begin(kOwned), std::end(kOwned), [&](const Owned& each) { return each.path == path; });
  return hit == std::end(kOwned) ? "CF005" : hit->rule;
}

bool has_own_rule(std::string_view path) {
  return rule_that_asks_for(path) != "CF005";
}

bool has_problem(const Context& context, std::string_view path) {
  const auto& problems = context.file().problems;
  return std::any_of(problems.begin(), problems.end(), [&](const auto& problem) { return problem.path == path; });
}

}  // namespace atz::rules
