// The keys of atz.yaml and profiles.yaml.
#pragma once

#include "casefile/schema_tree.hpp"

namespace atz::casefile {

const Schema& config_tree();
const Schema& profiles_tree();

}  // namespace atz::casefile
