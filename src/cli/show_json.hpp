// `atz show` as JSON.
#pragma once

#include "atz/report/case_print.hpp"
#include "cli/json.hpp"

namespace atz::cli {

Json case_print_json(const report::CasePrint& print, bool with_names);

}  // namespace atz::cli
