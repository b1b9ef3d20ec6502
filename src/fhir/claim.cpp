#include <algorithm>

#include "atz/base/text.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

Json pas_code(const char* code) {
  return concept_of(codesystem::kPas, code);
}

// The portal's service type, when the tables know a number for the program that pays for this code.
const model::ServiceType* service_type_of(const RequestContext& context, const model::Service& service) {
  const auto& tables = context.input.tables;
  const std::string code = service.code ? *service.code : std::string{};
  std::string program;
  for (const auto& row : tables.procedures) {
    if (row.code != code || row.modifiers.size() != service.modifiers.size()) continue;
    const bool same = std::all_of(service.modifiers.begin(), service.modifiers.end(), [&](const auto& modifier) {
      return modifier && std::find(row.modifiers.begin(), row.modifiers.end(), *modifier) != row.modifiers.end();
    });
    if (same) program = row.program;
  }
  if ((program.empty() || program == "several") && !context.member.waiver.empty() && context.member.waiver.front()) {
    program = *context.member.waiver.front();
  }
  for (const auto& row : tables.service_types) {
    if (row.program == program && !row.number.empty()) return &row;
  }
  return nullptr;
}

Json quantity_of_line(const RequestContext& context, const model::Service& service) {
  if (context.input.settings.quantity_means == model::Settings::QuantityMeans::weekly_hours) {
    if (service.weekly_hours) return quantity_of(number_of(*service.weekly_hours), "HS");
    return service.units ? quantity_of(*service.units, "HS") : Json();
  }
  return service.units ? quantity_of(*service.units, "DY") : Json();
}

void add_care_team(const RequestContext& context, Resource& out) {
  Json house = Json::object();
  house["extension"] = Json::array({extension_of(ext::kCareTeamClaimScope, "valueBoolean", true)});
  house["sequence"] = 1;
  house["provider"] = reference_to(context.house);
  house["role"] = x12_concept(X12::entity, "SJ");
  out.json["careTeam"] = Json::array({std::move(house)});
  out.came_from("careTeam[0]", "home", context.home.house.span);
}

Json document_information(const std::string& report_type, const std::string& control_number) {
  Json parts = Json::array();
  parts.push_back(extension_of("reportTypeCode", "valueCodeableConcept", x12_concept(X12::report_type, report_type)));
  parts.push_back(extension_of("transmissionMethod", "valueCodeableConcept", x12_concept(X12::transmission, "EL")));
  parts.push_back(extension_of("controlNumber", "valueString", control_number));
  Json json = Json::object();
  json["extension"] = std::move(parts);
  json["url"] = ext::kDocumentInformation;
  return json;
}

// Sequence numbers of what every line refers to: documents and answers, not the notes.
Json add_supporting_info(const RequestContext& context, const std::vector<Enclosure>& enclosures, Resource& out) {
  Json infos = Json::array();
  Json numbers = Json::array();
  for (const auto& line : message_lines(context)) {
    Json info = Json::object();
    info["sequence"] = infos.size() + 1;
    info["category"] = pas_code("freeFormMessage");
    info["valueString"] = line;
    infos.push_back(std::move(info));
  }
  for (const auto& enclosure : enclosures) {
    const auto sequence = infos.size() + 1;
    Json info = Json::object();
    if (context.quirks.document_information) {
      const std::string control_number = context.claim_identifier + "-D" + std::to_string(sequence);
      info["extension"] = Json::array({document_information(enclosure.report_type, control_number)});
    }
    info["sequence"] = sequence;
    info["category"] = pas_code("additionalInformation");
    info["valueReference"] = reference_to(enclosure.url);
    infos.push_back(std::move(info));
    numbers.push_back(sequence);
  }
  out.json["supportingInfo"] = std::move(infos);
  return numbers;
}

Json add_diagnoses(const RequestContext& context, Resource& out) {
  Json diagnoses = Json::array();
  Json numbers = Json::array();
  for (const auto& field : context.member.diagnoses) {
    if (!field) continue;
    const std::string path = indexed("diagnosis", diagnoses.size());
    Json diagnosis = Json::object();
    diagnosis["sequence"] = diagnoses.size() + 1;
    diagnosis["diagnosisCodeableConcept"] = concept_of(codesystem::kIcd10Cm, *field);
    if (diagnoses.empty()) diagnosis["type"] = Json::array({pas_code("principal")});
    numbers.push_back(diagnoses.size() + 1);
    diagnoses.push_back(std::move(diagnosis));
    out.came_from(path, "diagnosis" + context.of_member, field.span);
  }
  out.came_from("diagnosis", "diagnoses" + context.of_member, context.member.diagnoses_span);
  put_node(out.json, "diagnosis", std::move(diagnoses));
  return numbers;
}

void note_item(const RequestContext& context, const model::Service& service, const std::string& path, Resource& out) {
  out.came_from(path, "service" + context.of_member, service.span);
  out.came_from(path + ".productOrService", "procedure code" + context.of_member, service.code.span);
  for (std::size_t i = 0; i < service.modifiers.size(); ++i) {
    out.came_from(path + "." + indexed("modifier", i), "modifier" + context.of_member, service.modifiers[i].span);
  }
  const auto& period = context.home.period_of(context.member, service);
  out.came_from(path + ".servicedPeriod", "period" + context.of_member, period.span);
  out.came_from(path + ".servicedPeriod.start", "first day" + context.of_member, period.start.span);
  out.came_from(path + ".servicedPeriod.end", "last day" + context.of_member, period.end.span);
  out.came_from(path + ".quantity", "units" + context.of_member, service.units.span);
}

Json item_of(const RequestContext& context, std::size_t index, const std::optional<std::string>& service_request,
             Resource& out) {
  const auto& service = context.member.services[index];
  const int sequence = static_cast<int>(index) + 1;
  Json extensions = Json::array();
  extensions.push_back(extension_of(ext::kItemTraceNumber, "valueIdentifier",
                                    identifier(context.trace_system, line_trace(context, sequence))));
  if (service_request)
    extensions.push_back(extension_of(ext::kRequestedService, "valueReference", reference_to(*service_request)));
  extensions.push_back(
      extension_of(ext::kServiceItemRequestType, "valueCodeableConcept", x12_concept(X12::request_type, "HS")));
  extensions.push_back(
      extension_of(ext::kCertificationType, "valueCodeableConcept", x12_concept(X12::certification, "I")));

  Json item = Json::object();
  item["extension"] = std::move(extensions);
  item["sequence"] = sequence;
  item["careTeamSequence"] = Json::array({1});
  item["category"] = x12_concept(X12::service_type, context.payer.service_category);
  item["productOrService"] = procedure_concept(service.code ? *service.code : std::string{});
  Json modifiers = Json::array();
  for (const auto& modifier : service.modifiers) {
    if (modifier) modifiers.push_back(concept_of(codesystem::kHcpcs, *modifier));
  }
  put_node(item, "modifier", std::move(modifiers));
  if (const auto* type = service_type_of(context, service)) {
    item["programCode"] = Json::array({concept_of(context.payer.namespaces.service_type, type->number, type->text)});
  }
  if (const auto& period = context.home.period_of(context.member, service); period.complete()) {
    item["servicedPeriod"] = period_of(period.days());
  }
  item["locationCodeableConcept"] = concept_of(codesystem::kPlaceOfService, context.payer.place_of_service);
  put_node(item, "quantity", quantity_of_line(context, service));
  note_item(context, service, indexed("item", index), out);
  return item;
}

}  // namespace

Json procedure_concept(std::string_view code) {
  const bool cpt = !code.empty() && code.front() >= '0' && code.front() <= '9';
  return concept_of(cpt ? codesystem::kCpt : codesystem::kHcpcs, code);
}

std::string line_trace(const RequestContext& context, int sequence) {
  return context.claim_identifier + "-L" + std::to_string(sequence);
}

std::string line_code(const model::Service& service) {
  std::string code = service.code ? *service.code : std::string{};
  for (const auto& modifier : service.modifiers) {
    if (modifier) code += " " + *modifier;
  }
  return code;
}

Resource claim_resource(const RequestContext& context, const std::vector<Enclosure>& enclosures,
                        const std::vector<std::optional<std::string>>& service_requests) {
  const auto& home = context.home;
  const bool expedited = home.priority.expedited && *home.priority.expedited;
  const char* kind = request_key(home.kind_of(context.member));
  const auto* kind_row = context.input.tables.request_type(kind);

  Resource out{context.claim, start_resource("Claim", profile::kClaim), {}};
  out.came_from("", "member " + context.label, context.member.span);
  if (expedited) {
    out.json["extension"] = Json::array(
        {extension_of(ext::kLevelOfService, "valueCodeableConcept", x12_concept(X12::level_of_service, "U"))});
    out.came_from("extension[0]", "priority", home.priority.span);
  }
  out.json["identifier"] = Json::array({identifier(context.trace_system, context.claim_identifier)});
  out.json["status"] = "active";
  out.json["type"] = concept_of(codesystem::kClaimType, "professional");
  out.json["subType"] =
      concept_of(context.payer.namespaces.request_type, kind, kind_row == nullptr ? "" : kind_row->portal_text);
  out.came_from("subType", "request", context.member.request.present ? context.member.request.span : home.request.span);
  out.json["use"] = "preauthorization";
  out.json["patient"] = reference_to(context.patient);
  out.json["created"] = context.created;
  out.json["insurer"] = reference_to(context.insurer);
  out.json["provider"] = reference_to(context.agency);
  out.came_from("provider", "provider", home.provider.span);
  out.json["priority"] = concept_of(codesystem::kPriority, expedited ? "stat" : "normal");
  out.came_from("priority", "priority", home.priority.span);

  add_care_team(context, out);
  const Json info_numbers = add_supporting_info(context, enclosures, out);
  const Json diagnosis_numbers = add_diagnoses(context, out);

  Json insurance = Json::object();
  insurance["sequence"] = 1;
  insurance["focal"] = true;
  insurance["coverage"] = reference_to(context.coverage);
  out.json["insurance"] = Json::array({std::move(insurance)});

  Json items = Json::array();
  for (std::size_t i = 0; i < context.member.services.size(); ++i) {
    Json item = item_of(context, i, service_requests[i], out);
    put_node(item, "diagnosisSequence", diagnosis_numbers);
    put_node(item, "informationSequence", info_numbers);
    items.push_back(std::move(item));
  }
  out.came_from("item", "services" + context.of_member, context.member.services_span);
  put_node(out.json, "item", std::move(items));
  return out;
}

}  // namespace atz::fhir
