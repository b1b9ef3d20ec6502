// Where a command stands: the atz.yaml around it, the payer that it talks to, and the moment that counts as now.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/model/profile.hpp"

namespace atz::app {

struct Surroundings {
  std::shared_ptr<const casefile::Workspace> workspace;  // of the current folder
  model::PayerProfile profile;
  Now now;
};

// `profile` and `as_of` as the command line gave them. Fails as choose_profile and resolve_now do.
Result<Surroundings> look_around(const Services& services, const std::optional<std::string>& profile,
                                 const std::optional<std::string>& as_of, Effect effect);

}  // namespace atz::app
