// Values in a form that atz does not read, or does not write, but that say one thing only. Each function gives the
// canonical form; nullopt when there is another way to read the text, or none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "atz/model/questionnaire.hpp"

namespace atz::rules {

// 2027/1/4, 2027-1-4, 20270104, Jan 4, 2027, 4 January 2027; 1/25/2027, but not 1/4/2027. Gives 2027-01-04.
std::optional<std::string> clear_date(std::string_view text);
// 6:00, 0600, 10pm, 10:30 p.m.; not 12am and 12pm, which people read in two ways. Gives 06:00.
std::optional<std::string> clear_time(std::string_view text);
// y and n. Gives yes and no.
std::optional<std::string> clear_yes_no(std::string_view text);
// A choice in other letters, or with blanks or underscores for hyphens. Gives the choice.
std::optional<std::string> clear_choice(std::string_view choices, std::string_view text);  // "a|b|c"
// (207) 555-0100, 1-207-555-0100 and so on. Gives 207-555-0100.
std::optional<std::string> clear_phone(std::string_view text);
// An answer to a question of that type.
std::optional<std::string> clear_answer(const model::Question& question, std::string_view text);

}  // namespace atz::rules
