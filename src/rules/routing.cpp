#include "rules/routing.hpp"

#include <algorithm>
#include <array>

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

bool has_own_rule(std::string_view path) {
  static constexpr std::array kOwned = {
      std::string_view("period"),                                        // GN003
      std::string_view("period.start"),                                  // GN003
      std::string_view("period.end"),                                    // GN003
      std::string_view("members[].period.start"),                        // GN003
      std::string_view("members[].period.end"),                          // GN003
      std::string_view("members[].services[].period.start"),             // GN003
      std::string_view("members[].services[].period.end"),               // GN003
      std::string_view("members[].services[].units"),                    // GN003
      std::string_view("provider.fax"),                                  // GN006
      std::string_view("members[].services"),                            // GN007
      std::string_view("members[].diagnoses"),                           // GN008
      std::string_view("attest"),                                        // GN010
      std::string_view("attest.precertification"),                       // GN010
      std::string_view("attest.by"),                                     // GN010
      std::string_view("attest.on"),                                     // GN010
      std::string_view("provider.npi"),                                  // GN014
      std::string_view("members[].id"),                                  // GN014
      std::string_view("members[].name"),                                // GN014
      std::string_view("members[].name.last"),                           // GN014
      std::string_view("members[].name.first"),                          // GN014
      std::string_view("members[].services[].code"),                     // GN014
      std::string_view("priority.reason"),                               // GN016
      std::string_view("members[].born"),                                // ID004
      std::string_view("home.location"),                                 // ID008
      std::string_view("members[].services[].weekly_hours"),             // HS008
      std::string_view("members[].case"),                                // EX001
      std::string_view("members[].order.signed_on"),                     // MA005
      std::string_view("members[].order.credential"),                    // MA004
      std::string_view("members[].order.condition"),                     // MA007
      std::string_view("members[].order.procedures"),                    // MA007
      std::string_view("members[].order.frequency"),                     // MA007
      std::string_view("members[].order.frequency.times"),               // MA007
      std::string_view("members[].order.frequency.per"),                 // MA007
      std::string_view("members[].order.span"),                          // MA008
      std::string_view("members[].planning_team.met_on"),                // MA009
      std::string_view("members[].planning_team.members"),               // MA009
      std::string_view("members[].notice.given_on"),                     // ST011
      std::string_view("members[].notice.file"),                         // ST010
      std::string_view("members[].termination.action"),                  // ST023
      std::string_view("members[].termination.last_day"),                // ST012
      std::string_view("members[].termination.services_already_ended"),  // ST019
      std::string_view("staffing"),                                      // HS013
      std::string_view("members[].questionnaires"),                      // HS014
      std::string_view("members[].plan"),                                // HS016
      std::string_view("members[].plan.location"),                       // HS015
      std::string_view("members[].plan.location.line"),                  // HS015
      std::string_view("members[].plan.checked_on"),                     // HS016
      std::string_view("members[].guardian.name"),                       // HS022
      std::string_view("members[].case_manager.name"),                   // HS022
      std::string_view("documents[].type"),                              // AT004
      std::string_view("members[].documents[].type"),                    // AT004
      std::string_view("documents[].file"),                              // AT007
      std::string_view("members[].documents[].file"),                    // AT007
      std::string_view("staffing.out[].kind"),                           // SP009
      std::string_view("members[].staffing.out[].kind"),                 // SP009
      std::string_view("out[].kind"),                                    // SP009, a staffing file
  };
  return std::find(kOwned.begin(), kOwned.end(), path) != kOwned.end();
}

bool has_problem(const Context& context, std::string_view path) {
  const auto& problems = context.file().problems;
  return std::any_of(problems.begin(), problems.end(), [&](const auto& problem) { return problem.path == path; });
}

}  // namespace atz::rules
