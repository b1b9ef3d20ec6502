// Gives a file on the real disk another name without ever replacing what has that name already.
#pragma once

#include <string>

#include "atz/base/result.hpp"

namespace atz {

// Both on one file system. False when something is called `to`: nothing is changed then. Failure::io otherwise.
Result<bool> rename_new(const std::string& from, const std::string& to);

}  // namespace atz
