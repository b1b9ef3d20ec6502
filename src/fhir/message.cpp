// Facts for which PAS has no field travel as notes to the reviewer.
#include "atz/base/text.hpp"
#include "fhir/datatypes.hpp"
#include "fhir/message_text.hpp"
#include "fhir/request_resources.hpp"
#include "fhir/x12_text.hpp"

namespace atz::fhir {
namespace {

using Sentences = std::vector<std::string>;

std::string kind_words(const RequestContext& context) {
  const char* key = request_key(context.home.kind_of(context.member));
  const auto* row = context.input.tables.request_type(key);
  return row == nullptr ? key : row->portal_text;
}

// "Service Notification Extension, case 900000101, reason change."
void add_kind(const RequestContext& context, Sentences& out) {
  std::string words = kind_words(context);
  if (model::rides_on_case(context.purpose)) {
    if (!context.case_id.empty()) words += ", case " + context.case_id;
    words += ", reason ";
    words += context.purpose == model::Purpose::add_on ? "medical add-on" : model::to_string(context.purpose);
  }
  out.push_back(words + ".");
  if (!context.member.because) return;
  if (const auto why = trim(*context.member.because); !why.empty()) {
    out.push_back("Why, " + std::string(why) + (why.back() == '.' ? "" : "."));
  }
}

// A reader who knows nothing of this kind of request would take its line for a service to be approved.
void add_termination(const RequestContext& context, Sentences& out) {
  const auto& termination = context.member.termination;
  const bool interrupt = termination.action && *termination.action == "interrupt";
  out.push_back(std::string("SMI TERMINATION REQUEST - asks leave to ") + (interrupt ? "INTERRUPT" : "END") +
                " a service; no service is requested.");
  for (const auto& service : context.member.services) {
    std::string words = "Service " + line_code(service);
    if (termination.last_day) words += ", planned last day " + model::format_date(*termination.last_day);
    if (interrupt && termination.return_on)
      words += ", to be taken up again on " + model::format_date(*termination.return_on);
    if (context.member.notice.given_on)
      words += ", notice given " + model::format_date(*context.member.notice.given_on);
    out.push_back(words + ".");
  }
  if (termination.imminent_harm && *termination.imminent_harm) {
    std::string words = "Imminent harm";
    if (termination.imminent_harm_reason) words += ", " + *termination.imminent_harm_reason;
    out.push_back(words + ".");
  }
  if (termination.services_already_ended && *termination.services_already_ended)
    out.emplace_back("Services have already ended.");
}

void add_line(const RequestContext& context, const model::Service& service, Sentences& out) {
  std::string words = line_code(service);
  if (service.weekly_hours) words += ", weekly support hours " + number_literal(*service.weekly_hours);
  if (const auto& period = context.home.period_of(context.member, service); period.complete()) {
    words += ", " + model::format_date(*period.start) + " to " + model::format_date(*period.end);
  }
  out.push_back(words + ".");
}

// What stands behind a Medical Add-On.
void add_order(const RequestContext& context, Sentences& out) {
  const auto& order = context.member.order;
  if (order.present && order.signed_on) {
    std::string words = "Order signed on " + model::format_date(*order.signed_on);
    if (order.by) words += " by " + *order.by;
    if (order.credential) words += ", " + *order.credential;
    if (order.npi) words += ", NPI " + *order.npi;
    out.push_back(words + ".");
    std::string what;
    const auto add = [&](const std::string& part) { what += (what.empty() ? "" : ", ") + part; };
    if (order.condition) add("condition " + *order.condition);
    if (order.procedures) add("procedures " + *order.procedures);
    if (order.frequency.times && order.frequency.per)
      add(std::to_string(*order.frequency.times) + " times a " + *order.frequency.per);
    if (order.span_text) add("for " + *order.span_text);
    if (!what.empty()) out.push_back("Ordered, " + what + ".");
  }
  const auto& team = context.member.planning_team;
  if (team.present && team.met_on) out.push_back("Planning team met on " + model::format_date(*team.met_on) + ".");
}

}  // namespace

std::vector<std::string> message_lines(const RequestContext& context) {
  const auto& home = context.home;
  const auto& tables = context.input.tables;
  Sentences sentences;
  const bool termination = context.purpose == model::Purpose::termination;
  if (termination) {
    add_termination(context, sentences);
  } else {
    add_kind(context, sentences);
  }
  sentences.push_back((home.type ? *home.type : tables.request_class) + ", " +
                      (home.subcontract ? *home.subcontract : tables.subcontract) + ".");
  if (home.priority.expedited && *home.priority.expedited) {
    std::string words = "Expedited review";
    if (home.priority.reason) words += ", " + *home.priority.reason;
    sentences.push_back(words + ".");
    if (home.priority.called_on) sentences.push_back("Called on " + model::format_date(*home.priority.called_on) + ".");
  }
  if (!termination) {
    for (const auto& service : context.member.services) add_line(context, service, sentences);
    add_order(context, sentences);
  }
  if (home.attest.precertification && *home.attest.precertification && home.attest.by && home.attest.on) {
    sentences.push_back("Precertification attested by " + *home.attest.by + " on " +
                        model::format_date(*home.attest.on) + ".");
  }
  return reviewer_messages(sentences);
}

}  // namespace atz::fhir
