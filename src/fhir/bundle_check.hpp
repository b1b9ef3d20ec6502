#pragma once

#include "fhir/faults.hpp"
#include "fhir/json.hpp"
#include "fhir/request_view.hpp"

namespace atz::fhir {

enum class RequestProfile { submit, inquiry };

// The Bundle itself, its entries one by one, and every reference: the rules that need no knowledge of the Claim.
void check_bundle(const RequestView& view, RequestProfile profile, bool tolerant, Faults& faults);
// The rules between the parts of a Claim and the resources it names.
void check_claim(const RequestView& view, RequestProfile profile, bool tolerant, Faults& faults);

}  // namespace atz::fhir
