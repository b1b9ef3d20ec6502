// Writing FHIR's data types. Nothing empty is ever written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "atz/base/rational.hpp"
#include "atz/model/calendar.hpp"
#include "fhir/canonical.hpp"
#include "fhir/json.hpp"
#include "fhir/x12.hpp"

namespace atz::model {
struct Address;
}

namespace atz::fhir {

void put(Json& object, const char* key, std::string_view text);  // only when not empty
void put_node(Json& object, const char* key, Json value);        // only when not null, {} or []

Json coding(std::string_view system, std::string_view code, std::string_view display = {});
Json concept_of(std::string_view system, std::string_view code, std::string_view display = {});
Json x12_concept(X12 list, std::string_view code);  // with our wording as display, when there is one
Json identifier(std::string_view system, std::string_view value);
Json typed_identifier(std::string_view type_system, std::string_view type_code, std::string_view system,
                      std::string_view value);
Json reference_to(std::string_view full_url);
Json meta_of(std::string_view canonical);
Json telecom(std::string_view system, std::string_view value);
Json period_of(const model::DateSpan& span);
Json address_of(const model::Address& address);
std::string one_line(const model::Address& address);  // "1 Example Way, Testville ME 00000"

Json extension_of(std::string_view url, const char* value_key, Json value);

// The number with as many digits as it needs ("67.75", "96.5", "60"), at most `places`, never through floating point.
std::string number_literal(Rational value, int places = 6);
Json number_of(Rational value);
Json quantity_of(Json value, std::string_view unit_code);  // X12 673 unit with its text

}  // namespace atz::fhir
