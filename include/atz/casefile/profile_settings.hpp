// A payer's profile as the settings of profiles.yaml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/base/result.hpp"
#include "atz/casefile/document.hpp"
#include "atz/model/profile.hpp"

namespace atz::casefile {

struct ProfileSetting {
  std::string path;                 // "auth.client_id"
  std::vector<std::string> values;  // one, but for a list
  bool list = false;
};

// Every setting as it is in force, defaults included, in the order of the table of fields; those that are empty are
// left out, but for the scope, whose absence would ask for the usual one. Read again, they give the same profile, apart
// from where relative file names start.
std::vector<ProfileSetting> profile_settings(const model::PayerProfile& profile);

// The tree of an entry of profiles.yaml. Failure::usage for a path that is set twice, or is also a group.
Result<Node> profile_node(const std::vector<ProfileSetting>& settings);

// An address as it may be shown: without a user name and a password, which do not belong there.
std::string without_user(const std::string& address);

// An entry of profiles.yaml as text, ending with a line break.
std::string profile_text(std::string_view name, const Node& profile);

// The paths that profiles.yaml knows, to suggest one.
std::vector<std::string_view> profile_setting_paths();

}  // namespace atz::casefile
