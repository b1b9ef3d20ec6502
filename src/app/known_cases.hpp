// What the ledger knows of the cases that a file names.
#pragma once

#include <string>
#include <vector>

#include "atz/app/check.hpp"
#include "atz/fhir/request.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/model/known_case.hpp"

namespace atz::app {

// One per member that names a case which was sent from here; the others are not in the list.
Result<std::vector<model::KnownCase>> known_cases(const Services& services, const CheckSettings& settings,
                                                  const model::Home& home);

// The case as the next message about it must name it. Without a message of ours the body stays empty.
Result<fhir::PriorRequest> prior_request(const ledger::Ledger& ledger, const std::string& profile,
                                         const std::string& case_id);

// A line without modifiers: the regular hours.
bool is_regular(const ledger::CaseLine& line);

}  // namespace atz::app
