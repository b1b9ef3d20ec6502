#include "atz/app/surroundings.hpp"

#include "atz/app/profile.hpp"

namespace atz::app {

Result<Surroundings> look_around(const Services& services, const std::optional<std::string>& profile,
                                 const std::optional<std::string>& as_of, Effect effect) {
  Surroundings around;
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  around.workspace = workspaces.for_directory(services.files.absolute("."));
  auto chosen = choose_profile(services, profile, around.workspace.get());
  if (!chosen) return tl::make_unexpected(chosen.error());
  around.profile = std::move(*chosen);
  auto now = resolve_now(services, around.profile, as_of, effect);
  if (!now) return tl::make_unexpected(now.error());
  around.now = std::move(*now);
  return around;
}

}  // namespace atz::app
