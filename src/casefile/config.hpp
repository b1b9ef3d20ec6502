// atz.yaml and the folder atz.d beside it.
#pragma once

#include <string>

#include "atz/casefile/workspace.hpp"

namespace atz::casefile {

// `path` is where atz.yaml is, `shown` how people see it. What is wrong becomes problems of the workspace.
Workspace load_workspace(const Files& files, const std::string& path, const std::string& shown);

// A file in a folder as people see it: without "./" in front.
std::string shown_in(const std::string& folder, const std::string& name);

}  // namespace atz::casefile
