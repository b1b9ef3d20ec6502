// Who the request is about, who asks, who is asked: and that all of them are the same throughout the bundle.
#include <algorithm>

#include "fhir/canonical.hpp"
#include "fhir/claim_check.hpp"
#include "fhir/primitives.hpp"
#include "fhir/x12.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

void check_addresses(const Json& holder, const std::string& path, Faults& faults) {
  const auto addresses = elements(holder, "address");
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const std::string place =
        path + ".address" + (child_or_null(holder, "address").is_array() ? "[" + std::to_string(i) + "]" : "");
    const auto lines = elements(*addresses[i], "line");
    for (std::size_t k = 0; k < lines.size(); ++k) {
      if (lines[k]->is_string())
        check_x12_text(lines[k]->get<std::string>(), kMaxAddressLineCharacters,
                       place + ".line[" + std::to_string(k) + "]", faults);
    }
    check_x12_text(text_of(*addresses[i], "city"), kMaxCityCharacters, place + ".city", faults);
  }
}

void check_patient(const RequestView& view, bool tolerant, Faults& faults) {
  if (resource_type(view.patient) != "Patient") return;
  const Json& patient = *view.patient;
  const std::string path = view.path_of(&patient);
  const auto names = elements(patient, "name");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string place = path + ".name[" + std::to_string(i) + "]";
    if (text_of(*names[i], "family").empty() && elements(*names[i], "given").empty()) {
      faults.add("required", place, "A family name or a given name is required.");
    }
    if (tolerant) continue;
    check_x12_text(text_of(*names[i], "family"), kMaxNameCharacters, place + ".family", faults);
    const auto given = elements(*names[i], "given");
    for (std::size_t k = 0; k < given.size(); ++k) {
      if (given[k]->is_string())
        check_x12_text(given[k]->get<std::string>(), kMaxNameCharacters, place + ".given[" + std::to_string(k) + "]",
                       faults);
    }
  }
  if (tolerant) return;
  check_addresses(patient, path, faults);
  if (member_identifier(&patient) == nullptr)
    faults.add("required", path + ".identifier", "The member's number (type MB) is required.");
  if (text_of(patient, "birthDate").empty()) faults.add("required", path + ".birthDate", "The birth date is required.");
  const bool inactive = child(patient, "active") != nullptr && *child(patient, "active") == Json(false);
  const bool deceased =
      child(patient, "deceasedDateTime") != nullptr || child_or_null(patient, "deceasedBoolean") == Json(true);
  if (inactive || deceased || child(patient, "link") != nullptr) {
    faults.add("not-supported", path, "A patient record that is inactive, deceased or linked can't be processed.");
  }
  if (has_profile(patient, profile::kSubscriber) && !has_profile(patient, profile::kBeneficiary)) {
    faults.add("invariant", path + ".meta.profile", "The patient must be a beneficiary.");
  }
}

void check_coverage(const RequestView& view, bool tolerant, Faults& faults) {
  if (resource_type(view.coverage) != "Coverage") return;
  const Json& coverage = *view.coverage;
  const std::string path = view.path_of(&coverage);
  const std::string from = view.url_of(&coverage);
  int member_numbers = 0;
  for (const Json* number : elements(coverage, "identifier")) {
    member_numbers += has_code(child(*number, "type"), codesystem::kIdentifierType, "MB") ? 1 : 0;
  }
  if (member_numbers != 1 && !tolerant)
    faults.add("required", path + ".identifier", "Exactly one identifier of type MB is required.");
  const bool self = has_code(child(coverage, "relationship"), x12_system(X12::relationship), "18");
  if (!self && child(coverage, "subscriber") == nullptr && !tolerant) {
    faults.add("invariant", path + ".subscriber", "The subscriber is required unless the relationship is 18 (self).");
  }
  const Json* beneficiary = view.resolver.find(child(coverage, "beneficiary"), from, coverage);
  if (beneficiary != nullptr && beneficiary != view.patient) {
    faults.add("invariant", path + ".beneficiary", "The beneficiary is not the patient of the Claim.");
  }
  const auto payors = elements(coverage, "payor");
  if (!payors.empty() && !tolerant && view.resolver.find(payors.front(), from, coverage) != view.insurer) {
    faults.add("invariant", path + ".payor", "The payor is not the insurer of the Claim.");
  }
}

void check_organization(const Json& organization, const std::string& path, Faults& faults) {
  check_x12_text(text_of(organization, "name"), kMaxNameCharacters, path + ".name", faults);
  check_addresses(organization, path, faults);
  const auto identifiers = elements(organization, "identifier");
  if (identifiers.empty()) faults.add("required", path + ".identifier", "An identifier is required.");
  for (std::size_t i = 0; i < identifiers.size(); ++i) {
    if (text_of(*identifiers[i], "system") == idsystem::kNpi && !is_npi(text_of(*identifiers[i], "value"))) {
      faults.add("value", path + ".identifier[" + std::to_string(i) + "].value",
                 "This is no NPI: ten digits, the last one a check digit.");
    }
  }
}

// Documents, answers and orders must be about the patient of the Claim.
void check_subjects(const RequestView& view, Faults& faults) {
  for (const Json* entry : elements(view.bundle, "entry")) {
    const Json* resource = child(*entry, "resource");
    if (resource == nullptr || child(*resource, "subject") == nullptr) continue;
    const Json* subject = view.resolver.find(child(*resource, "subject"), text_of(*entry, "fullUrl"), *resource);
    if (subject != nullptr && subject != view.patient) {
      faults.add("invariant", view.path_of(resource) + ".subject", "The subject is not the patient of the Claim.");
    }
  }
}

}  // namespace

void check_parties(const RequestView& view, bool tolerant, Faults& faults) {
  check_patient(view, tolerant, faults);
  check_coverage(view, tolerant, faults);
  if (tolerant) return;
  for (const Json* entry : elements(view.bundle, "entry")) {
    const Json* resource = child(*entry, "resource");
    if (resource_type(resource) == "Organization") check_organization(*resource, view.path_of(resource), faults);
  }
  check_subjects(view, faults);
}

}  // namespace atz::fhir
