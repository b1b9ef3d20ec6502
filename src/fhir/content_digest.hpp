#pragma once

#include <string>

#include "fhir/request_view.hpp"

namespace atz::fhir {

// SHA-256 over the request without what changes when the same thing is asked again: trace and control numbers, tags,
// fullUrls (references become positions) and times of writing. Member numbers and service dates are content.
std::string content_digest(const RequestView& view);

}  // namespace atz::fhir
