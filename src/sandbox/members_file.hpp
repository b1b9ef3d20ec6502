// The list of the members whom the payer knows, as CSV with a header: id,last,first,born,gender (first and gender
// optional).
#pragma once

#include <string_view>
#include <vector>

#include "atz/base/result.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {

// Failure::input names the line, never its content.
Result<std::vector<MemberRecord>> parse_members(std::string_view csv, std::string_view file_name);

}  // namespace atz::sandbox
