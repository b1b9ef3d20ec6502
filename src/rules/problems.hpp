// From what the decoder recorded to findings.
#pragma once

#include <initializer_list>

#include "rules/context.hpp"

namespace atz::rules {

// Reports the problems of these kinds, of the file and of atz.yaml, under the rule that is running. Those for which
// another rule speaks are left out.
void report_problems(Context& context, std::initializer_list<casefile::Problem::Kind> kinds);

// Problems with the version of the format and with the number of members have rules of their own.
bool is_format_problem(const casefile::Problem& problem);
bool is_size_problem(const Context& context, const casefile::Problem& problem);
void report_problem(Context& context, const casefile::Problem& problem, std::uint32_t first_source);

// A value of the wrong shape counts as absent; what rules say about that on the same line is left out.
void drop_consequences(const casefile::CaseFile& file, std::vector<diag::Finding>& findings);

}  // namespace atz::rules
