#include "atz/model/canonical.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/model/home.hpp"
#include "atz/model/week.hpp"
#include "canonical_lines.hpp"

namespace atz::model {

namespace {

std::string_view request_word(RequestKind kind) {
  switch (kind) {
    case RequestKind::service_notification:
      return "service-notification";
    case RequestKind::service_notification_extension:
      return "service-notification-extension";
    case RequestKind::smi_termination:
      return "smi-termination";
  }
  return "service-notification";
}

void put_address(Lines& lines, const Address& address) {
  lines.put("line", address.line);
  lines.put("line2", address.line2);
  lines.put("city", address.city);
  lines.put("state", address.state, Form::upper);
  lines.put("zip", address.zip, Form::compact);
}

void put_provider(Lines& lines, const Provider& provider) {
  lines.put("name", provider.name);
  lines.put("npi", provider.npi, Form::compact);
  lines.put("type", provider.type);
  lines.put("ein", provider.ein, Form::digits);
  lines.put("phone", provider.phone, Form::digits);
  lines.put("fax", provider.fax, Form::digits);
  lines.put("id_kind", provider.id_kind ? to_lower(trim(*provider.id_kind)) : "npi");
  lines.within("address", [&] { put_address(lines, provider.address); });
}

void put_house(Lines& lines, const House& house) {
  lines.put("name", house.name);
  lines.put("location", house.location, Form::digits);
  lines.within("address", [&] { put_address(lines, house.address); });
  lines.put("roster", house.roster);
}

void put_period(Lines& lines, const Period& period) {
  lines.put("start", period.start);
  lines.put("end", period.end);
}

void put_recipient(Lines& lines, const LetterRecipient& recipient) {
  if (recipient.none) lines.put("none", std::string("yes"));
  lines.put("name", recipient.name);
  lines.put("phone", recipient.phone, Form::digits);
  lines.within("address", [&] { put_address(lines, recipient.address); });
}

void put_person(Lines& lines, const Home& home, const Member& member) {
  lines.put("label", member.label);
  lines.put("id", member.id, Form::upper);
  lines.put("last", member.name.last);
  lines.put("first", member.name.first);
  lines.put("middle", member.name.middle);
  lines.put("born", member.born);
  lines.put("gender", member.gender, Form::lower);
  lines.put("waiver", member.waiver, Form::lower);
  lines.put("phone", member.phone, Form::digits);
  lines.within("address", [&] { put_address(lines, member.address.present ? member.address : home.house.address); });
  lines.within("guardian", [&] { put_recipient(lines, member.guardian); });
  lines.within("case_manager", [&] { put_recipient(lines, member.case_manager); });
}

void put_service(Lines& lines, const Home& home, const Member& member, const Service& service) {
  lines.put("code", service.code, Form::upper);
  lines.put("modifiers", service.modifiers, Form::upper);
  lines.put("units", service.units);
  lines.put("weekly_hours", service.weekly_hours);
  // The day of sending is not content: the same request on the next day is the same.
  if (service.date) {
    lines.put("date", service.date, Form::lower);
  } else {
    put_period(lines, home.period_of(member, service));
  }
  lines.put("frequency", service.frequency);
  lines.put("rate", service.rate);
}

void put_plan(Lines& lines, const PlanStatement& plan) {
  lines.put("system", plan.system);
  lines.within("location", [&] { put_address(lines, plan.location); });
  lines.put("weekly_hours", plan.weekly_hours);
  lines.put("checked_on", plan.checked_on);
  lines.put("reviewed_on", plan.reviewed_on);
  for (std::size_t i = 0; i < plan.other_services.size(); ++i) {
    lines.within(fmt::format("other service {}", i), [&] {
      lines.put("code", plan.other_services[i].code, Form::upper);
      lines.put("weekly_hours", plan.other_services[i].weekly_hours);
    });
  }
}

std::string_view reason_word(ExtensionReason reason) {
  switch (reason) {
    case ExtensionReason::continuation:
      return "continue";
    case ExtensionReason::change:
      return "change";
    case ExtensionReason::add_on:
      return "add-on";
  }
  return "continue";
}

void put_order(Lines& lines, const Order& order) {
  lines.put("signed_on", order.signed_on);
  lines.put("by", order.by);
  lines.put("credential", order.credential, Form::upper);
  lines.put("npi", order.npi, Form::compact);
  lines.put("condition", order.condition);
  lines.put("procedures", order.procedures);
  lines.put("span", order.span_text, Form::lower);
  lines.put("times", order.frequency.times);
  lines.put("per", order.frequency.per, Form::lower);
}

void put_termination(Lines& lines, const Termination& termination) {
  lines.put("action", termination.action, Form::lower);
  lines.put("last_day", termination.last_day);
  lines.put("return_on", termination.return_on);
  lines.put("imminent_harm", termination.imminent_harm);
  lines.put("imminent_harm_reason", termination.imminent_harm_reason);
  lines.put("services_already_ended", termination.services_already_ended);
}

// A case that is there already: extension, add-on, termination.
void put_case(Lines& lines, const Member& member) {
  lines.put("emancipated", member.emancipated);
  lines.put("meets_smi", member.meets_smi);
  lines.put("case", member.case_id);
  lines.put("current_end", member.current_end);
  if (member.reason) lines.put("reason", std::string(reason_word(*member.reason)));
  lines.put("because", member.because);
  lines.within("order", [&] { put_order(lines, member.order); });
  lines.within("running_add_on", [&] {
    lines.put("end", member.running_add_on.end);
    lines.put("order_signed_on", member.running_add_on.order_signed_on);
  });
  lines.within("planning_team", [&] {
    lines.put("met_on", member.planning_team.met_on);
    lines.put("members", member.planning_team.members);
  });
  lines.put("service_type", member.service_type, Form::lower);
  lines.within("notice", [&] { lines.put("given_on", member.notice.given_on); });
  lines.within("termination", [&] { put_termination(lines, member.termination); });
}

void put_questionnaire(Lines& lines, const QuestionnaireAnswers& answers) {
  lines.put("version", answers.version);
  lines.put("status", answers.status ? to_lower(trim(*answers.status)) : "completed");
  std::vector<const Answer*> sorted;
  for (const Answer& answer : answers.answers) sorted.push_back(&answer);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Answer* a, const Answer* b) { return a->link < b->link; });
  for (const Answer* answer : sorted) lines.put(fmt::format("answer {}", Lines::escape(answer->link)), answer->values);
}

void put_questionnaires(Lines& lines, const std::vector<QuestionnaireAnswers>& all) {
  std::vector<const QuestionnaireAnswers*> sorted;
  for (const QuestionnaireAnswers& one : all) sorted.push_back(&one);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  for (const QuestionnaireAnswers* one : sorted) {
    lines.within(fmt::format("questionnaire {}", Lines::escape(one->name)), [&] { put_questionnaire(lines, *one); });
  }
}

void put_documents(Lines& lines, const Home& home, const Member& member, std::span<const std::string> digests) {
  std::size_t count = 0;
  const auto put = [&](const Document& document) {
    lines.within(fmt::format("document {}", count++), [&] {
      lines.put("type", document.type, Form::lower);
      lines.put("title", document.title);
      lines.put("file", file_name(document.file));
    });
  };
  for (const Document& document : home.documents) {
    if (!document.member || document.member.value == member.label.value) put(document);
  }
  for (const Document& document : member.documents) put(document);
  for (std::size_t i = 0; i < digests.size(); ++i) lines.put(fmt::format("digest {}", i), digests[i]);
}

void put_attestation(Lines& lines, const Attestation& attest) {
  lines.put("precertification", attest.precertification);
  lines.put("by", attest.by);
  lines.put("on", attest.on);
}

void put_priority(Lines& lines, const Priority& priority) {
  lines.put("expedited", priority.expedited);
  lines.put("reason", priority.reason);
  lines.put("called_on", priority.called_on);
}

}  // namespace

std::string canonical_request(const Home& home, std::size_t index, std::span<const std::string> document_digests) {
  const Member& member = home.members.at(index);
  Lines lines("atz/content/1");
  lines.put("request", std::string(request_word(home.kind_of(member))));
  lines.put("type", home.type);
  lines.put("subcontract", home.subcontract);
  lines.within("priority", [&] { put_priority(lines, home.priority); });
  lines.within("provider", [&] { put_provider(lines, home.provider); });
  lines.within("home", [&] { put_house(lines, home.house); });
  lines.within("member", [&] { put_person(lines, home, member); });
  put_case(lines, member);
  lines.put("diagnoses", member.diagnoses, Form::upper);
  for (std::size_t i = 0; i < member.services.size(); ++i) {
    lines.within(fmt::format("service {}", i), [&] { put_service(lines, home, member, member.services[i]); });
  }
  lines.within("plan", [&] { put_plan(lines, member.plan); });
  put_questionnaires(lines, member.questionnaires);
  lines.put("routinely_out", member.routinely_out, Form::lower);
  lines.put("min_ratio", member.min_ratio, Form::compact);
  put_spans(lines, "may_be_alone", member.may_be_alone);
  lines.within("staffing", [&] { put_pattern(lines, home.staffing); });
  lines.within("member staffing", [&] { put_pattern(lines, member.staffing); });
  put_documents(lines, home, member, document_digests);
  lines.within("attest", [&] { put_attestation(lines, home.attest); });
  return lines.take();
}

}  // namespace atz::model
