// A payer's decision on one line, as PAS writes it into an adjudication.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/model/case.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {

struct Review {
  std::string code;    // X12 306 as received; "" when the payer gave none
  std::string number;  // authorization number
  std::vector<model::LineDecision::Reason> reasons;
  [[nodiscard]] bool decided() const { return !code.empty(); }
};

// The first review action among the adjudications of an item, an addItem or the whole response.
Review review_of(const Json& holder);

model::ReviewAction action_of(std::string_view code);  // an unknown code is `other`
bool is_grant(std::string_view code);                  // something was authorized

}  // namespace atz::fhir
