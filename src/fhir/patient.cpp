#include "atz/base/text.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

Json name_of(const model::PersonName& name) {
  Json json = Json::object();
  if (name.last) put(json, "family", trim(*name.last));
  Json given = Json::array();
  for (const auto* part : {&name.first, &name.middle}) {
    if (*part && !trim(**part).empty()) given.push_back(trim(**part));
  }
  put_node(json, "given", std::move(given));
  return json;
}

Json contact_of(const model::LetterRecipient& person, Json relationship) {
  Json json = Json::object();
  json["relationship"] = Json::array({std::move(relationship)});
  if (person.name) put(json["name"], "text", trim(*person.name));
  if (person.phone) json["telecom"] = Json::array({telecom("phone", trim(*person.phone))});
  put_node(json, "address", address_of(person.address));
  return json;
}

void note_address(Resource& resource, const std::string& path, const std::string& label,
                  const model::Address& address) {
  resource.came_from(path, label, address.span);
  resource.came_from(path + ".line[0]", label + ", line", address.line.span);
  resource.came_from(path + ".line[1]", label + ", second line", address.line2.span);
  resource.came_from(path + ".city", label + ", city", address.city.span);
  resource.came_from(path + ".state", label + ", state", address.state.span);
  resource.came_from(path + ".postalCode", label + ", ZIP code", address.zip.span);
}

}  // namespace

Resource patient_resource(const RequestContext& context) {
  const auto& member = context.member;
  Resource out{context.patient, start_resource("Patient", profile::kBeneficiary), {}};
  out.came_from("", "member " + context.label, member.span);

  const std::string id = member.id ? *member.id : std::string{};
  out.json["identifier"] =
      Json::array({typed_identifier(codesystem::kIdentifierType, "MB", context.payer.namespaces.member_id, id)});
  out.came_from("identifier[0]", "MaineCare ID" + context.of_member, member.id.span);

  out.json["name"] = Json::array({name_of(member.name)});
  out.came_from("name[0]", "name" + context.of_member, member.name.span);
  out.came_from("name[0].family", "last name" + context.of_member, member.name.last.span);
  out.came_from("name[0].given[0]", "first name" + context.of_member, member.name.first.span);
  out.came_from("name[0].given[1]", "middle name" + context.of_member, member.name.middle.span);

  if (member.phone) {
    out.json["telecom"] = Json::array({telecom("phone", trim(*member.phone))});
    out.came_from("telecom[0]", "phone" + context.of_member, member.phone.span);
  }
  if (member.gender) out.json["gender"] = *member.gender;
  out.came_from("gender", "gender" + context.of_member, member.gender.span);
  if (member.born) out.json["birthDate"] = model::format_date(*member.born);
  out.came_from("birthDate", "birth date" + context.of_member, member.born.span);

  const auto& address = member.address.present ? member.address : context.home.house.address;
  if (auto written = address_of(address); !written.empty()) {
    out.json["address"] = Json::array({std::move(written)});
    note_address(out, "address[0]", "address" + context.of_member, address);
  }

  Json contacts = Json::array();
  const auto add_contact = [&](const model::LetterRecipient& person, Json relationship, const char* who) {
    if (!person.present || person.none || !person.name) return;
    const std::string path = indexed("contact", contacts.size());
    contacts.push_back(contact_of(person, std::move(relationship)));
    out.came_from(path, who + context.of_member, person.span);
    out.came_from(path + ".name", who + (" (name)" + context.of_member), person.name.span);
    out.came_from(path + ".telecom[0]", who + (" (phone)" + context.of_member), person.phone.span);
    note_address(out, path + ".address", who + (" (address)" + context.of_member), person.address);
  };
  add_contact(member.guardian, concept_of(codesystem::kRole, "GUARD"), "guardian");
  Json case_manager = Json::object();
  case_manager["text"] = "case manager";
  add_contact(member.case_manager, std::move(case_manager), "case manager");
  put_node(out.json, "contact", std::move(contacts));
  return out;
}

}  // namespace atz::fhir
