// What a member's entry says about a case that is there already: extension, add-on, termination.
#include "casefile/decode.hpp"

namespace atz::casefile {
namespace {

void decode_order(const Reader& reader, model::Order& order) {
  order.present = reader.given();
  order.span = reader.here();
  reader.get("signed_on", order.signed_on);
  reader.get("by", order.by);
  reader.get("credential", order.credential);
  reader.get("npi", order.npi);
  reader.get("condition", order.condition);
  reader.get("procedures", order.procedures);
  reader.get("span", order.span_text);
  const Reader frequency = reader.mapping("frequency");
  order.frequency.present = frequency.given();
  order.frequency.span = frequency.here();
  frequency.get("times", order.frequency.times);
  frequency.get("per", order.frequency.per);
}

void decode_running_add_on(const Reader& reader, model::RunningAddOn& add_on) {
  add_on.present = reader.given();
  add_on.span = reader.here();
  reader.get("end", add_on.end);
  reader.get("order_signed_on", add_on.order_signed_on);
}

void decode_planning_team(const Reader& reader, model::PlanningTeam& team) {
  team.present = reader.given();
  team.span = reader.here();
  reader.get("met_on", team.met_on);
  reader.get("members", team.members);
}

void decode_notice(const Reader& reader, model::Notice& notice) {
  notice.present = reader.given();
  notice.span = reader.here();
  reader.get("given_on", notice.given_on);
  reader.get("file", notice.file);
}

void decode_termination(const Reader& reader, model::Termination& termination) {
  termination.present = reader.given();
  termination.span = reader.here();
  reader.get("action", termination.action);
  reader.get("last_day", termination.last_day);
  reader.get("return_on", termination.return_on);
  reader.get("imminent_harm", termination.imminent_harm);
  reader.get("imminent_harm_reason", termination.imminent_harm_reason);
  reader.get("services_already_ended", termination.services_already_ended);
}

void decode_reason(const Reader& reader, model::Field<model::ExtensionReason>& reason) {
  model::Field<std::string> word;
  reader.get("reason", word);
  reason.text = word.text;
  reason.span = word.span;
  reason.present = word.present;
  if (!word) return;
  if (*word == "continue") reason.value = model::ExtensionReason::continuation;
  if (*word == "change") reason.value = model::ExtensionReason::change;
  if (*word == "add-on") reason.value = model::ExtensionReason::add_on;
}

}  // namespace

void decode_case(const Reader& reader, model::Member& member) {
  reader.get("case", member.case_id);
  reader.get("current_end", member.current_end);
  decode_reason(reader, member.reason);
  reader.get("because", member.because);
  decode_order(reader.mapping("order"), member.order);
  decode_running_add_on(reader.mapping("running_add_on"), member.running_add_on);
  decode_planning_team(reader.mapping("planning_team"), member.planning_team);
  reader.get("service_type", member.service_type);
  decode_notice(reader.mapping("notice"), member.notice);
  decode_termination(reader.mapping("termination"), member.termination);
}

void attach_notice(model::Member& member) {
  const auto& file = member.notice.file;
  if (!file || file->empty()) return;
  for (const auto& document : member.documents) {
    if (document.file && *document.file == *file) return;
  }
  model::Document document;
  document.span = file.span;
  document.file = file;
  document.type = file;
  document.type.value = document.type.text = std::string(model::kNoticeDocument);
  member.documents.push_back(std::move(document));
}

}  // namespace atz::casefile
