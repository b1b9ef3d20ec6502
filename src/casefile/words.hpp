// The words in which shapes and types are named to people.
#pragma once

#include <string>

#include "atz/casefile/document.hpp"
#include "atz/casefile/fields.hpp"

namespace atz::casefile {

std::string name_of(const Node& node);               // "a list", "a group of keys", "nothing", "a text"
std::string expected_text(const FieldRow& row);      // "a date such as 2027-01-04"
std::string join_choices(std::string_view choices);  // "a|b|c" -> "a, b or c"

// ^[class]{min,max}$, the only form of pattern that decoding enforces; any other pattern fits everything.
bool fits_pattern(std::string_view pattern, std::string_view text);
bool is_choice(std::string_view choices, std::string_view text);
// Whether a key is the name of something that must never stand in a case file (GN019).
bool names_secret(std::string_view key);

}  // namespace atz::casefile
