// What the resources of one member's request share: identifiers, fullUrls, and who it is about.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "atz/fhir/request.hpp"
#include "fhir/prior_bundle.hpp"
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

  model::Purpose purpose;
  // Of a purpose that rides on a case; a termination knows the number of the authorization that is to end, at most.
  std::string case_id, authorization_number;
  std::unique_ptr<const PriorBundle> prior;  // the Claim that is replaced; null: this is a new Claim

  std::string claim, patient, coverage, agency, insurer, house;  // fullUrls

  // A termination need not name a home.
  [[nodiscard]] bool names_house() const { return purpose != model::Purpose::termination || home.house.location; }

  // fullUrl of something that belongs to this request only, "document-1", say.
  [[nodiscard]] std::string own_url(std::string_view role) const;
};

// fullUrl of something that belongs to one request only. Carries no personal data.
std::string request_url(const std::string& claim_identifier, std::string_view role);
// fullUrl of an instance that is the same in every request: an organization known by its number.
std::string shared_url(std::string_view role, std::string_view system, std::string_view number);

// The location number in the form that this payer wants (PayerProfile::location_format).
std::string location_number(const model::House& house, const model::PayerProfile& payer);

}  // namespace atz::fhir
