// Which payer a command talks to.
#pragma once

#include <optional>
#include <string>

#include "atz/app/services.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/model/profile.hpp"

namespace atz::app {

// --profile, else `profile:` of atz.yaml, else the embedded payer. Failure::usage with a suggestion for an unknown
// name.
Result<model::PayerProfile> choose_profile(const Services& services, const std::optional<std::string>& name,
                                           const casefile::Workspace* workspace);

}  // namespace atz::app
