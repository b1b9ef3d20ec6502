// What was looked over, as a list for the eye and for programs.
#pragma once

#include <string>
#include <vector>

#include "atz/app/checkup.hpp"
#include "cli/json.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

std::string checkups_text(const std::vector<app::Checkup>& checks, const Terminal& terminal);
Json checkups_json(const std::vector<app::Checkup>& checks);
bool has_problem(const std::vector<app::Checkup>& checks);

}  // namespace atz::cli
