#include "fhir/datatypes.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {

// "67.75 hours per one week, for 365 days": the only place that PAS has for hours a week next to days.
std::optional<Resource> service_request_resource(const RequestContext& context, const PlannedLine& line) {
  const auto& service = context.member.services[line.service];
  if (!service.weekly_hours || context.purpose == model::Purpose::termination) return std::nullopt;
  Resource out{context.own_url("service-" + std::to_string(line.sequence)),
               start_resource("ServiceRequest", profile::kServiceRequest),
               {}};
  out.json["status"] = "active";
  out.json["intent"] = "order";
  out.json["code"] = procedure_concept(service.code ? *service.code : std::string{});
  out.json["quantityQuantity"] = quantity_of(number_of(*service.weekly_hours), "HS");
  out.json["subject"] = reference_to(context.patient);
  Json repeat = Json::object();
  if (line.days) {
    Json bounds = Json::object();
    bounds["value"] = line.days->days();
    bounds["unit"] = "days";
    bounds["system"] = codesystem::kUcum;
    bounds["code"] = "d";
    repeat["boundsDuration"] = std::move(bounds);
    out.came_from("occurrenceTiming.repeat.boundsDuration", "period" + context.of_member,
                  context.home.period_of(context.member, service).span);
  }
  repeat["frequency"] = 1;
  repeat["period"] = 1;
  repeat["periodUnit"] = "wk";
  out.json["occurrenceTiming"]["repeat"] = std::move(repeat);
  out.came_from("", "service" + context.of_member, service.span);
  out.came_from("code", "procedure code" + context.of_member, service.code.span);
  out.came_from("quantityQuantity", "weekly hours" + context.of_member, service.weekly_hours.span);
  return out;
}

}  // namespace atz::fhir
