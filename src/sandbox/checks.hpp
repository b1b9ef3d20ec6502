// What the payer checks of a well-formed request before it opens a case. Pure: no store, no clock.
#pragma once

#include <string_view>
#include <vector>

#include "atz/fhir/payer_side.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/profile.hpp"
#include "sandbox/incoming.hpp"

namespace atz::sandbox {

// All of them at once, in the order of the request. `today` is the Maine date of submission.
std::vector<fhir::BusinessError> check_request(const Incoming& incoming, model::Date today,
                                               const model::PayerProfile& payer);

bool well_formed_member_id(std::string_view id);  // eight digits and A, or TEMP and eight digits
bool valid_npi(std::string_view npi);             // ten digits, 1 or 2 first, check digit

}  // namespace atz::sandbox
