#include "atz/app/profile.hpp"

#include <fmt/format.h>

#include <vector>

#include "atz/base/text.hpp"

namespace atz::app {

Result<model::PayerProfile> choose_profile(const Services& services, const std::optional<std::string>& name,
                                           const casefile::Workspace* workspace) {
  std::string wanted = name.value_or(workspace != nullptr ? workspace->profile : "");
  if (wanted.empty()) wanted = model::sandbox_profile().name;
  const std::string file = path::join(services.config_dir, "profiles.yaml");
  if (wanted == model::sandbox_profile().name && services.files.info(file).kind == FileInfo::Kind::missing) {
    return model::sandbox_profile();
  }
  auto profiles = casefile::load_profiles(services.files, file);
  if (!profiles) return tl::make_unexpected(profiles.error());
  if (const auto found = profiles->find(wanted); found != profiles->end()) return found->second;
  std::vector<std::string_view> names;
  for (const auto& [key, value] : *profiles) names.push_back(key);
  const auto near = did_you_mean(wanted, names);
  return fail(Failure::usage, fmt::format("There is no payer profile '{}'", printable(wanted)),
              near ? fmt::format("Did you mean '{}'?", *near) : fmt::format("Profiles are kept in {}.", file));
}

}  // namespace atz::app
