#include "atz/fhir/payer_side.hpp"
#include "fhir/bundle_check.hpp"
#include "fhir/canonical.hpp"
#include "fhir/claim_check.hpp"
#include "fhir/content_digest.hpp"
#include "fhir/message_body.hpp"
#include "fhir/received.hpp"
#include "fhir/update_view.hpp"
#include "fhir/x12.hpp"

namespace atz::fhir {
namespace {

std::string json_of(const Json* resource) {
  return resource == nullptr ? std::string{} : to_bytes(*resource);
}

std::string first_given(const Json& name) {
  const auto given = elements(name, "given");
  return !given.empty() && given.front()->is_string() ? given.front()->get<std::string>() : std::string{};
}

// The tag's name space is the sender's choice, so only its last part is looked at.
void read_bundle(const RequestView& view, ReceivedRequest& out) {
  const Json& identifier = child_or_null(view.bundle, "identifier");
  out.bundle_system = text_of(identifier, "system");
  out.bundle_identifier = text_of(identifier, "value");
  for (const Json* tag : elements(child_or_null(view.bundle, "meta"), "tag")) {
    const std::string system = text_of(*tag, "system");
    constexpr std::string_view kEnd = "/home-batch";
    if (system.size() >= kEnd.size() && system.compare(system.size() - kEnd.size(), kEnd.size(), kEnd) == 0)
      out.batch = text_of(*tag, "code");
  }
}

void read_update(const RequestView& view, ReceivedRequest& out) {
  const Json& claim = *view.claim;
  out.is_update = is_update(view);
  if (!out.is_update) return;
  out.cancels_all = certification_of(claim) == kCancelCode;
  const Json* prior = nullptr;
  for (const Json* related : elements(claim, "related")) {
    if (prior == nullptr) prior = view.from_claim(child(*related, "claim"));
    if (out.related_case.empty()) out.related_case = text_of(child_or_null(*related, "reference"), "value");
  }
  if (resource_type(prior) != "Claim") {
    const auto claims = claims_of(view.bundle);
    prior = claims.size() > 1 ? claims[1] : nullptr;
  }
  if (prior == nullptr) return;
  if (const auto identifiers = elements(*prior, "identifier"); !identifiers.empty()) {
    out.prior_system = text_of(*identifiers.front(), "system");
    out.prior_identifier = text_of(*identifiers.front(), "value");
  }
}

void read_claim(const RequestView& view, ReceivedRequest& out) {
  const Json& claim = *view.claim;
  if (const auto identifiers = elements(claim, "identifier"); !identifiers.empty()) {
    out.claim_system = text_of(*identifiers.front(), "system");
    out.claim_identifier = text_of(*identifiers.front(), "value");
  }
  out.claim_url = view.claim_url;
  out.claim_type = code_of(child(claim, "type"), codesystem::kClaimType);
  out.request_kind = code_of(child(claim, "subType"));
  read_update(view, out);
  if (const Json* level = extension(claim, ext::kLevelOfService))
    out.level_of_service = code_of(child(*level, "valueCodeableConcept"));
  out.priority = code_of(child(claim, "priority"));
  for (const Json* diagnosis : elements(claim, "diagnosis")) {
    std::string code = code_of(child(*diagnosis, "diagnosisCodeableConcept"), codesystem::kIcd10Cm);
    if (code.empty()) continue;
    bool principal = false;
    for (const Json* type : elements(*diagnosis, "type"))
      principal = principal || has_code(type, codesystem::kPas, "principal");
    out.diagnoses.insert(principal ? out.diagnoses.begin() : out.diagnoses.end(), std::move(code));
  }
  for (const Json* info : elements(claim, "supportingInfo")) {
    const std::string category = code_of(child(*info, "category"), codesystem::kPas);
    if (category == "freeFormMessage") out.messages.push_back({text_of(*info, "valueString"), change_of(*info)});
    if (category == "dischargeDates") out.discharge_on = model::parse_date(text_of(*info, "timingDate"));
  }
}

void read_patient(const RequestView& view, ReceivedRequest& out) {
  if (view.patient == nullptr) return;
  const Json& patient = *view.patient;
  const Json* number = member_identifier(&patient);
  if (number == nullptr) number = member_identifier(view.coverage);
  if (const auto numbers = elements(patient, "identifier"); number == nullptr && !numbers.empty())
    number = numbers.front();
  if (number != nullptr) {
    out.member_id_system = text_of(*number, "system");
    out.member_id = text_of(*number, "value");
  }
  if (const auto names = elements(patient, "name"); !names.empty()) {
    out.last = text_of(*names.front(), "family");
    out.first = first_given(*names.front());
  }
  out.born = text_of(patient, "birthDate");
  out.gender = text_of(patient, "gender");
  out.phone = phone_of(patient);
  out.patient_url = view.url_of(&patient);
  out.contacts = received_contacts(patient);
}

void read_organizations(const RequestView& view, ReceivedRequest& out) {
  out.insurer_url = view.url_of(view.insurer);
  if (view.insurer != nullptr) {
    if (const auto numbers = elements(*view.insurer, "identifier"); !numbers.empty()) {
      out.insurer_id_system = text_of(*numbers.front(), "system");
      out.insurer_id = text_of(*numbers.front(), "value");
    }
  }
  out.provider_url = view.url_of(view.provider);
  out.provider_npi = npi_of_provider(view);
  if (view.provider != nullptr) {
    out.provider_name = text_of(*view.provider, "name");
    for (const Json* telecom : elements(*view.provider, "telecom")) {
      if (text_of(*telecom, "system") == "fax") out.provider_fax = text_of(*telecom, "value");
    }
  }
  for (const Json* member : elements(*view.claim, "careTeam")) {
    const Json* house = view.from_claim(child(*member, "provider"));
    if (resource_type(house) != "Organization" || !has_code(child(*member, "role"), x12_system(X12::entity), "SJ"))
      continue;
    out.home_name = text_of(*house, "name");
    for (const Json* number : elements(*house, "identifier")) {
      if (text_of(*number, "system") != idsystem::kNpi) out.location = text_of(*number, "value");
    }
    if (const auto addresses = elements(*house, "address"); !addresses.empty())
      out.home_address = text_of_address(*addresses.front());
    break;
  }
}

}  // namespace

std::variant<ReceivedRequest, Fault> read_submit(std::string_view body, bool tolerant) {
  const auto bundle = bundle_of_body(body);
  if (!bundle) return bundle.error();
  const RequestView view(*bundle);
  Faults faults;
  check_bundle(view, RequestProfile::submit, tolerant, faults);
  check_claim(view, RequestProfile::submit, tolerant, faults);
  if (!faults.empty()) return breaks_profile(faults.take());

  ReceivedRequest out;
  read_bundle(view, out);
  read_claim(view, out);
  read_patient(view, out);
  read_organizations(view, out);
  out.lines = received_lines(view);
  out.questionnaires = received_questionnaires(view);
  out.documents = received_documents(view);
  out.content_digest = content_digest(view);
  out.patient_json = json_of(view.patient);
  out.insurer_json = json_of(view.insurer);
  out.provider_json = json_of(view.provider);
  return out;
}

}  // namespace atz::fhir
