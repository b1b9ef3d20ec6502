#include "atz/base/random.hpp"
#include "atz/fhir/request.hpp"
#include "fhir/bundle.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kInquiryNamespace = "1c9f1f0a-55b4-4f7e-a6a4-9c0f6f5f7d11";

struct Urls {
  std::string claim, patient, coverage, agency, insurer;
};

Urls urls_of(const InquiryInput& input) {
  const auto own = [&](const char* role) {
    return "urn:uuid:" + uuid_v5(kInquiryNamespace, input.inquiry_id + "\n" + role);
  };
  return {own("claim"), own("patient"), own("coverage"), shared_url("agency", idsystem::kNpi, input.provider_npi),
          shared_url("insurer", input.profile.insurer.system, input.profile.insurer.payer_id)};
}

// The key that the payer finds the case by: its own numbers when known, else code and days.
Json item_of(const InquiryInput& input) {
  Json item = Json::object();
  Json extensions = Json::array();
  if (!input.case_id.empty()) {
    extensions.push_back(extension_of(ext::kAdministrationReferenceNumber, "valueString", input.case_id));
  } else if (!input.authorization_number.empty()) {
    extensions.push_back(extension_of(ext::kAuthorizationNumber, "valueString", input.authorization_number));
  }
  const bool by_number = !extensions.empty();
  put_node(item, "extension", std::move(extensions));
  item["sequence"] = 1;
  if (by_number || input.code.empty()) {
    item["productOrService"] = concept_of(codesystem::kDataAbsentReason, "not-applicable");
  } else {
    item["productOrService"] = procedure_concept(input.code);
    Json modifiers = Json::array();
    for (const auto& modifier : input.modifiers) modifiers.push_back(concept_of(codesystem::kHcpcs, modifier));
    put_node(item, "modifier", std::move(modifiers));
  }
  if (!by_number && input.period) item["servicedPeriod"] = period_of(*input.period);
  return item;
}

Json claim_of(const InquiryInput& input, const Urls& urls) {
  Json claim = start_resource("Claim", profile::kClaimInquiry);
  const std::string trace_system = std::string(idsystem::kTraceOrganization) + input.profile.submitter.trace_org;
  claim["identifier"] = Json::array({identifier(trace_system, input.inquiry_id)});
  claim["status"] = "active";
  claim["type"] = concept_of(codesystem::kClaimType, "professional");
  claim["use"] = "preauthorization";
  claim["patient"] = reference_to(urls.patient);
  claim["created"] = model::format_instant(input.created);
  claim["insurer"] = reference_to(urls.insurer);
  claim["provider"] = reference_to(urls.agency);
  claim["priority"] = concept_of(codesystem::kPriority, "normal");
  Json insurance = Json::object();
  insurance["sequence"] = 1;
  insurance["focal"] = true;
  insurance["coverage"] = reference_to(urls.coverage);
  claim["insurance"] = Json::array({std::move(insurance)});
  claim["item"] = Json::array({item_of(input)});
  return claim;
}

Json member_number(const InquiryInput& input) {
  return Json::array(
      {typed_identifier(codesystem::kIdentifierType, "MB", input.profile.namespaces.member_id, input.member_id)});
}

Json patient_of(const InquiryInput& input) {
  Json patient = start_resource("Patient", profile::kBeneficiary);
  patient["identifier"] = member_number(input);
  Json name = Json::object();
  put(name, "family", input.last);
  if (!input.first.empty()) name["given"] = Json::array({input.first});
  patient["name"] = Json::array({std::move(name)});
  patient["gender"] = input.gender.empty() ? "unknown" : input.gender;
  put(patient, "birthDate", input.born);
  return patient;
}

Json coverage_of(const InquiryInput& input, const Urls& urls) {
  Json coverage = start_resource("Coverage", profile::kCoverage);
  coverage["identifier"] = member_number(input);
  coverage["status"] = "active";
  coverage["subscriberId"] = input.member_id;
  coverage["beneficiary"] = reference_to(urls.patient);
  coverage["relationship"]["coding"] =
      Json::array({coding(codesystem::kSubscriberRelationship, "self"), coding(x12_system(X12::relationship), "18")});
  coverage["payor"] = Json::array({reference_to(urls.insurer)});
  return coverage;
}

Json agency_of(const InquiryInput& input) {
  Json agency = start_resource("Organization", profile::kRequestor);
  agency["identifier"] = Json::array({identifier(idsystem::kNpi, input.provider_npi)});
  agency["active"] = true;
  agency["type"] = Json::array({x12_concept(X12::entity, "1P")});
  put(agency, "name", input.provider_name);
  return agency;
}

}  // namespace

std::string build_inquiry(const InquiryInput& input) {
  const Urls urls = urls_of(input);
  Json bundle = start_bundle(profile::kInquiryBundle, {}, {});
  bundle["identifier"] = identifier(input.profile.namespaces.submission, input.inquiry_id);
  bundle["type"] = "collection";
  bundle["timestamp"] = model::format_instant(input.created);
  bundle["entry"] =
      Json::array({entry_of(urls.claim, claim_of(input, urls)), entry_of(urls.patient, patient_of(input)),
                   entry_of(urls.coverage, coverage_of(input, urls)), entry_of(urls.agency, agency_of(input)),
                   entry_of(urls.insurer, insurer_resource(input.profile, urls.insurer).json)});
  return to_bytes(bundle);
}

}  // namespace atz::fhir
