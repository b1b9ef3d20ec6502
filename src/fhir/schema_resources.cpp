// The resources that go with a Claim, as PAS 2.2.1 and US Core 7.0.0 narrow them.
#include <algorithm>

#include "fhir/canonical.hpp"
#include "fhir/schema_tables.hpp"

namespace atz::fhir {
namespace {

constexpr Element kPatient[] = {
    {"identifier", 1, kMany, "Identifier"},
    {"active", 0, 1, "boolean"},
    {"name", 1, kMany, "HumanName"},
    {"telecom", 0, kMany, "ContactPoint"},
    {"gender", 1, 1, "code", {}, "male female other unknown"},
    {"birthDate", 0, 1, "date"},
    {"deceased[x]", 0, 1, "boolean|dateTime"},
    {"address", 0, kMany, "Address"},
    {"maritalStatus", 0, 1, "CodeableConcept"},
    {"multipleBirth[x]", 0, 1, "boolean|integer"},
    {"photo", 0, kMany, "Open"},
    {"contact", 0, kMany, "Patient.contact"},
    {"communication", 0, kMany, "Open"},
    {"generalPractitioner", 0, kMany, "Reference"},
    {"managingOrganization", 0, 1, "Reference"},
    {"link", 0, kMany, "Open"},
};
constexpr Element kPatientContact[] = {
    {"relationship", 0, kMany, "CodeableConcept"},
    {"name", 0, 1, "HumanName"},
    {"telecom", 0, kMany, "ContactPoint"},
    {"address", 0, 1, "Address"},
    {"gender", 0, 1, "code"},
    {"organization", 0, 1, "Reference"},
    {"period", 0, 1, "Period"},
};

constexpr Element kCoverage[] = {
    {"identifier", 1, kMany, "CoverageIdentifier"},
    {"status", 1, 1, "code", {}, "active"},
    {"type", 0, 1, "CodeableConcept"},
    {"policyHolder", 0, 1, "Reference"},
    {"subscriber", 0, 1, "Reference(Patient)"},
    {"subscriberId", 0, 1, "string"},
    {"beneficiary", 1, 1, "Reference(Patient)"},
    {"dependent", 0, 1, "string"},
    {"relationship", 1, 1, "CodeableConcept"},
    {"period", 0, 1, "Period"},
    {"payor", 1, 1, "Reference(Organization)[]"},
    {"class", 0, kMany, "Coverage.class"},
    {"order", 0, 1, "positiveInt"},
    {"network", 0, 1, "string"},
    {"costToBeneficiary", 0, kMany, "Open"},
    {"subrogation", 0, 1, "boolean"},
    {"contract", 0, kMany, "Reference"},
};
constexpr Element kCoverageClass[] = {
    {"type", 1, 1, "CodeableConcept"}, {"value", 1, 1, "string"}, {"name", 0, 1, "string"}};

constexpr Element kOrganization[] = {
    {"identifier", 0, kMany, "Identifier"},
    {"active", 1, 1, "boolean", {}, "true"},
    {"type", 0, kMany, "CodeableConcept", "https://codesystem.x12.org/005010/98"},
    {"name", 1, 1, "string"},
    {"alias", 0, kMany, "string"},
    {"telecom", 0, kMany, "ContactPoint"},
    {"address", 0, kMany, "Address"},
    {"partOf", 0, 1, "Reference"},
    {"contact", 0, kMany, "Organization.contact"},
    {"endpoint", 0, kMany, "Reference"},
};
constexpr Element kOrganizationContact[] = {
    {"purpose", 0, 1, "CodeableConcept"},
    {"name", 0, 1, "HumanName"},
    {"telecom", 0, kMany, "ContactPoint"},
    {"address", 0, 1, "Address"},
};

constexpr Element kDocumentReference[] = {
    {"masterIdentifier", 0, 1, "LooseIdentifier"},
    {"identifier", 0, kMany, "LooseIdentifier"},
    {"status", 1, 1, "code", {}, "current superseded"},
    {"docStatus", 0, 1, "code"},
    {"type", 1, 1, "CodeableConcept"},
    {"category", 1, kMany, "CodeableConcept"},
    {"subject", 1, 1, "Reference(Patient)"},
    {"date", 0, 1, "instant"},
    {"author", 0, kMany, "Reference"},
    {"authenticator", 0, 1, "Reference"},
    {"custodian", 0, 1, "Reference"},
    {"relatesTo", 0, kMany, "Open"},
    {"description", 0, 1, "string"},
    {"securityLabel", 0, kMany, "CodeableConcept"},
    {"content", 1, kMany, "DocumentReference.content"},
    {"context", 0, 1, "Open"},
};
constexpr Element kContent[] = {{"attachment", 1, 1, "Attachment"}, {"format", 0, 1, "Coding"}};

constexpr Element kQuestionnaireResponse[] = {
    {"identifier", 0, 1, "LooseIdentifier"},
    {"basedOn", 0, kMany, "Reference"},
    {"partOf", 0, kMany, "Reference"},
    {"questionnaire", 1, 1, "canonical"},
    {"status", 1, 1, "code", {}, "in-progress completed amended entered-in-error stopped"},
    {"subject", 1, 1, "Reference(Patient)"},
    {"encounter", 0, 1, "Reference"},
    {"authored", 1, 1, "dateTime"},
    {"author", 0, 1, "Reference"},
    {"source", 0, 1, "Reference"},
    {"item", 0, kMany, "QuestionnaireResponse.item"},
};
constexpr Element kAnswerItem[] = {
    {"linkId", 1, 1, "string"},
    {"definition", 0, 1, "uri"},
    {"text", 0, 1, "string"},
    {"answer", 0, kMany, "QuestionnaireResponse.answer"},
    {"item", 0, kMany, "QuestionnaireResponse.item"},
};
constexpr Element kAnswer[] = {
    {"value[x]", 1, 1,
     "boolean|decimal|integer|date|dateTime|time:string|string|uri|Attachment|Coding|Quantity:Duration|Reference"},
    {"item", 0, kMany, "QuestionnaireResponse.item"},
};

constexpr Element kServiceRequest[] = {
    {"identifier", 0, kMany, "LooseIdentifier"},
    {"instantiatesCanonical", 0, kMany, "canonical"},
    {"instantiatesUri", 0, kMany, "uri"},
    {"basedOn", 0, kMany, "Reference"},
    {"replaces", 0, kMany, "Reference"},
    {"requisition", 0, 1, "LooseIdentifier"},
    {"status", 1, 1, "code", {}, "draft active on-hold revoked completed entered-in-error unknown"},
    {"intent", 1, 1, "code", {}, "order"},
    {"category", 0, kMany, "CodeableConcept"},
    {"priority", 0, 1, "code"},
    {"doNotPerform", 0, 1, "boolean"},
    {"code", 1, 1, "CodeableConcept"},
    {"orderDetail", 0, kMany, "CodeableConcept"},
    {"quantity[x]", 0, 1, "Quantity"},
    {"subject", 1, 1, "Reference(Patient)"},
    {"encounter", 0, 1, "Reference"},
    {"occurrence[x]", 0, 1, "dateTime|Period|Timing"},
    {"asNeeded[x]", 0, 1, "boolean|CodeableConcept"},
    {"authoredOn", 0, 1, "dateTime"},
    {"requester", 0, 1, "Reference"},
    {"performerType", 0, 1, "CodeableConcept"},
    {"performer", 0, kMany, "Reference"},
    {"locationCode", 0, kMany, "CodeableConcept"},
    {"locationReference", 0, kMany, "Reference"},
    {"reasonCode", 0, kMany, "CodeableConcept"},
    {"reasonReference", 0, kMany, "Reference"},
    {"insurance", 0, kMany, "Reference"},
    {"supportingInfo", 0, kMany, "Reference"},
    {"specimen", 0, kMany, "Reference"},
    {"bodySite", 0, kMany, "CodeableConcept"},
    {"note", 0, kMany, "Open"},
    {"patientInstruction", 0, 1, "string"},
    {"relevantHistory", 0, kMany, "Reference"},
};

constexpr TypeDef kTypes[] = {
    {"Patient", TypeKind::resource, kPatient},
    {"Patient.contact", TypeKind::backbone, kPatientContact},
    {"Coverage", TypeKind::resource, kCoverage},
    {"Coverage.class", TypeKind::backbone, kCoverageClass},
    {"Organization", TypeKind::resource, kOrganization},
    {"Organization.contact", TypeKind::backbone, kOrganizationContact},
    {"DocumentReference", TypeKind::resource, kDocumentReference},
    {"DocumentReference.content", TypeKind::backbone, kContent},
    {"QuestionnaireResponse", TypeKind::resource, kQuestionnaireResponse},
    {"QuestionnaireResponse.item", TypeKind::backbone, kAnswerItem},
    {"QuestionnaireResponse.answer", TypeKind::backbone, kAnswer},
    {"ServiceRequest", TypeKind::resource, kServiceRequest},
};

}  // namespace

std::span<const TypeDef> resource_tables() {
  return kTypes;
}

bool is_recent(std::string_view type, std::string_view element_or_url) {
  constexpr std::pair<std::string_view, std::string_view> kRecent[] = {
      {"Claim.item", "location[x]"},
      {"Claim.item", ext::kServiceItemRequestType},
      {"Claim.item", ext::kCertificationType},
      {"Coverage", "identifier"},
      {"Coverage", "relationship"},
      {"Organization", "active"},
  };
  return std::find(std::begin(kRecent), std::end(kRecent), std::pair(type, element_or_url)) != std::end(kRecent);
}

const TypeDef* find_type(std::string_view name) {
  for (const auto tables : {data_type_tables(), claim_tables(), resource_tables()}) {
    const auto hit = std::find_if(tables.begin(), tables.end(), [&](const TypeDef& type) { return type.name == name; });
    if (hit != tables.end()) return &*hit;
  }
  return nullptr;
}

}  // namespace atz::fhir
