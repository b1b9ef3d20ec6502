// Path arithmetic that both disks share.
#pragma once

#include <string>
#include <string_view>

namespace atz {

// Lexically normal form of `path` below the absolute directory `working_directory`: no "." or "..", no doubled
// or trailing slashes.
std::string normal_path(std::string_view working_directory, std::string_view path);

}  // namespace atz
