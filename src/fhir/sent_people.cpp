#include "atz/fhir/sent_people.hpp"

#include "fhir/canonical.hpp"
#include "fhir/message_body.hpp"
#include "fhir/request_view.hpp"
#include "fhir/x12.hpp"

namespace atz::fhir {
namespace {

const Json& first_of(const Json& node, std::string_view key) {
  static const Json kNothing;
  const auto all = elements(node, key);
  return all.empty() ? kNothing : *all.front();
}

std::string string_at(const Json& node, std::string_view key, std::size_t index) {
  const auto all = elements(node, key);
  return index < all.size() && all[index]->is_string() ? all[index]->get<std::string>() : std::string{};
}

SentAddress address_in(const Json& address) {
  return {string_at(address, "line", 0), string_at(address, "line", 1), text_of(address, "city"),
          text_of(address, "state"), text_of(address, "postalCode")};
}

std::string telecom_in(const Json& node, std::string_view system) {
  for (const Json* telecom : elements(node, "telecom")) {
    if (text_of(*telecom, "system") == system) return text_of(*telecom, "value");
  }
  return {};
}

void read_provider(const Json& organization, SentPeople::Provider& out) {
  out.name = text_of(organization, "name");
  for (const Json* number : elements(organization, "identifier")) {
    const std::string system = text_of(*number, "system");
    if (system == idsystem::kEin) {
      out.ein = text_of(*number, "value");
    } else if (out.number.empty()) {
      out.number = text_of(*number, "value");
      out.number_is_npi = system == idsystem::kNpi;
    }
  }
  out.phone = telecom_in(organization, "phone");
  out.fax = telecom_in(organization, "fax");
  out.address = address_in(first_of(organization, "address"));
}

void read_home(const Json& organization, SentPeople::Home& out) {
  out.name = text_of(organization, "name");
  if (const auto numbers = elements(organization, "identifier"); numbers.size() > 1)
    out.location = text_of(*numbers.back(), "value");
  out.address = address_in(first_of(organization, "address"));
}

void read_member(const Json& patient, SentPeople& out) {
  auto& member = out.member;
  if (const Json* number = member_identifier(&patient)) member.id = text_of(*number, "value");
  const Json& name = first_of(patient, "name");
  member.last = text_of(name, "family");
  member.first = string_at(name, "given", 0);
  member.middle = string_at(name, "given", 1);
  member.born = text_of(patient, "birthDate");
  member.gender = text_of(patient, "gender");
  member.phone = telecom_in(patient, "phone");
  member.address = address_in(first_of(patient, "address"));
  for (const Json* contact : elements(patient, "contact")) {
    const Json& relationship = first_of(*contact, "relationship");
    const auto role = code_of(&relationship) == "GUARD"                 ? SentContact::Role::guardian
                      : text_of(relationship, "text") == "case manager" ? SentContact::Role::case_manager
                                                                        : SentContact::Role::other;
    out.contacts.push_back({role, text_of(child_or_null(*contact, "name"), "text"), telecom_in(*contact, "phone"),
                            address_in(child_or_null(*contact, "address"))});
  }
}

}  // namespace

Result<SentPeople> read_sent_people(std::string_view body) {
  const auto bundle = bundle_of_body(body);
  if (!bundle) return fail(Failure::state, "a stored request can't be read");
  const RequestView view(*bundle);
  SentPeople out;
  if (view.patient != nullptr) read_member(*view.patient, out);
  if (view.provider != nullptr) read_provider(*view.provider, out.provider);
  for (const Json* member : elements(*view.claim, "careTeam")) {
    const Json* house = view.from_claim(child(*member, "provider"));
    if (resource_type(house) != "Organization" || !has_code(child(*member, "role"), x12_system(X12::entity), "SJ"))
      continue;
    read_home(*house, out.home);
    break;
  }
  return out;
}

}  // namespace atz::fhir
