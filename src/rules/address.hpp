// Whether two addresses are the same place, however they are spelled.
#pragma once

#include <string>

#include "atz/model/home.hpp"

namespace atz::rules {

// Street line, second line and town in one normal form: case, punctuation, blanks and common abbreviations
// (St, Rd, Apt ...) make no difference.
std::string normal_address_text(std::string_view text);

// Street lines must agree. Town, state and ZIP (five digits) are compared where both sides have them.
bool same_place(const model::Address& a, const model::Address& b);

// "1 Example Way, Testville ME 00000"
std::string one_line(const model::Address& address);

}  // namespace atz::rules
