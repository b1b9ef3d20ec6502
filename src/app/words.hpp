// Words of our data files and enums as they read in a sentence.
#pragma once

#include <string>
#include <string_view>

namespace atz::app {

std::string words(std::string_view text);  // "in_review" -> "in review"

}  // namespace atz::app
