#include "fhir/canonical.hpp"
#include "fhir/schema_tables.hpp"

namespace atz::fhir {
namespace {

// A second code system of X12's, by the number of its list.
#define ATZ_X12(number) "https://codesystem.x12.org/005010/" number

constexpr Element kClaim[] = {
    {"identifier", 1, 2, "Identifier"},
    {"status", 1, 1, "code", {}, "active"},
    {"type", 1, 1, "CodeableConcept", codesystem::kClaimType, "professional institutional oral"},
    {"subType", 0, 1, "CodeableConcept"},
    {"use", 1, 1, "code", {}, "preauthorization"},
    {"patient", 1, 1, "Reference(Patient)"},
    {"billablePeriod", 0, 1, "Period"},
    {"created", 1, 1, "dateTime"},
    {"enterer", 0, 1, "Reference"},
    {"insurer", 1, 1, "Reference(Organization)"},
    {"provider", 1, 1, "Reference(Organization,PractitionerRole)"},
    {"priority", 1, 1, "CodeableConcept"},
    {"fundsReserve", 0, 1, "CodeableConcept"},
    {"related", 0, kMany, "Claim.related"},
    {"prescription", 0, 1, "Reference"},
    {"originalPrescription", 0, 1, "Reference"},
    {"payee", 0, 1, "Open"},
    {"referral", 0, 1, "Reference"},
    {"facility", 0, 1, "Reference"},
    {"careTeam", 0, kMany, "Claim.careTeam"},
    {"supportingInfo", 0, kMany, "Claim.supportingInfo"},
    {"diagnosis", 0, kMany, "Claim.diagnosis"},
    {"procedure", 0, kMany, "Open"},
    {"insurance", 1, kMany, "Claim.insurance"},
    {"accident", 0, 1, "Claim.accident"},
    {"item", 1, kMany, "Claim.item"},
    {"total", 0, 1, "Money"},
};
constexpr Element kRelated[] = {
    {"claim", 0, 1, "Reference(Claim)"},
    {"relationship", 0, 1, "CodeableConcept"},
    {"reference", 0, 1, "LooseIdentifier"},
};
constexpr Element kCareTeam[] = {
    {"sequence", 1, 1, "positiveInt"},          {"provider", 1, 1, "Reference(Organization,PractitionerRole)"},
    {"responsible", 0, 1, "boolean"},           {"role", 0, 1, "CodeableConcept", ATZ_X12("98")},
    {"qualification", 0, 1, "CodeableConcept"},
};
constexpr Element kSupportingInfo[] = {
    {"sequence", 1, 1, "positiveInt"},
    {"category", 1, 1, "CodeableConcept", codesystem::kPas,
     "patientEvent admissionDates dischargeDates additionalInformation freeFormMessage"},
    {"code", 0, 1, "CodeableConcept"},
    {"timing[x]", 0, 1, "date|Period:DayPeriod"},
    {"value[x]", 0, 1, "boolean|string|Quantity|Attachment|Reference"},
    {"reason", 0, 1, "CodeableConcept"},
};
constexpr Element kDiagnosis[] = {
    {"sequence", 1, 1, "positiveInt"},
    {"diagnosis[x]", 1, 1, "CodeableConcept"},
    {"type", 0, 1, "CodeableConcept[]", codesystem::kPas, "principal admitting patientreasonforvisit"},
    {"onAdmission", 0, 1, "CodeableConcept"},
    {"packageCode", 0, 1, "CodeableConcept"},
};
constexpr Element kInsurance[] = {
    {"sequence", 1, 1, "positiveInt"},       {"focal", 1, 1, "boolean", {}, "true"},
    {"identifier", 0, 1, "LooseIdentifier"}, {"coverage", 1, 1, "Reference(Coverage)"},
    {"businessArrangement", 0, 1, "string"}, {"preAuthRef", 0, kMany, "string"},
    {"claimResponse", 0, 1, "Reference"},
};
constexpr Element kAccident[] = {
    {"date", 1, 1, "date"},
    {"type", 0, 1, "CodeableConcept", ATZ_X12("1362")},
    {"location[x]", 0, 1, "Address"},
};
constexpr Element kItem[] = {
    {"sequence", 1, 1, "positiveInt"},
    {"careTeamSequence", 0, kMany, "positiveInt"},
    {"diagnosisSequence", 0, kMany, "positiveInt"},
    {"procedureSequence", 0, kMany, "positiveInt"},
    {"informationSequence", 0, kMany, "positiveInt"},
    {"revenue", 0, 1, "CodeableConcept"},
    {"category", 1, 1, "CodeableConcept", ATZ_X12("1365")},
    {"productOrService", 1, 1, "CodeableConcept"},
    {"modifier", 0, kMany, "CodeableConcept"},
    {"programCode", 0, kMany, "CodeableConcept"},
    {"serviced[x]", 0, 1, "date|Period:DayPeriod"},
    {"location[x]", 1, 1, "CodeableConcept"},
    {"quantity", 0, 1, "Quantity"},
    {"unitPrice", 0, 1, "Money"},
    {"factor", 0, 1, "decimal"},
    {"net", 0, 1, "Money"},
    {"udi", 0, kMany, "Reference"},
    {"bodySite", 0, 1, "CodeableConcept"},
    {"subSite", 0, kMany, "CodeableConcept"},
    {"encounter", 0, kMany, "Reference"},
    {"detail", 0, kMany, "Open"},
};

// $inquire: a query by example, so most of a line may be missing.
constexpr Element kInquiryClaim[] = {
    {"identifier", 1, 1, "Identifier[]"},
    {"status", 1, 1, "code", {}, "active"},
    {"type", 1, 1, "CodeableConcept", codesystem::kClaimType, "professional institutional oral"},
    {"subType", 0, 1, "CodeableConcept"},
    {"use", 1, 1, "code", {}, "preauthorization"},
    {"patient", 1, 1, "Reference(Patient)"},
    {"billablePeriod", 0, 1, "Period"},
    {"created", 1, 1, "dateTime"},
    {"enterer", 0, 1, "Reference"},
    {"insurer", 1, 1, "Reference(Organization)"},
    {"provider", 1, 1, "Reference(Organization,PractitionerRole)"},
    {"priority", 1, 1, "CodeableConcept"},
    {"related", 0, kMany, "Claim.related"},
    {"facility", 0, 1, "Reference"},
    {"careTeam", 0, kMany, "Claim.careTeam"},
    {"supportingInfo", 0, kMany, "Claim.supportingInfo"},
    {"diagnosis", 0, kMany, "Claim.diagnosis"},
    {"insurance", 1, kMany, "Claim.insurance"},
    {"accident", 0, 1, "Claim.accident"},
    {"item", 0, kMany, "InquiryClaim.item"},
    {"total", 0, 1, "Money"},
};
constexpr Element kInquiryItem[] = {
    {"sequence", 1, 1, "positiveInt"},
    {"careTeamSequence", 0, kMany, "positiveInt"},
    {"diagnosisSequence", 0, kMany, "positiveInt"},
    {"informationSequence", 0, kMany, "positiveInt"},
    {"revenue", 0, 1, "CodeableConcept"},
    {"category", 0, 1, "CodeableConcept"},
    {"productOrService", 1, 1, "CodeableConcept"},
    {"modifier", 0, kMany, "CodeableConcept"},
    {"programCode", 0, kMany, "CodeableConcept"},
    {"serviced[x]", 0, 1, "date|Period:DayPeriod"},
    {"location[x]", 0, 1, "CodeableConcept"},
    {"quantity", 0, 1, "Quantity"},
    {"unitPrice", 0, 1, "Money"},
};

constexpr TypeDef kTypes[] = {
    {"Claim", TypeKind::resource, kClaim},
    {"Claim.related", TypeKind::backbone, kRelated},
    {"Claim.careTeam", TypeKind::backbone, kCareTeam},
    {"Claim.supportingInfo", TypeKind::backbone, kSupportingInfo},
    {"Claim.diagnosis", TypeKind::backbone, kDiagnosis},
    {"Claim.insurance", TypeKind::backbone, kInsurance},
    {"Claim.accident", TypeKind::backbone, kAccident},
    {"Claim.item", TypeKind::backbone, kItem},
    {"InquiryClaim", TypeKind::resource, kInquiryClaim},
    {"InquiryClaim.item", TypeKind::backbone, kInquiryItem},
};

// Context, number and value of PAS's own extensions.
constexpr ExtensionDef kExtensions[] = {
    {ext::kLevelOfService, "Claim", 0, 1, "CodeableConcept", ATZ_X12("1338")},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-TransmissionIdentifiers", "Claim", 0, 1, ""},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-conditionCode", "Claim", 0, kMany, ""},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-homeHealthCareInformation", "Claim", 0, 1, ""},
    {ext::kCertificationType, "Claim", 0, 1, "CodeableConcept", ATZ_X12("1322")},
    {ext::kCareTeamClaimScope, "Claim.careTeam", 1, 1, "boolean"},
    {ext::kInfoChanged, "Claim.supportingInfo", 0, 1, "code"},
    {ext::kInfoChanged, "Claim.item", 0, 1, "code"},
    {ext::kDocumentInformation, "Claim.supportingInfo", 0, 1, ""},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-diagnosisRecordedDate", "Claim.diagnosis", 0, 1,
     "date"},
    {ext::kServiceItemRequestType, "Claim.item", 1, 1, "CodeableConcept", ATZ_X12("1525")},
    {ext::kCertificationType, "Claim.item", 1, 1, "CodeableConcept", ATZ_X12("1322")},
    {ext::kItemTraceNumber, "Claim.item", 0, kMany, "Identifier"},
    {ext::kAuthorizationNumber, "Claim.item", 0, 1, "string"},
    {ext::kAdministrationReferenceNumber, "Claim.item", 0, 1, "string"},
    {ext::kRequestedService, "Claim.item", 0, 1,
     "Reference(ServiceRequest,DeviceRequest,MedicationRequest,NutritionOrder)"},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-productOrServiceCodeEnd", "Claim.item", 0, 1,
     "CodeableConcept"},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-epsdtIndicator", "Claim.item", 0, 1, "boolean"},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-nursingHomeResidentialStatus", "Claim.item", 0,
     1, "CodeableConcept", ATZ_X12("1345")},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-nursingHomeLevelOfCare", "Claim.item", 0, 1,
     "CodeableConcept", ATZ_X12("1337")},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-revenueUnitRateLimit", "Claim.item", 0, 1,
     "decimal"},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-identifierSubDepartment", "Identifier", 0, 1,
     "string"},
    {"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-identifierJurisdiction", "Identifier", 0, 1,
     "CodeableConcept"},

    {ext::kCertificationType, "InquiryClaim", 0, 1, "CodeableConcept"},
    {ext::kServiceItemRequestType, "InquiryClaim.item", 0, 1, "CodeableConcept"},
    {ext::kCertificationType, "InquiryClaim.item", 0, 1, "CodeableConcept"},
    {ext::kItemTraceNumber, "InquiryClaim.item", 0, kMany, "Identifier"},
    {ext::kAuthorizationNumber, "InquiryClaim.item", 0, 1, "string"},
    {ext::kAdministrationReferenceNumber, "InquiryClaim.item", 0, 1, "string"},
    {ext::kReviewActionCode, "InquiryClaim.item", 0, 1, "CodeableConcept"},
};

#undef ATZ_X12

}  // namespace

std::span<const TypeDef> claim_tables() {
  return kTypes;
}
std::span<const ExtensionDef> extension_defs() {
  return kExtensions;
}

}  // namespace atz::fhir
