// The forms of identifiers: pure functions over text, no regular expressions on the way of every check.
#pragma once

#include <string>
#include <string_view>

#include "atz/model/home.hpp"

namespace atz::rules {

// Digits without blanks and separators (-, +, ., parentheses); other characters stay, so that they are noticed.
std::string npi_digits(std::string_view text);
bool valid_npi(std::string_view digits);  // ten digits, first 1 or 2, Luhn with the prefix 80840
bool id_kind_is_npi(const model::Provider& provider);

// NPI and three digits without the separator; empty when it is not of that form (the NPI itself is not judged).
std::string location_digits(std::string_view text);

bool valid_procedure(std::string_view code);  // A to V and four digits, or five digits (CPT)
bool valid_modifier(std::string_view modifier);
bool valid_diagnosis(std::string_view text);  // ICD-10-CM form, upper case, the dot may be left out
std::string with_dot(std::string_view text);  // "G40909" -> "G40.909"

bool temporary_member_id(std::string_view id);  // TEMP and eight digits
bool valid_phone(std::string_view text);        // ten digits; area code and exchange begin 2 to 9

}  // namespace atz::rules
