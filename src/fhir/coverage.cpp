#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {

// A Medicaid member is their own subscriber.
Resource coverage_resource(const RequestContext& context) {
  Resource out{context.coverage, start_resource("Coverage", profile::kCoverage), {}};
  const std::string id = context.member.id ? *context.member.id : std::string{};
  out.json["identifier"] =
      Json::array({typed_identifier(codesystem::kIdentifierType, "MB", context.payer.namespaces.member_id, id)});
  out.json["status"] = "active";
  out.json["subscriberId"] = id;
  out.json["beneficiary"] = reference_to(context.patient);
  out.json["relationship"]["coding"] =
      Json::array({coding(codesystem::kSubscriberRelationship, "self"), coding(x12_system(X12::relationship), "18")});
  out.json["payor"] = Json::array({reference_to(context.insurer)});
  out.came_from("", "MaineCare ID" + context.of_member, context.member.id.span);
  return out;
}

}  // namespace atz::fhir
