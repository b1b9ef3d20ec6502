#pragma once

#include <string>

#include "atz/fhir/payer_side.hpp"
#include "fhir/json.hpp"
#include "fhir/quirks.hpp"

namespace atz::fhir {

enum class ReplyKind { submit, inquiry };

// The Bundle with the ClaimResponse and what it refers to. `identifier` is the Bundle's.
Json response_bundle(ReplyKind kind, const ReceivedRequest& request, const AnsweredCase& answer, const Json& identifier,
                     Instant written, const model::PayerProfile& profile);

}  // namespace atz::fhir
