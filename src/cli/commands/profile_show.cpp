#include "atz/app/profile.hpp"
#include "atz/app/profiles.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"

namespace atz::cli {
namespace {

std::vector<casefile::ProfileSetting> shown_settings(const model::PayerProfile& profile) {
  auto settings = casefile::profile_settings(profile);
  for (auto& setting : settings) {
    for (auto& value : setting.values) value = casefile::without_user(value);
  }
  return settings;
}

Json settings_json(const model::PayerProfile& profile) {
  Json settings = Json::object();
  for (const auto& setting : shown_settings(profile)) {
    if (setting.list) {
      settings[setting.path] = setting.values;
    } else {
      settings[setting.path] = setting.values.front();
    }
  }
  return {{"schema", "atz/profile-show/1"},
          {"name", profile.name},
          {"remark", text_or_null(profile.remark)},
          {"settings", std::move(settings)}};
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  auto name = invocation.value("--profile");
  if (const auto given = invocation.one("NAME"); !given.empty()) name = given;
  const auto& services = invocation.services();
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(services.files.absolute("."));
  const auto profile = app::choose_profile(services, name, workspace.get());
  if (!profile) return invocation.fail(profile.error());
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(settings_json(*profile)));
    return ExitCode::done;
  }
  const auto node = casefile::profile_node(shown_settings(*profile));
  if (!node) return invocation.fail(node.error());
  if (!profile->remark.empty()) terminal.talk(profile->remark);
  terminal.out(casefile::profile_text(profile->name, *node));
  return ExitCode::done;
}

}  // namespace

const Command& profile_show_command() {
  static const Command kCommand{
      "profile show",
      "Show every setting of a payer, defaults included",
      "As profiles.yaml would say it. Secrets stay in their files: only the names of these files are shown.",
      {{"atz profile show sandbox", ""}, {"atz profile show state --format json", ""}},
      {{"NAME", "The payer (default: the one that commands use here)", false, false, Hint::none, ""}},
      {options::format("human|json")},
      run};
  return kCommand;
}

}  // namespace atz::cli
