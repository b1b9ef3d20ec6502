// Who a search for members found.
#include "atz/fhir/reply.hpp"
#include "fhir/element.hpp"
#include "fhir/request_view.hpp"

namespace atz::fhir {
namespace {

FoundMember member_of(const Json& patient, const model::PayerProfile& profile) {
  FoundMember out;
  if (const Json* number = member_identifier(&patient)) out.member_id = text_of(*number, "value");
  if (out.member_id.empty()) out.member_id = identifier_with_system(&patient, profile.namespaces.member_id);
  if (const auto names = elements(patient, "name"); !names.empty()) {
    out.last = text_of(*names.front(), "family");
    const auto given = elements(*names.front(), "given");
    if (!given.empty() && given.front()->is_string()) out.first = given.front()->get<std::string>();
  }
  out.born = text_of(patient, "birthDate");
  out.gender = text_of(patient, "gender");
  return out;
}

}  // namespace

Result<std::vector<FoundMember>> read_patients(std::string_view body, const model::PayerProfile& profile) {
  const auto parsed = parse_json(body);
  if (!parsed) return fail(Failure::input, "the payer's answer can't be read: " + parsed.error());
  std::vector<FoundMember> out;
  if (resource_type(&*parsed) == "Patient") {
    out.push_back(member_of(*parsed, profile));
    return out;
  }
  if (resource_type(&*parsed) != "Bundle") return fail(Failure::input, "the payer's answer is no list of members");
  for (const Json* entry : elements(*parsed, "entry")) {
    const Json* resource = child(*entry, "resource");
    if (resource_type(resource) == "Patient") out.push_back(member_of(*resource, profile));
  }
  return out;
}

}  // namespace atz::fhir
