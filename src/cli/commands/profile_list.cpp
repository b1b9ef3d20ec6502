#include "atz/app/profiles.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/profile_settings.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

std::string kind_of(const model::PayerProfile& profile) {
  return profile.embedded ? "embedded" : profile.live ? "live" : "sandbox";
}

std::string source_of(const app::ProfileRow& row) {
  if (row.builtin && row.in_file) return "built in, changed in profiles.yaml";
  return row.builtin ? "built in" : "profiles.yaml";
}

Json profiles_json(const app::ProfileList& list) {
  Json rows = Json::array();
  for (const auto& row : list.rows) {
    rows.push_back({{"name", row.profile.name},
                    {"kind", kind_of(row.profile)},
                    {"base_url", text_or_null(casefile::without_user(row.profile.base_url))},
                    {"default", row.standard},
                    {"built_in", row.builtin},
                    {"in_file", row.in_file},
                    {"remark", text_or_null(row.profile.remark)}});
  }
  return {{"schema", "atz/profile-list/1"}, {"file", list.file}, {"profiles", std::move(rows)}};
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  const auto list = app::list_profiles(invocation.services());
  if (!list) return invocation.fail(list.error());
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(profiles_json(*list)));
    return ExitCode::done;
  }
  Table table({{""}, {"NAME"}, {"KIND"}, {"ADDRESS"}, {"FROM"}});
  for (const auto& row : list->rows) {
    table.add({{row.standard ? "*" : ""},
               {row.profile.name, Style::bold},
               {kind_of(row.profile), row.profile.live ? Style::red : Style::plain},
               {row.profile.embedded ? "inside atz" : casefile::without_user(row.profile.base_url)},
               {source_of(row)}});
    if (!row.profile.remark.empty()) table.add_note(row.profile.remark);
  }
  terminal.out(table.render(terminal));
  terminal.talk("* is used where the command line names none.");
  return ExitCode::done;
}

}  // namespace

const Command& profile_list_command() {
  static const Command kCommand{"profile list",
                                "List the payers that are set up",
                                "The built-in ones and those of profiles.yaml in the configuration folder.",
                                {{"atz profile list", ""}},
                                {},
                                {options::format("human|json")},
                                run};
  return kCommand;
}

}  // namespace atz::cli
