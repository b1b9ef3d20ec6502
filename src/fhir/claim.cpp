#include <set>

#include "fhir/claim_update.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/element.hpp"
#include "fhir/request_resources.hpp"
#include "fhir/update_view.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

Json pas_code(const char* code) {
  return concept_of(codesystem::kPas, code);
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

// Supporting information in the making: entries of the Claim that is replaced, then ours under the next numbers.
class InfoList {
 public:
  explicit InfoList(const RequestContext& context)
      : infos_(context.prior ? context.prior->carried("supportingInfo") : Json::array()),
        next_(context.prior ? context.prior->next_sequence("supportingInfo") : 1),
        marked_(context.prior != nullptr) {}

  [[nodiscard]] int next() const { return next_; }
  // `info` begins with its extensions, if it has any.
  void add(const char* category, Json extensions, const char* value_key, Json value) {
    Json info = Json::object();
    put_node(info, "extension", std::move(extensions));
    info["sequence"] = next_++;
    info["category"] = pas_code(category);
    info[value_key] = std::move(value);
    if (marked_) mark(info, kAdded);
    infos_.push_back(std::move(info));
  }
  [[nodiscard]] Json take() { return std::move(infos_); }

 private:
  Json infos_;
  int next_;
  bool marked_;
};

// Sequence numbers of what every line refers to: documents, answers and days, not the notes.
Json add_supporting_info(const RequestContext& context, const std::vector<Enclosure>& enclosures, Resource& out) {
  InfoList infos(context);
  Json numbers = Json::array();
  for (const auto& line : message_lines(context)) infos.add("freeFormMessage", {}, "valueString", line);
  const auto& last_day = context.member.termination.last_day;
  if (context.purpose == model::Purpose::termination && last_day) {
    numbers.push_back(infos.next());
    infos.add("dischargeDates", {}, "timingDate", model::format_date(*last_day));
  }
  for (const auto& enclosure : enclosures) {
    Json extensions = Json::array();
    if (context.quirks.document_information) {
      const std::string control_number = context.claim_identifier + "-D" + std::to_string(infos.next());
      extensions.push_back(document_information(enclosure.report_type, control_number));
    }
    numbers.push_back(infos.next());
    infos.add("additionalInformation", std::move(extensions), "valueReference", reference_to(enclosure.url));
  }
  out.json["supportingInfo"] = infos.take();
  return numbers;
}

// Diagnoses of before that earlier lines refer to by numbers which today's list does not reach.
void keep_diagnoses(const PriorBundle& prior, Json& diagnoses) {
  std::set<std::string> wanted;
  for (const Json* item : elements(prior.claim(), "item")) {
    for (const Json* number : elements(*item, "diagnosisSequence")) wanted.insert(number_text(*number).value_or(""));
  }
  const std::size_t ours = diagnoses.size();
  for (const Json* diagnosis : elements(prior.claim(), "diagnosis")) {
    const Json* sequence = child(*diagnosis, "sequence");
    if (sequence == nullptr || !sequence->is_number_unsigned() || sequence->get<std::uint64_t>() <= ours) continue;
    if (wanted.count(number_text(*sequence).value_or("")) == 0) continue;
    diagnoses.push_back(*diagnosis);
    diagnoses.back().erase("type");  // today's list has the principal one
  }
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
  if (context.prior) keep_diagnoses(*context.prior, diagnoses);
  out.came_from("diagnosis", "diagnoses" + context.of_member, context.member.diagnoses_span);
  put_node(out.json, "diagnosis", std::move(diagnoses));
  return numbers;
}

}  // namespace

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

Resource claim_resource(const RequestContext& context, const std::vector<Enclosure>& enclosures,
                        const std::vector<PlannedLine>& lines,
                        const std::vector<std::optional<std::string>>& service_requests) {
  const auto& home = context.home;
  const bool expedited = home.priority.expedited && *home.priority.expedited;
  const char* kind = request_key(home.kind_of(context.member));
  const auto* kind_row = context.input.tables.request_type(kind);

  Resource out{context.claim, start_resource("Claim", context.prior ? profile::kClaimUpdate : profile::kClaim), {}};
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

  if (context.names_house()) add_care_team(context, out);
  LineNumbers numbers;
  numbers.infos = add_supporting_info(context, enclosures, out);
  numbers.diagnoses = add_diagnoses(context, out);

  Json insurance = Json::object();
  insurance["sequence"] = 1;
  insurance["focal"] = true;
  insurance["coverage"] = reference_to(context.coverage);
  out.json["insurance"] = Json::array({std::move(insurance)});

  add_items(context, lines, service_requests, numbers, out);
  if (context.prior) out.json["related"] = related_to(*context.prior, context.payer, context.case_id);
  return out;
}

}  // namespace atz::fhir
