// The canonical URLs of PAS 2.2.1 and of what it builds on.
#pragma once

#include <string_view>

namespace atz::fhir {

namespace profile {
inline constexpr std::string_view kBeneficiary =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-beneficiary";
inline constexpr std::string_view kSubscriber =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-subscriber";
inline constexpr std::string_view kClaim = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claim";
inline constexpr std::string_view kClaimUpdate =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claim-update";
inline constexpr std::string_view kClaimInquiry =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claim-inquiry";
inline constexpr std::string_view kClaimResponse =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claimresponse";
inline constexpr std::string_view kClaimInquiryResponse =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-claiminquiryresponse";
inline constexpr std::string_view kCommunicationRequest =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-communicationrequest";
inline constexpr std::string_view kCoverage = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-coverage";
inline constexpr std::string_view kDocumentReference =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-documentreference";
inline constexpr std::string_view kInsurer = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-insurer";
inline constexpr std::string_view kRequestor =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-requestor";
inline constexpr std::string_view kServiceRequest =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-servicerequest";
inline constexpr std::string_view kRequestBundle =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-pas-request-bundle";
inline constexpr std::string_view kResponseBundle =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-pas-response-bundle";
inline constexpr std::string_view kInquiryBundle =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-pas-inquiry-request-bundle";
inline constexpr std::string_view kInquiryResponseBundle =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-pas-inquiry-response-bundle";
inline constexpr std::string_view kQuestionnaireResponse =
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-questionnaireresponse";
inline constexpr std::string_view kTask = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/profile-task";
inline constexpr std::string_view kSubmitAttachment =
    "http://hl7.org/fhir/us/davinci-cdex/StructureDefinition/cdex-parameters-submit-attachment";
}  // namespace profile

namespace ext {
inline constexpr std::string_view kAdministrationReferenceNumber =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-administrationReferenceNumber";
inline constexpr std::string_view kAuthorizationNumber =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-authorizationNumber";
inline constexpr std::string_view kCareTeamClaimScope =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-careTeamClaimScope";
inline constexpr std::string_view kCertificationType =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-certificationType";
inline constexpr std::string_view kDocumentInformation =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-documentInformation";
inline constexpr std::string_view kErrorElement =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-errorElement";
inline constexpr std::string_view kErrorFollowupAction =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-errorFollowupAction";
inline constexpr std::string_view kErrorPath =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-errorPath";
// A modifier: the entry is withdrawn, whatever else it says.
inline constexpr std::string_view kInfoCancelled =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/modifierextension-infoCancelled";
inline constexpr std::string_view kInfoChanged =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-infoChanged";
inline constexpr std::string_view kItemAuthorizedDetail =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-itemAuthorizedDetail";
inline constexpr std::string_view kItemPreAuthIssueDate =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-itemPreAuthIssueDate";
inline constexpr std::string_view kItemPreAuthPeriod =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-itemPreAuthPeriod";
inline constexpr std::string_view kItemRequestedServiceDate =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-itemRequestedServiceDate";
inline constexpr std::string_view kItemTraceNumber =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-itemTraceNumber";
inline constexpr std::string_view kLevelOfService =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-levelOfServiceCode";
// Line numbers in messages of payers before 2.2.
inline constexpr std::string_view kPaLineNumber =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-paLineNumber";
inline constexpr std::string_view kRequestedService =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-requestedService";
inline constexpr std::string_view kReviewAction =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewAction";
inline constexpr std::string_view kReviewActionCode =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewActionCode";
inline constexpr std::string_view kServiceItemRequestType =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-serviceItemRequestType";
inline constexpr std::string_view kServiceLineNumber =
    "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-serviceLineNumber";
}  // namespace ext

// All PAS extensions and profiles start so.
inline constexpr std::string_view kPasDefinitions = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/";

namespace operation {
inline constexpr std::string_view kSubmit = "http://hl7.org/fhir/us/davinci-pas/OperationDefinition/Claim-submit";
inline constexpr std::string_view kInquire = "http://hl7.org/fhir/us/davinci-pas/OperationDefinition/Claim-inquiry";
inline constexpr std::string_view kSubmitAttachment =
    "http://hl7.org/fhir/us/davinci-cdex/OperationDefinition/submit-attachment";
}  // namespace operation

namespace codesystem {
inline constexpr std::string_view kAdjudication = "http://terminology.hl7.org/CodeSystem/adjudication";
inline constexpr std::string_view kClaimType = "http://terminology.hl7.org/CodeSystem/claim-type";
inline constexpr std::string_view kDataAbsentReason = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
inline constexpr std::string_view kDocumentCategory =
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
inline constexpr std::string_view kHcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
inline constexpr std::string_view kCpt = "http://www.ama-assn.org/go/cpt";
inline constexpr std::string_view kIcd10Cm = "http://hl7.org/fhir/sid/icd-10-cm";
inline constexpr std::string_view kIdentifierType = "http://terminology.hl7.org/CodeSystem/v2-0203";
inline constexpr std::string_view kPayerIdentifierType =
    "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType";
inline constexpr std::string_view kLoinc = "http://loinc.org";
inline constexpr std::string_view kNullFlavor = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";
inline constexpr std::string_view kPas = "http://hl7.org/fhir/us/davinci-pas/CodeSystem/PASTempCodes";
inline constexpr std::string_view kPlaceOfService =
    "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set";
inline constexpr std::string_view kPriority = "http://terminology.hl7.org/CodeSystem/processpriority";
inline constexpr std::string_view kRelatedClaim = "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship";
inline constexpr std::string_view kRole = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
inline constexpr std::string_view kSubscriberRelationship =
    "http://terminology.hl7.org/CodeSystem/subscriber-relationship";
inline constexpr std::string_view kSmartSecurity = "http://terminology.hl7.org/CodeSystem/restful-security-service";
inline constexpr std::string_view kUcum = "http://unitsofmeasure.org";
}  // namespace codesystem

namespace idsystem {
inline constexpr std::string_view kNpi = "http://hl7.org/fhir/sid/us-npi";
inline constexpr std::string_view kEin = "http://terminology.hl7.org/NamingSystem/USEIN";
inline constexpr std::string_view kControlNumber = "https://payer.example/ns/acn";  // of the embedded payer
inline constexpr std::string_view kTraceOrganization = "urn:trnorg:";  // followed by the ten characters of TRN03
}  // namespace idsystem

}  // namespace atz::fhir
