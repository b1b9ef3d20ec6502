// The program behind main(): arguments to an exit code.
#pragma once

#include <string>
#include <vector>

namespace atz::cli {

int run(const std::vector<std::string>& arguments);

}  // namespace atz::cli
