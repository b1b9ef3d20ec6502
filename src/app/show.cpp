#include "atz/app/show.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/next_steps.hpp"
#include "atz/app/appeal.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/profile.hpp"
#include "atz/app/status.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/sent_people.hpp"

namespace atz::app {
namespace {

using ledger::CaseRecord;
using report::CasePrint;

std::string words(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

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

std::string event_words(const ledger::HistoryEntry& entry) {
  if (entry.kind == "decision" && entry.decision)
    return fmt::format("line {}: {}", entry.line, decision_words(*entry.decision));
  if (entry.kind == "remarks") return "the payer says: " + entry.now;
  if (entry.kind == "case_id") return "Case ID " + entry.now;
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

// Of an update only what it added: the rest was sent, and is shown, with the request before.
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

class Gatherer {
 public:
  Gatherer(const ledger::Ledger& ledger, const std::vector<CaseRecord>& all, const casefile::Workspace& workspace,
           model::Date today, CasePrint& print)
      : ledger_(ledger), all_(all), workspace_(workspace), today_(today), print_(print) {}

  Result<void> add(const CaseRecord& record) {
    CasePrint::Request request;
    request.purpose = model::to_string(record.purpose);
    request.batch_id = record.batch_id;
    request.trace = record.claim_identifier;
    request.delivery = words(model::to_string(record.delivery));
    request.status = words(model::to_string(record.status));
    request.submitted_on = record.submitted_on;
    request.expected_by = record.expected_by;
    request.decided = model::is_decided(record.status);
    request.attempt = record.attempt;
    for (const auto& line : record.lines) request.lines.push_back(line_of(line));
    for (const auto& note : record.notes) (is_letter(note) ? request.letters : request.notes).push_back(note);
    for (const auto& question : record.requests) {
      const auto due =
          question.due ? *question.due
                       : model::maine_date(record.changed_at) + std::chrono::days(workspace_.settings.info_reply_days);
      if (record.status == model::CaseStatus::info_requested)
        request.questions.push_back({question.control_number, question.text, due});
    }
    const auto history = ledger_.history(record.id);
    if (!history) return tl::make_unexpected(history.error());
    for (const auto& entry : *history) request.events.push_back({entry.at, event_words(entry)});
    for (auto& step : next_steps(record, all_, today_, workspace_.settings))
      request.next.push_back({step.day, std::move(step.what)});
    if (auto added = add_body(record, request); !added) return added;
    print_.status = request.delivery == "accepted" ? request.status : request.delivery;
    print_.requests.push_back(std::move(request));
    return {};
  }

 private:
  Result<void> add_body(const CaseRecord& record, CasePrint::Request& request) {
    const auto body = ledger_.member_body(record.id);
    if (!body) return tl::make_unexpected(body.error());
    const auto people = fhir::read_sent_people(*body);
    if (!people) return tl::make_unexpected(people.error());
    describe(print_, *people);
    const auto sent = fhir::read_submit(*body, true);
    if (const auto* read = std::get_if<fhir::ReceivedRequest>(&sent)) {
      print_.diagnoses = read->diagnoses;
      add_sent(request, *read, workspace_.tables);
    }
    return {};
  }

  const ledger::Ledger& ledger_;
  const std::vector<CaseRecord>& all_;
  const casefile::Workspace& workspace_;
  model::Date today_;
  CasePrint& print_;
};

Error unknown_case(const std::string& case_id, const std::vector<CaseRecord>& all) {
  std::vector<std::string_view> known;
  for (const auto& record : all) {
    if (!record.case_id.empty()) known.push_back(record.case_id);
    if (record.home_id == case_id) {
      return {Failure::usage, fmt::format("'{}' is a home; `show` prints one case", printable(case_id)),
              fmt::format("`atz status --offline {}` lists its cases.", case_id)};
    }
  }
  const auto near = did_you_mean(case_id, known);
  return {Failure::usage, fmt::format("No case '{}' was sent from here", printable(case_id)),
          near ? fmt::format("Did you mean '{}'?", *near) : "`atz status --offline` lists what was sent."};
}

}  // namespace

Result<ShowResult> show(const Services& services, const ShowSettings& settings) {
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(services.files.absolute("."));
  const auto profile = choose_profile(services, settings.profile, workspace.get());
  if (!profile) return tl::make_unexpected(profile.error());
  auto now = resolve_now(services, *profile, settings.as_of, Effect::none);
  if (!now) return tl::make_unexpected(now.error());
  auto opened = open_for_reading(services);
  if (!opened) return tl::make_unexpected(opened.error());
  std::vector<CaseRecord> all;
  if (opened->ledger != nullptr) {
    auto cases = opened->ledger->cases(profile->name);
    if (!cases) return tl::make_unexpected(cases.error());
    all = std::move(*cases);
  }
  ShowResult result;
  result.now = std::move(*now);
  result.print.as_of = result.now.at;
  result.print.payer = profile->name;
  result.print.sandbox = !profile->live;
  result.print.case_id = settings.case_id;
  bool found = false;
  for (const auto& record : all) {
    if (record.case_id != settings.case_id) continue;
    found = true;
    result.print.home_id = record.home_id;
    result.print.label = record.label;
    Gatherer gatherer(*opened->ledger, all, *workspace, result.now.today, result.print);
    if (auto added = gatherer.add(record); !added) return tl::make_unexpected(added.error());
  }
  if (!found) return tl::make_unexpected(unknown_case(settings.case_id, all));
  return result;
}

}  // namespace atz::app
