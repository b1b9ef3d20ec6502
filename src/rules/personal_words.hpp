// Personal data of a member in words that others will see.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/model/home.hpp"

namespace atz::rules {

// What of a member a file name gives away: "last name", "first name", "MaineCare ID", "birth date". Case, accents and
// separators do not matter; words that are run together count where the name is long enough to be sure.
std::vector<std::string> personal_data_in(std::string_view file_name, const model::Member& member);

}  // namespace atz::rules
