// Templates of case files.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "atz/base/result.hpp"

namespace atz::app {

inline constexpr std::string_view kModeline = "# yaml-language-server: $schema=home.schema.json\n";

// The built-in template with every mark ("@ID@") replaced by its value.
Result<std::string> fill_template(std::string_view name, const std::map<std::string, std::string>& values);

// Failure::usage when the text can't be the name of a home.
Result<void> check_home_id(const std::string& id);

}  // namespace atz::app
