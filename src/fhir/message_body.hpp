// From the bytes of an operation's body to its Bundle.
#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "atz/fhir/payer_side.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {

// A Bundle, bare or as the only resource of Parameters.
tl::expected<Json, Fault> bundle_of_body(std::string_view body);

Fault not_readable(std::string text);             // 400
Fault breaks_profile(std::vector<Issue> issues);  // 422

}  // namespace atz::fhir
