// Findings to the terminal or to a machine, for every command that checks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/base/file.hpp"
#include "atz/diag/render.hpp"
#include "cli/terminal.hpp"

namespace atz::cli {

enum class FindingFormat { human, concise, json, jsonl, sarif, junit, github };
inline constexpr std::string_view kFindingFormats = "human|concise|json|jsonl|sarif|junit|github";
FindingFormat finding_format(std::string_view name);  // one of kFindingFormats
// Whether all findings make one document, so that nothing can be printed before the last file is checked.
bool is_one_document(FindingFormat format);

diag::HumanOptions human_options(const Terminal& terminal);
std::string findings_as(FindingFormat format, const std::vector<diag::FileReport>& reports, const Terminal& terminal,
                        const Files& files);

}  // namespace atz::cli
