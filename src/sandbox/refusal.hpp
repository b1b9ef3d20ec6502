// Reasons for which the payer takes no case: what they are called on the wire, and in the two shapes in which they
// travel.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/fhir/payer_side.hpp"

namespace atz::sandbox {

// A content fault as ClaimResponse.error. `code` is of X12 901; the follow-up action (X12 889) belongs to the code.
fhir::BusinessError refusal(std::string_view code, std::string text, std::string_view element, std::string path,
                            std::optional<int> item_sequence = std::nullopt);

// One that sending again can't mend: follow-up N, whatever the code usually has.
fhir::BusinessError refusal_for_good(std::string_view code, std::string text, std::string_view element,
                                     std::string path, std::optional<int> item_sequence = std::nullopt);

// The same as an issue of an OperationOutcome (a refused transaction).
fhir::Issue as_issue(const fhir::BusinessError& error);

// A plain issue of severity error.
fhir::Issue issue(std::string_view code, std::string text, std::string expression = {});
std::string outcome(std::string_view code, std::string text, std::string expression = {});

// "Bundle.entry[0].resource.item[0]" seen from outside of the transaction's entry `index`.
std::string outer_path(std::size_t index, std::string_view inner);

}  // namespace atz::sandbox
