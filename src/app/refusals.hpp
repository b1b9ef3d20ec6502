// What a payer objects to, brought back to the line of the case file that caused it.
#pragma once

#include <span>
#include <vector>

#include "atz/app/deliver.hpp"
#include "atz/diag/finding.hpp"
#include "atz/fhir/request.hpp"

namespace atz::app {

std::vector<diag::Finding> explain_refusal(const Delivered& delivered, std::span<const fhir::MemberRequest> members,
                                           bool outer);

}  // namespace atz::app
