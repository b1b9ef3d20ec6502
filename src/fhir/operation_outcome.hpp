#pragma once

#include <vector>

#include "atz/fhir/reply.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {

std::vector<Issue> issues_of(const Json& operation_outcome);
Json outcome_of(const std::vector<Issue>& issues);

}  // namespace atz::fhir
