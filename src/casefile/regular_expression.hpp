#pragma once

#include <string>

namespace atz::casefile {

bool is_regular_expression(const std::string& text);  // ECMAScript

}  // namespace atz::casefile
