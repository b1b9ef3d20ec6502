// What the commands at the embedded payer share: its time, what time brought about, numbers of lines.
#pragma once

#include <string>

#include "atz/app/sandbox_desk.hpp"
#include "atz/base/result.hpp"
#include "cli/json.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

// To stderr: where the clock stands, and one line for everything that happened.
void tell_time(Terminal& terminal, const app::DeskTime& time);
std::string happened_line(const sandbox::Happened& happened);
Json happened_json(const std::vector<sandbox::Happened>& happened);
Result<int> parse_line(const std::string& text);  // --line

}  // namespace atz::cli
