#include "fhir/request_view.hpp"

#include "fhir/canonical.hpp"

namespace atz::fhir {
namespace {

const Json& first_resource(const Json& bundle) {
  const auto entries = elements(bundle, "entry");
  return entries.empty() ? child_or_null(bundle, "entry") : child_or_null(*entries.front(), "resource");
}

}  // namespace

RequestView::RequestView(const Json& request_bundle)
    : bundle(request_bundle), resolver(request_bundle), claim(&first_resource(request_bundle)) {
  const auto entries = elements(bundle, "entry");
  if (!entries.empty()) claim_url = text_of(*entries.front(), "fullUrl");
  patient = from_claim(child(*claim, "patient"));
  insurer = from_claim(child(*claim, "insurer"));
  provider = from_claim(child(*claim, "provider"));
  if (const auto insurances = elements(*claim, "insurance"); !insurances.empty()) {
    coverage = from_claim(child(*insurances.front(), "coverage"));
  }
}

std::string RequestView::url_of(const Json* resource) const {
  for (const Json* entry : elements(bundle, "entry")) {
    if (resource != nullptr && child(*entry, "resource") == resource) return text_of(*entry, "fullUrl");
  }
  return {};
}

std::string RequestView::path_of(const Json* resource) const {
  const Json& entries = child_or_null(bundle, "entry");
  for (std::size_t i = 0; entries.is_array() && i < entries.size(); ++i) {
    if (resource != nullptr && child(entries[i], "resource") == resource)
      return "Bundle.entry[" + std::to_string(i) + "].resource";
  }
  return "Bundle";
}

std::string identifier_with_system(const Json* resource, std::string_view system) {
  if (resource == nullptr) return {};
  for (const Json* candidate : elements(*resource, "identifier")) {
    if (text_of(*candidate, "system") == system) return text_of(*candidate, "value");
  }
  return {};
}

const Json* member_identifier(const Json* patient_or_coverage) {
  if (patient_or_coverage == nullptr) return nullptr;
  for (const Json* candidate : elements(*patient_or_coverage, "identifier")) {
    if (has_code(child(*candidate, "type"), codesystem::kIdentifierType, "MB")) return candidate;
  }
  return nullptr;
}

std::string npi_of_provider(const RequestView& view) {
  if (auto npi = identifier_with_system(view.provider, idsystem::kNpi); !npi.empty()) return npi;
  if (resource_type(view.provider) != "PractitionerRole") return {};
  const std::string from = view.url_of(view.provider);
  for (const char* role : {"organization", "practitioner"}) {
    const Json* target = view.resolver.find(child(*view.provider, role), from, *view.provider);
    if (auto npi = identifier_with_system(target, idsystem::kNpi); !npi.empty()) return npi;
  }
  return {};
}

}  // namespace atz::fhir
