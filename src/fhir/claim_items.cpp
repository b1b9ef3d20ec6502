// The lines of a Claim: what is asked for, under which number, and why now.
#include <algorithm>

#include "atz/base/text.hpp"
#include "fhir/claim_update.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/received.hpp"
#include "fhir/request_resources.hpp"
#include "fhir/update_view.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kAddOnModifier = "SC";

bool is_add_on(const model::Service& service) {
  return std::any_of(service.modifiers.begin(), service.modifiers.end(),
                     [](const auto& modifier) { return modifier && *modifier == kAddOnModifier; });
}

// What a termination names as its policy section: number, program, or the portal's words with or without the number.
const model::ServiceType* named_service_type(const RequestContext& context) {
  if (!context.member.service_type) return nullptr;
  const std::string word = to_lower(trim(*context.member.service_type));
  for (const auto& row : context.input.tables.service_types) {
    if (word == to_lower(row.program) || word == to_lower(row.text)) return &row;
    if (!row.number.empty() && (word == row.number || word == to_lower(row.number + " - " + row.text))) return &row;
  }
  return nullptr;
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

Json program_of(const RequestContext& context, const model::Service& service) {
  const auto* type = context.purpose == model::Purpose::termination ? named_service_type(context) : nullptr;
  if (type == nullptr) type = service_type_of(context, service);
  if (type == nullptr) return {};
  const std::string& code = type->number.empty() ? type->program : type->number;
  return Json::array({concept_of(context.payer.namespaces.service_type, code, type->text)});
}

Json quantity_of_line(const RequestContext& context, const model::Service& service, const PlannedLine& line) {
  if (context.purpose == model::Purpose::termination) return quantity_of(service.units ? *service.units : 1, "FL");
  if (context.input.settings.quantity_means == model::Settings::QuantityMeans::weekly_hours) {
    if (service.weekly_hours) return quantity_of(number_of(*service.weekly_hours), "HS");
    return service.units ? quantity_of(*service.units, "HS") : Json();
  }
  if (line.running) return quantity_of(line.days->days(), "DY");
  return service.units ? quantity_of(*service.units, "DY") : Json();
}

// X12 1322. An add-on that follows a running one renews it; one that overlaps with it changes it.
std::string certification_of_line(const RequestContext& context, const model::Service& service,
                                  const std::optional<model::DateSpan>& days) {
  if (!model::rides_on_case(context.purpose)) return "I";
  if (!is_add_on(service)) return context.purpose == model::Purpose::change ? "S" : "4";
  const auto& running = context.member.running_add_on;
  if (!running.present || !running.end || !days) return "I";
  return days->first > *running.end ? "R" : "S";
}

// The line that goes on or changes: same code, no modifier, not withdrawn, and of several the one that ends last.
std::optional<std::size_t> running_line(const Json& items, const model::Service& service,
                                        const std::vector<PlannedLine>& taken) {
  std::optional<std::size_t> best;
  std::optional<model::Date> end;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto days = days_of(items[i], "servicedDate", "servicedPeriod");
    const bool used =
        std::any_of(taken.begin(), taken.end(), [&](const PlannedLine& line) { return line.running == i; });
    if (used || !days || is_cancelled(items[i]) || !elements(items[i], "modifier").empty()) continue;
    if (!service.code || code_of(child(items[i], "productOrService")) != *service.code) continue;
    if (!child_or_null(items[i], "sequence").is_number_integer() || (end && days->last < *end)) continue;
    best = i;
    end = days->last;
  }
  return best;
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

Json trace_of(const RequestContext& context, const PlannedLine& line) {
  return extension_of(ext::kItemTraceNumber, "valueIdentifier",
                      identifier(context.trace_system, line_trace(context, line.sequence)));
}

Json certification_extension(const PlannedLine& line) {
  return extension_of(ext::kCertificationType, "valueCodeableConcept",
                      x12_concept(X12::certification, line.certification));
}

// Base line and add-on have numbers of their own, and the one that is known is that of what is asked about.
std::string_view number_of_line(const RequestContext& context, const model::Service& service) {
  const bool foreign = is_add_on(service) && model::is_extension(context.purpose);
  return foreign ? std::string_view{} : std::string_view(context.authorization_number);
}

// A line of its own.
Json new_item(const RequestContext& context, const PlannedLine& line, const std::optional<std::string>& service_request,
              const LineNumbers& numbers) {
  const auto& service = context.member.services[line.service];
  const bool termination = context.purpose == model::Purpose::termination;
  Json item = Json::object();
  item["extension"] = Json::array({trace_of(context, line)});
  set_numbers(item, context.case_id, number_of_line(context, service));
  if (service_request)
    set_extension(item, extension_of(ext::kRequestedService, "valueReference", reference_to(*service_request)));
  set_extension(
      item, extension_of(ext::kServiceItemRequestType, "valueCodeableConcept", x12_concept(X12::request_type, "HS")));
  set_extension(item, certification_extension(line));
  if (context.prior) mark(item, kAdded);
  item["sequence"] = line.sequence;
  if (context.names_house()) item["careTeamSequence"] = Json::array({1});
  item["category"] =
      x12_concept(X12::service_type, termination ? context.payer.termination_category : context.payer.service_category);
  item["productOrService"] = procedure_concept(service.code ? *service.code : std::string{});
  Json modifiers = Json::array();
  for (const auto& modifier : service.modifiers) {
    if (modifier) modifiers.push_back(concept_of(codesystem::kHcpcs, *modifier));
  }
  put_node(item, "modifier", std::move(modifiers));
  put_node(item, "programCode", program_of(context, service));
  if (line.days) item["servicedPeriod"] = period_of(*line.days);
  item["locationCodeableConcept"] = concept_of(
      codesystem::kPlaceOfService, termination ? context.payer.termination_place : context.payer.place_of_service);
  put_node(item, "quantity", quantity_of_line(context, service, line));
  put_node(item, "diagnosisSequence", numbers.diagnoses);
  put_node(item, "informationSequence", numbers.infos);
  return item;
}

// The running line, longer or with other hours. It refers to the new documents besides those of before.
void change_item(const RequestContext& context, const PlannedLine& line,
                 const std::optional<std::string>& service_request, const LineNumbers& numbers, Json& item) {
  const auto& service = context.member.services[line.service];
  set_extension(item, trace_of(context, line));
  set_numbers(item, context.case_id, context.authorization_number);
  if (service_request)
    set_extension(item, extension_of(ext::kRequestedService, "valueReference", reference_to(*service_request)));
  set_extension(item, certification_extension(line));
  mark(item, kChanged);
  item.erase("servicedDate");
  item["servicedPeriod"] = period_of(*line.days);
  put_node(item, "quantity", quantity_of_line(context, service, line));
  put_node(item, "diagnosisSequence", numbers.diagnoses);
  Json infos = Json::array();
  for (const Json* number : elements(item, "informationSequence")) infos.push_back(*number);
  for (const auto& number : numbers.infos) infos.push_back(number);
  put_node(item, "informationSequence", std::move(infos));
}

}  // namespace

std::vector<PlannedLine> plan_lines(const RequestContext& context) {
  std::vector<PlannedLine> lines;
  const Json before = context.prior ? context.prior->carried("item") : Json::array();
  int next = context.prior ? context.prior->next_sequence("item") : 1;
  for (std::size_t i = 0; i < context.member.services.size(); ++i) {
    const auto& service = context.member.services[i];
    PlannedLine line;
    line.service = i;
    if (const auto& period = context.home.period_of(context.member, service); period.complete())
      line.days = period.days();
    if (!line.days && context.purpose == model::Purpose::termination) {
      const model::Date today = model::maine_date(context.input.created);  // such a line lasts for the day of sending
      line.days = model::DateSpan{today, today};
    }
    line.certification = certification_of_line(context, service, line.days);
    const bool in_place = context.prior && context.payer.update_style == model::UpdateStyle::in_place &&
                          service.modifiers.empty() && line.days;
    if (in_place) line.running = running_line(before, service, lines);
    if (line.running) {
      const Json& item = before[*line.running];
      line.sequence = child_or_null(item, "sequence").get<int>();
      line.days->first = days_of(item, "servicedDate", "servicedPeriod")->first;
    } else {
      line.sequence = next++;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

void add_items(const RequestContext& context, const std::vector<PlannedLine>& lines,
               const std::vector<std::optional<std::string>>& service_requests, const LineNumbers& numbers,
               Resource& out) {
  Json items = context.prior ? context.prior->carried("item") : Json::array();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    const std::size_t place = line.running ? *line.running : items.size();
    if (line.running) {
      change_item(context, line, service_requests[i], numbers, items[place]);
    } else {
      items.push_back(new_item(context, line, service_requests[i], numbers));
    }
    note_item(context, context.member.services[line.service], indexed("item", place), out);
  }
  out.came_from("item", "services" + context.of_member, context.member.services_span);
  put_node(out.json, "item", std::move(items));
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

Json procedure_concept(std::string_view code) {
  const bool cpt = !code.empty() && code.front() >= '0' && code.front() <= '9';
  return concept_of(cpt ? codesystem::kCpt : codesystem::kHcpcs, code);
}

}  // namespace atz::fhir
