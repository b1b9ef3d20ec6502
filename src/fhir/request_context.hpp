// What the resources of one member's request share: identifiers, fullUrls, and who it is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atz/fhir/request.hpp"
#include "fhir/quirks.hpp"

namespace atz::fhir {

struct RequestContext {
  explicit RequestContext(const SubmitInput& submit);

  const SubmitInput& input;
  const model::Home& home;
  const model::Member& member;
  const model::PayerProfile& payer;
  const Quirks& quirks;

  std::string label;             // "A"
  std::string of_member;         // " of member A", for origins
  std::string claim_identifier;  // "<batch>-A", "<batch>-A-2" for the second attempt
  std::string trace_system;      // "urn:trnorg:9000012345"
  std::string created;           // Claim.created and the other times

  std::string claim, patient, coverage, agency, insurer, house;  // fullUrls

  // fullUrl of something that belongs to this request only, "document-0", say. Carries no personal data.
  [[nodiscard]] std::string own_url(std::string_view role) const;
};

// fullUrl of an instance that is the same in every request: an organization known by its number.
std::string shared_url(std::string_view role, std::string_view system, std::string_view number);

// The location number in the form that this payer wants (PayerProfile::location_format).
std::string location_number(const model::House& house, const model::PayerProfile& payer);

}  // namespace atz::fhir
