// How an update says what is new in it, for both ends of the wire. PAS 2.2.1, section on updates.
#pragma once

#include <string>
#include <vector>

#include "fhir/element.hpp"

namespace atz::fhir {

inline constexpr std::string_view kAdded = "added";
inline constexpr std::string_view kChanged = "changed";
inline constexpr std::string_view kCancelCode = "3";  // X12 1322

// Marks on an entry of Claim.item or Claim.supportingInfo.
std::string change_of(const Json& entry);  // "added", "changed", "" when it is as it was
bool is_cancelled(const Json& entry);      // infoCancelled
// X12 1322 of an item, or of the Claim itself (where only "3" has a meaning).
std::string certification_of(const Json& node);

// Every Claim of a bundle, in order.
std::vector<const Json*> claims_of(const Json& bundle);

// Whether two entries say the same apart from their marks; the order of members means nothing in FHIR.
bool same_entry(const Json& left, const Json& right);

}  // namespace atz::fhir
