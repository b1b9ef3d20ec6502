// "1:2": one staff person for two members.
#pragma once

#include <optional>
#include <string_view>

namespace atz::rules {

struct Ratio {
  int staff = 0;
  int members = 0;
};
std::optional<Ratio> parse_ratio(std::string_view text);  // both sides 1 to 99

}  // namespace atz::rules
