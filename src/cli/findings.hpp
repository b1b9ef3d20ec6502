// Findings to the terminal or to a machine, for every command that checks.
#pragma once

#include <string>
#include <vector>

#include "atz/diag/render.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

enum class FindingFormat { human, json, github };
FindingFormat finding_format(const std::string& name);

diag::HumanOptions human_options(const Terminal& terminal);
// The human form of all findings and, unless quiet, a summary line.
std::string human_findings(const std::vector<diag::FileReport>& reports, const Terminal& terminal);
std::string findings_as(FindingFormat format, const std::vector<diag::FileReport>& reports, const Terminal& terminal);

}  // namespace atz::cli
