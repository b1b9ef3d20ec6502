#include "sandbox/letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"

namespace atz::sandbox {
namespace {

using Json = nlohmann::json;

// MaineCare Benefits Manual, chapter I: a hearing is asked for within 60 days of the letter; within 10 days when the
// services are to go on until it is held.
constexpr std::chrono::days kHearing{60};
constexpr std::chrono::days kKeepServices{10};
constexpr std::chrono::days kTenDays{10};

constexpr std::string_view kTenDayLetter = "ten-day letter";

bool is_guardian(const fhir::ReceivedContact& contact) {
  return contact.relationship == "GUARD" || to_lower(contact.relationship).find("guardian") != std::string::npos;
}
bool is_case_manager(const fhir::ReceivedContact& contact) {
  return to_lower(contact.relationship).find("case manager") != std::string::npos;
}

std::vector<std::string> recipients_of(const LetterDraft& draft, const fhir::ReceivedRequest& request) {
  const std::string member = has_guardian(request) ? "guardian" : "member";
  if (draft.kind == kTenDayLetter) return {member};
  if (!draft.appealable) return {"provider"};
  return {member, "case manager"};
}

std::string name_of(const std::string& role, const fhir::ReceivedRequest& request) {
  if (role == "provider") return request.provider_name;
  if (role == "member") return std::string(trim(request.first + " " + request.last));
  for (const fhir::ReceivedContact& contact : request.contacts) {
    if (role == "guardian" ? is_guardian(contact) : is_case_manager(contact)) return contact.name;
  }
  return {};
}

std::string text_of_day(const std::optional<model::Date>& day) {
  return day ? model::format_date(*day) : std::string();
}
std::optional<model::Date> day_of(const Json& json, const char* name) {
  return model::parse_date(json.value(name, ""));
}

}  // namespace

bool has_guardian(const fhir::ReceivedRequest& request) {
  return std::any_of(request.contacts.begin(), request.contacts.end(), is_guardian);
}

Result<void> send_letter(const Office& office, FullCase& full, const LetterDraft& draft) {
  const fhir::ReceivedRequest& request = draft.chain == 0 ? full.newest() : full.request(draft.chain);
  const model::Date today = office.today();
  const bool ten_days = draft.kind == kTenDayLetter;
  std::optional<model::Date> hearing;
  std::optional<model::Date> services;
  std::optional<model::Date> answer;
  std::string text = draft.action;
  std::string dates;
  if (!trim(draft.reason).empty()) {
    text += fmt::format(" Reason: {}", trim(draft.reason));
    if (text.back() != '.') text += '.';
  }
  if (draft.appealable) {
    hearing = today + kHearing;
    text += fmt::format(" You have the right to a hearing: ask for it within 60 days of this letter, by {}.",
                        model::format_date(*hearing));
    dates += fmt::format(" Hearing to be asked for by {}.", model::format_date(*hearing));
  }
  if (draft.appealable && draft.keeps_services) {
    services = today + kKeepServices;
    text += fmt::format(" Ask within 10 days, by {}, if the current services are to go on until then.",
                        model::format_date(*services));
    dates += fmt::format(" To keep current services: by {}.", model::format_date(*services));
  }
  if (ten_days) {
    answer = today + kTenDays;
    text += fmt::format(" Please call within 10 days, by {}.", model::format_date(*answer));
    dates += fmt::format(" Answer expected by {}.", model::format_date(*answer));
  }
  const bool by_fax = !draft.appealable && !ten_days;
  const auto recipients = recipients_of(draft, request);
  const Json json = {{"kind", draft.kind},
                     {"on", model::format_date(today)},
                     {"by", by_fax ? "fax" : "US Mail"},
                     {"to", recipients},
                     {"text", text},
                     {"hearing_by", text_of_day(hearing)},
                     {"keep_services_by", text_of_day(services)},
                     {"answer_by", text_of_day(answer)}};
  if (auto kept = office.store.add_letter(full.state.case_id, office.now, json.dump()); !kept) return kept;
  return tell(office, full,
              fmt::format("Letter {}: {}, by {} to {}.{}", model::format_date(today), draft.kind,
                          by_fax ? "fax" : "US Mail", join(recipients, " and "), dates),
              draft.chain, draft.lines);
}

Letter letter_from(const CaseState& state, const fhir::ReceivedRequest& request, std::string_view stored) {
  const Json json = Json::parse(stored, nullptr, false);
  Letter letter;
  letter.case_id = state.case_id;
  letter.home_id = state.home_id;
  letter.label = state.label;
  if (!json.is_object()) return letter;
  letter.kind = json.value("kind", "");
  letter.sent_on = day_of(json, "on").value_or(model::Date{});
  letter.by = json.value("by", "");
  letter.text = json.value("text", "");
  letter.hearing_by = day_of(json, "hearing_by");
  letter.keep_services_by = day_of(json, "keep_services_by");
  letter.answer_by = day_of(json, "answer_by");
  for (const std::string& role : json.value("to", std::vector<std::string>())) {
    letter.to.push_back({role, name_of(role, request)});
  }
  return letter;
}

}  // namespace atz::sandbox
