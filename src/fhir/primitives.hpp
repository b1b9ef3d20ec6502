// FHIR's primitive types, with dates as full as PAS wants them.
#pragma once

#include <string_view>

#include "fhir/json.hpp"

namespace atz::fhir {

bool is_primitive(std::string_view type);  // "date", "code" ...
bool is_valid_primitive(std::string_view type, const Json& value);
bool is_npi(std::string_view text);  // ten digits with the right check digit (Luhn over 80840 and the number)

}  // namespace atz::fhir
