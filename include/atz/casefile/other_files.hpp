// What is given to a check without being a case file.
#pragma once

#include <string>

#include "atz/casefile/casefile.hpp"

namespace atz::casefile {

// A case file of which nothing could be read: all there is to it is the problem, which needs no place.
CaseFile refuse(const std::string& path, Problem problem, WorkspaceCache& workspaces);

// The atz.yaml `config` with its atz.d as if it were a case file named `path`: for what is wrong in it.
CaseFile load_config(const Files& files, const std::string& path, const std::string& config);

}  // namespace atz::casefile
