// JSON as FHIR needs it: members keep their order, decimals keep their digits, foreign bytes can't hurt.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace atz::fhir {

// A number with a fraction or an exponent is held as its literal (in nlohmann's binary type, which JSON text never
// has), because FHIR forbids to change its digits and because hours must not pass through floating point.
using Json = nlohmann::ordered_json;

inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxMembers = 512;  // of one object: FHIR types have a few dozen

// Refuses more than 64 levels, duplicate keys, invalid UTF-8 and anything after the value.
// The error says what is wrong and at which byte, and never quotes the text.
tl::expected<Json, std::string> parse_json(std::string_view bytes);

// Compact text in member order; parse_json's result comes out with the same numbers and strings.
std::string to_bytes(const Json& json);
void append_string(std::string& out, std::string_view text);  // quoted and escaped

Json decimal(std::string_view literal);  // must be a JSON number
bool is_number(const Json& json);
std::optional<std::string> number_text(const Json& json);  // as received; nullopt when it is no number

}  // namespace atz::fhir
