// A request or inquiry bundle of somebody else's with its main resources found.
#pragma once

#include <string>

#include "fhir/element.hpp"

namespace atz::fhir {

struct RequestView {
  explicit RequestView(const Json& request_bundle);

  // Follows a reference that the Claim makes.
  [[nodiscard]] const Json* from_claim(const Json* reference_node) const {
    return resolver.find(reference_node, claim_url, *claim);
  }
  [[nodiscard]] std::string url_of(const Json* resource) const;   // fullUrl of an entry's resource
  [[nodiscard]] std::string path_of(const Json* resource) const;  // "Bundle.entry[3].resource"

  const Json& bundle;
  Resolver resolver;
  const Json* claim;  // the first entry's; never null, perhaps no Claim
  std::string claim_url;
  const Json* patient = nullptr;
  const Json* insurer = nullptr;
  const Json* provider = nullptr;  // Organization or PractitionerRole
  const Json* coverage = nullptr;
};

// Value of the identifier with that system, or of the one typed "MB" when `system` is empty.
std::string identifier_with_system(const Json* resource, std::string_view system);
const Json* member_identifier(const Json* patient_or_coverage);
std::string npi_of_provider(const RequestView& view);  // the Organization's, or the one behind a PractitionerRole

}  // namespace atz::fhir
