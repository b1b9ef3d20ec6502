#include "app/show_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/words.hpp"
#include "atz/app/status.hpp"
#include "atz/base/text.hpp"

namespace atz::app {

using report::CasePrint;

namespace {

std::string one_line(const fhir::SentAddress& address) {
  std::string text = address.line;
  if (!address.line2.empty()) text += ", " + address.line2;
  const std::string place = std::string(trim(address.city + " " + address.state + " " + address.zip));
  return text + (text.empty() || place.empty() ? "" : ", ") + place;
}

std::string action_words(model::ReviewAction action) {
  switch (action) {
    case model::ReviewAction::certified:
      return "approved";
    case model::ReviewAction::partly_certified:
      return "approved in part";
    case model::ReviewAction::denied:
      return "denied";
    case model::ReviewAction::pended:
      return "pended";
    case model::ReviewAction::upheld:
      return "upheld";
    case model::ReviewAction::modified:
      return "modified";
    case model::ReviewAction::cancelled:
      return "withdrawn";
    case model::ReviewAction::contact_payer:
      return "contact the payer";
    case model::ReviewAction::no_action_required:
      return "no action required";
    case model::ReviewAction::other:
      return "other";
  }
  return "other";
}

// "approved (A1), 60.00 hours a week, 365 units, 2027-01-04 to 2028-01-03, authorization 12345"
std::string decision_words(const model::LineDecision& decision) {
  std::vector<std::string> parts;
  const std::string action = decision.action ? action_words(*decision.action) : "no decision code";
  parts.push_back(decision.action_code.empty() ? action : fmt::format("{} ({})", action, decision.action_code));
  if (!decision.weekly_hours_text.empty()) {
    parts.push_back(decision.weekly_hours_text + " hours a week");
  } else if (decision.weekly_hours) {
    parts.push_back(model::format_hours(*decision.weekly_hours) + " hours a week");
  }
  if (decision.units) parts.push_back(fmt::format("{} units", *decision.units));
  if (decision.period)
    parts.push_back(
        fmt::format("{} to {}", model::format_date(decision.period->first), model::format_date(decision.period->last)));
  if (!decision.authorization_number.empty()) parts.push_back("authorization " + decision.authorization_number);
  return join(parts, ", ");
}

// Groups of answers ("shift.staff", "shift.days" ...) become one answer each, as long as the staffing pattern is.
void add_answer(std::vector<CasePrint::Answer>& answers, const fhir::ReceivedAnswer& given, std::string& group_start) {
  const auto dot = given.link.find('.');
  const bool grouped = dot != std::string::npos && !all_digits(given.link.substr(0, dot));
  if (!grouped) {
    if (!answers.empty() && answers.back().link == given.link) {
      answers.back().values.push_back(given.value);
    } else {
      answers.push_back({given.link, given.text, {given.value}});
    }
    return;
  }
  const std::string group = given.link.substr(0, dot);
  const std::string part =
      fmt::format("{} {}", given.text.empty() ? given.link.substr(dot + 1) : given.text, given.value);
  if (answers.empty() || answers.back().link != group || given.link == group_start) {
    answers.push_back({group, "", {part}});
    group_start = given.link;
  } else {
    answers.back().values.push_back(part);
  }
}

CasePrint::Questionnaire questionnaire_of(const fhir::ReceivedQuestionnaire& sent, const model::Tables& tables) {
  CasePrint::Questionnaire out;
  const std::string url = sent.canonical.substr(0, sent.canonical.find('|'));
  out.name = url.substr(url.rfind('/') + 1);
  const auto* known = tables.questionnaire(out.name);
  out.title = known != nullptr ? known->title : words(out.name);
  std::replace(out.title.begin(), out.title.end(), '-', ' ');
  out.status = sent.status;
  std::string group_start;
  for (const auto& answer : sent.answers) add_answer(out.answers, answer, group_start);
  return out;
}

}  // namespace

std::string event_words(const ledger::HistoryEntry& entry) {
  if (entry.kind == "decision" && entry.decision)
    return fmt::format("line {}: {}", entry.line, decision_words(*entry.decision));
  if (entry.kind == "remarks") return "the payer says: " + entry.now;
  if (entry.kind == "case_id")
    return entry.previous.empty() ? "Case ID " + entry.now
                                  : fmt::format("Case ID {} (before: {})", entry.now, entry.previous);
  if (entry.kind == "cancel") return fmt::format("withdrawal sent ({}): {}", words(entry.previous), entry.now);
  if (entry.kind == "answer") return fmt::format("answer sent ({}): {}", words(entry.previous), entry.now);
  const std::string now = words(entry.now);
  if (entry.kind == "delivery" && now == "sending") return "sent";
  return entry.previous.empty() ? fmt::format("{}: {}", words(entry.kind), now)
                                : fmt::format("{}: {} (before: {})", words(entry.kind), now, words(entry.previous));
}

CasePrint::Line line_of(const ledger::CaseLine& line) {
  CasePrint::Line out;
  const auto& decision = line.decision;
  const auto given = granted(line);
  out.sequence = line.asked.sequence;
  out.code = line.asked.code;
  for (const auto& modifier : line.asked.modifiers) out.code += " " + modifier;
  out.hours_asked = line.asked.weekly_hours;
  out.units_asked = line.asked.units;
  out.asked = line.asked.period;
  out.authorization_number = decision.authorization_number;
  out.decided_on = decision.decided_on;
  for (const auto& reason : decision.reasons)
    out.reasons.push_back(reason.code.empty() ? reason.text : fmt::format("{} ({})", reason.text, reason.code));
  if (!decision.action || *decision.action == model::ReviewAction::pended) return out;
  out.decision = action_words(*decision.action);
  out.hours_approved = given.weekly_hours;
  out.hours_approved_text = decision.weekly_hours_text;
  out.units_approved = given.units;
  out.approved = given.period;
  return out;
}

void add_sent(CasePrint::Request& request, const fhir::ReceivedRequest& sent, const model::Tables& tables) {
  const auto is_new = [&](const std::string& change) { return !sent.is_update || !change.empty(); };
  for (const auto& message : sent.messages) {
    if (is_new(message.change)) request.messages.push_back(message.text);
  }
  for (const auto& questionnaire : sent.questionnaires) {
    if (is_new(questionnaire.change)) request.questionnaires.push_back(questionnaire_of(questionnaire, tables));
  }
  for (const auto& document : sent.documents) {
    if (is_new(document.change))
      request.documents.push_back(
          {document.title, document.type, document.media_type, document.bytes, document.sha256});
  }
}

void describe(CasePrint& print, const fhir::SentPeople& people) {
  const auto& member = people.member;
  print.member = {
      member.id,
      std::string(trim(member.first + " " + member.middle + (member.middle.empty() ? "" : " ") + member.last)),
      member.born,
      member.gender,
      member.phone,
      one_line(member.address)};
  print.contacts.clear();
  for (const auto& contact : people.contacts) {
    const char* role = contact.role == fhir::SentContact::Role::guardian       ? "Guardian"
                       : contact.role == fhir::SentContact::Role::case_manager ? "Case manager"
                                                                               : "Contact";
    print.contacts.push_back({role, contact.name, contact.phone, one_line(contact.address)});
  }
  const auto& provider = people.provider;
  print.agency = {provider.name, provider.number, provider.phone, provider.fax, one_line(provider.address)};
  print.home_name = people.home.name;
  print.location = people.home.location;
  print.home_address = one_line(people.home.address);
}

}  // namespace atz::app
