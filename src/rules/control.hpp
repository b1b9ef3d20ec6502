// What users may turn off, and what not.
#pragma once

#include <vector>

#include "rules/context.hpp"

namespace atz::rules {

// `rules:` of atz.yaml: warnings become errors or go away.
void apply_levels(const Context& context, std::vector<diag::Finding>& findings);

// `ignore` of the file: matching warnings go away. Entries that match nothing, or that try to ignore an error, become
// findings of the context.
void apply_ignores(Context& context, std::vector<diag::Finding>& findings);

}  // namespace atz::rules
