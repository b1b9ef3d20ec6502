#include "atz/app/profiles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "atz/app/profile.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/edit.hpp"

namespace atz::app {
namespace {

constexpr std::string_view kHeading =
    "# Payers that atz talks to. `atz profile show NAME` prints every setting of one, `atz explain` what they mean.\n";

std::string file_of(const Services& services) {
  return path::join(services.config_dir, "profiles.yaml");
}

bool is_builtin(const std::string& name) {
  const auto builtin = model::builtin_profiles();
  return std::any_of(builtin.begin(), builtin.end(), [&](const auto& profile) { return profile.name == name; });
}

// The text of profiles.yaml; empty when there is none.
Result<std::string> current_text(const Services& services) {
  const std::string file = file_of(services);
  if (services.files.info(file).kind == FileInfo::Kind::missing) return std::string{};
  return services.files.read(file, 1024ULL * 1024);
}

// A file of comments only, or an empty one, has no root to add to.
Result<std::set<std::string>> names_in(const std::string& text) {
  std::set<std::string> names;
  if (trim(text).empty()) return names;
  const auto editor = casefile::Editor::open(text);
  if (!editor) return names;
  for (const auto& entry : editor->root().entries) names.insert(entry.key);
  return names;
}

bool is_name(const std::string& name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  constexpr std::size_t kLongest = 40;
  return !name.empty() && name.size() <= kLongest && std::all_of(name.begin(), name.end(), fits) && name.front() != '-';
}

Result<std::vector<casefile::ProfileSetting>> wanted_settings(const AddProfile& wanted,
                                                              const std::map<std::string, model::PayerProfile>& known) {
  std::vector<casefile::ProfileSetting> settings;
  const auto put = [&](const std::string& path, const std::string& value, bool list) {
    const auto same =
        std::find_if(settings.begin(), settings.end(), [&](const auto& setting) { return setting.path == path; });
    if (same == settings.end()) {
      settings.push_back({path, {value}, list});
    } else if (list && same->list) {
      same->values.push_back(value);
    } else {
      same->values = {value};
    }
  };
  if (wanted.like) {
    const auto found = known.find(*wanted.like);
    if (found == known.end()) {
      std::vector<std::string_view> names;
      for (const auto& [name, profile] : known) names.push_back(name);
      const auto near = did_you_mean(*wanted.like, names);
      return fail(Failure::usage, fmt::format("There is no payer profile '{}' to start from", printable(*wanted.like)),
                  near ? fmt::format("Did you mean '{}'?", *near) : "`atz profile list` shows them.");
    }
    if (found->second.embedded)
      return fail(Failure::usage, "The payer inside atz has no address, so no other payer can be like it");
    settings = casefile::profile_settings(found->second);
  }
  if (!wanted.base_url.empty()) put("base_url", wanted.base_url, false);
  if (wanted.live) put("live", "yes", false);
  const auto paths = casefile::profile_setting_paths();
  for (const auto& [path, value] : wanted.set) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
      const auto near = did_you_mean(path, paths);
      return fail(Failure::usage, fmt::format("There is no setting '{}'", printable(path)),
                  near ? fmt::format("Did you mean '{}'?", *near) : "`atz profile show sandbox` lists them.");
    }
    put(path, value, path == "auth.token_command");
  }
  return settings;
}

Result<std::string> with_entry(const std::string& text, const std::string& name, const casefile::Node& node) {
  if (trim(text).empty()) return std::string(kHeading) + casefile::profile_text(name, node);
  auto editor = casefile::Editor::open(text);
  if (!editor) return text + (text.back() == '\n' ? "" : "\n") + casefile::profile_text(name, node);
  if (auto inserted = editor->insert({}, editor->root().entries.size(), name, node); !inserted)
    return tl::make_unexpected(inserted.error());
  return editor->text();
}

}  // namespace

Result<ProfileList> list_profiles(const Services& services) {
  ProfileList list;
  list.file = file_of(services);
  auto profiles = casefile::load_profiles(services.files, list.file);
  if (!profiles) return tl::make_unexpected(profiles.error());
  auto text = current_text(services);
  if (!text) return tl::make_unexpected(text.error());
  const auto in_file = names_in(*text);
  if (!in_file) return tl::make_unexpected(in_file.error());
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(services.files.absolute("."));
  std::string standard = model::sandbox_profile().name;
  if (workspace && !workspace->profile.empty()) standard = workspace->profile;
  for (auto& [name, profile] : *profiles) {
    list.rows.push_back({std::move(profile), is_builtin(name), in_file->count(name) > 0, name == standard});
  }
  return list;
}

Result<AddedProfile> add_profile(const Services& services, const AddProfile& wanted) {
  if (!is_name(wanted.name)) {
    return fail(Failure::usage, fmt::format("'{}' is no name for a payer", printable(wanted.name)),
                "Use small letters, digits and hyphens, at most 40.");
  }
  AddedProfile added;
  added.file = file_of(services);
  auto known = casefile::load_profiles(services.files, added.file);
  if (!known) return tl::make_unexpected(known.error());
  auto text = current_text(services);
  if (!text) return tl::make_unexpected(text.error());
  const auto names = names_in(*text);
  if (!names) return tl::make_unexpected(names.error());
  if (names->count(wanted.name) > 0 || wanted.name == model::sandbox_profile().name) {
    return fail(Failure::usage, fmt::format("There is a payer '{}' already", wanted.name),
                fmt::format("Change it in {}, or use another name.", added.file));
  }
  auto settings = wanted_settings(wanted, *known);
  if (!settings) return tl::make_unexpected(settings.error());
  auto node = casefile::profile_node(*settings);
  if (!node) return tl::make_unexpected(node.error());
  if (node->entries.empty())
    return fail(Failure::usage, "Nothing says where the payer is", "Give --base-url, or --like.");
  auto whole = with_entry(*text, wanted.name, *node);
  if (!whole) return tl::make_unexpected(whole.error());
  added.text = casefile::profile_text(wanted.name, *node);

  MemoryFiles trial;
  trial.put(added.file, *whole);
  if (auto read = casefile::load_profiles(trial, added.file); !read) {
    Error error = read.error();
    if (error.message.starts_with(added.file)) {
      const auto blank = error.message.find(": ");
      error.message = fmt::format("These settings make no profile: {}", error.message.substr(blank + 2));
    }
    return fail(Failure::usage, error.message, "Nothing was written. " + error.help);
  }
  if (auto folder = services.files.make_private_directory(services.config_dir); !folder)
    return tl::make_unexpected(folder.error());
  if (services.files.info(added.file).kind == FileInfo::Kind::missing) {
    if (auto written = services.files.write_atomic(added.file, *whole, 0600); !written)
      return tl::make_unexpected(written.error());
  } else if (auto written = services.files.rewrite(added.file, *whole); !written) {
    return tl::make_unexpected(written.error());
  }
  return added;
}

}  // namespace atz::app
