// Names of the columns of a Daily Authorization Report: the data file report-columns.yaml, and one of that name in
// atz.d.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "atz/base/file.hpp"
#include "atz/casefile/workspace.hpp"

namespace atz::casefile {

// Letters and digits in small letters: what counts when names are compared.
std::string plain_column_name(std::string_view name);

// From plain names to what atz calls the column. A file in atz.d that can't be read adds nothing: `atz check` reports
// it.
std::map<std::string, std::string> report_columns(const Files& files, const Workspace& workspace);

}  // namespace atz::casefile
