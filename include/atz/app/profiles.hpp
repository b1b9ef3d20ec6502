// The payers that are set up, and adding one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/app/services.hpp"
#include "atz/casefile/profile_settings.hpp"
#include "atz/model/profile.hpp"

namespace atz::app {

struct ProfileRow {
  model::PayerProfile profile;
  bool builtin = false;   // ships with atz
  bool in_file = false;   // profiles.yaml says something about it
  bool standard = false;  // used here when the command line names none
};

struct ProfileList {
  std::string file;  // profiles.yaml, whether it exists or not
  std::vector<ProfileRow> rows;
};

Result<ProfileList> list_profiles(const Services& services);

struct AddProfile {
  std::string name;
  std::string base_url;             // may be empty when `like` has one
  std::optional<std::string> like;  // start from the settings of this one
  bool live = false;
  std::vector<std::pair<std::string, std::string>> set;  // settings by path; a list in several entries
};

struct AddedProfile {
  std::string file;
  std::string text;  // what was added
};

// Adds an entry to profiles.yaml (0600, made when missing) and leaves the rest of it as it stands. Failure::usage for a
// name that is taken, an unknown setting, or settings that do not make a profile; nothing is written then.
Result<AddedProfile> add_profile(const Services& services, const AddProfile& wanted);

}  // namespace atz::app
