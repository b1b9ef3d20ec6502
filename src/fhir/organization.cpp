#include "atz/base/text.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {
namespace {

// The agency's own number: its NPI, or, for the few that have none, a number in the payer's name space.
Json provider_number(const RequestContext& context) {
  const auto& provider = context.home.provider;
  const bool other = provider.id_kind && *provider.id_kind == "other";
  return identifier(other ? std::string_view(context.payer.namespaces.provider_location) : idsystem::kNpi,
                    provider.npi ? trim(*provider.npi) : std::string_view{});
}

}  // namespace

Resource agency_resource(const RequestContext& context) {
  const auto& provider = context.home.provider;
  Resource out{context.agency, start_resource("Organization", profile::kRequestor), {}};
  out.came_from("", "provider", provider.span);

  Json identifiers = Json::array({provider_number(context)});
  out.came_from("identifier[0]", "NPI of the provider", provider.npi.span);
  if (provider.ein) {
    identifiers.push_back(identifier(idsystem::kEin, trim(*provider.ein)));
    out.came_from("identifier[1]", "EIN of the provider", provider.ein.span);
  } else if (!context.payer.submitter.ein.empty()) {
    identifiers.push_back(identifier(idsystem::kEin, context.payer.submitter.ein));
  }
  out.json["identifier"] = std::move(identifiers);
  out.json["active"] = true;
  out.json["type"] = Json::array({x12_concept(X12::entity, "1P")});
  if (provider.name) put(out.json, "name", trim(*provider.name));
  out.came_from("name", "name of the provider", provider.name.span);

  Json numbers = Json::array();
  const auto add_number = [&](const char* system, const model::Field<std::string>& number, const char* label) {
    if (!number) return;
    out.came_from(indexed("telecom", numbers.size()), label, number.span);
    numbers.push_back(telecom(system, trim(*number)));
  };
  add_number("phone", provider.phone, "phone of the provider");
  add_number("fax", provider.fax, "fax of the provider");
  put_node(out.json, "telecom", std::move(numbers));

  if (auto address = address_of(provider.address); !address.empty()) {
    out.json["address"] = Json::array({std::move(address)});
    out.came_from("address[0]", "address of the provider", provider.address.span);
  }
  return out;
}

Resource insurer_resource(const model::PayerProfile& payer, const std::string& url) {
  Resource out{url, start_resource("Organization", profile::kInsurer), {}};
  out.json["identifier"] = Json::array(
      {typed_identifier(codesystem::kPayerIdentifierType, "payerid", payer.insurer.system, payer.insurer.payer_id)});
  out.json["active"] = true;
  out.json["type"] = Json::array({x12_concept(X12::entity, "PR")});
  put(out.json, "name", payer.insurer.name);
  return out;
}

Resource house_resource(const RequestContext& context) {
  const auto& house = context.home.house;
  Resource out{context.house, start_resource("Organization", profile::kRequestor), {}};
  out.came_from("", "home", house.span);
  Json identifiers = Json::array({provider_number(context)});
  if (house.location) {
    identifiers.push_back(
        identifier(context.payer.namespaces.provider_location, location_number(house, context.payer)));
    out.came_from("identifier[1]", "location of the home", house.location.span);
  }
  out.json["identifier"] = std::move(identifiers);
  out.json["active"] = true;
  if (house.name) put(out.json, "name", trim(*house.name));
  out.came_from("name", "name of the home", house.name.span);
  if (auto address = address_of(house.address); !address.empty()) {
    out.json["address"] = Json::array({std::move(address)});
    out.came_from("address[0]", "address of the home", house.address.span);
  }
  return out;
}

}  // namespace atz::fhir
