#include "app/known_cases.hpp"

#include <algorithm>

#include "atz/app/open_ledger.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/profile.hpp"
#include "atz/app/status.hpp"
#include "atz/base/text.hpp"
#include "atz/fhir/payer_side.hpp"

namespace atz::app {
namespace {

bool grants(model::CaseStatus status) {
  return status == model::CaseStatus::approved || status == model::CaseStatus::partially_approved;
}

// The newest approved request decides; before any approval, the last one that was sent.
void take(const ledger::CaseRecord& record, model::KnownCase& known) {
  if (record.delivery != model::Delivery::accepted) return;
  if (grants(record.status) || !grants(known.status)) known.status = record.status;
  if (!grants(record.status)) return;
  for (const auto& line : record.lines) {
    const auto given = granted(line);
    if (!is_regular(line) || !given.period) continue;
    if (!known.days || given.period->last >= known.days->last) known.hours = given.weekly_hours;
    known.days = known.days ? model::DateSpan{std::min(known.days->first, given.period->first),
                                              std::max(known.days->last, given.period->last)}
                            : *given.period;
  }
}

Result<model::KnownCase> look_up(const ledger::Ledger& ledger, const std::vector<const ledger::CaseRecord*>& requests,
                                 const model::Member& member) {
  model::KnownCase known;
  known.label = member.label.value.value_or("");
  known.case_id = requests.front()->case_id;
  known.owner_home = requests.front()->home_id;
  known.owner = requests.front()->label;
  auto identity = ledger.identity(requests.front()->id);
  if (!identity) return tl::make_unexpected(identity.error());
  known.same_person = !member.id || identity->member_id == *member.id;
  for (const auto* record : requests) {
    if (record->purpose != model::Purpose::add_on) take(*record, known);
  }
  auto body = ledger.member_body(requests.front()->id);
  if (!body) return tl::make_unexpected(body.error());
  const auto sent = fhir::read_submit(*body, true);
  if (const auto* request = std::get_if<fhir::ReceivedRequest>(&sent)) known.location = request->location;
  return known;
}

}  // namespace

bool is_regular(const ledger::CaseLine& line) {
  return line.asked.modifiers.empty();
}

Result<std::vector<model::KnownCase>> known_cases(const Services& services, const CheckSettings& settings,
                                                  const model::Home& home) {
  std::vector<model::KnownCase> found;
  const bool any = std::any_of(home.members.begin(), home.members.end(),
                               [](const model::Member& member) { return member.case_id.value.has_value(); });
  if (!any) return found;
  auto opened = open_for_reading(services);
  if (!opened) return tl::make_unexpected(opened.error());
  if (opened->ledger == nullptr) return found;
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(services.files.absolute("."));
  auto profile = choose_profile(services, settings.profile, workspace.get());
  if (!profile) return tl::make_unexpected(profile.error());
  auto records = opened->ledger->cases(profile->name);
  if (!records) return tl::make_unexpected(records.error());
  for (const auto& member : home.members) {
    if (!member.case_id) continue;
    std::vector<const ledger::CaseRecord*> requests;
    for (const auto& record : *records) {
      if (record.case_id == trim(*member.case_id)) requests.push_back(&record);
    }
    if (requests.empty()) continue;
    auto known = look_up(*opened->ledger, requests, member);
    if (!known) return tl::make_unexpected(known.error());
    found.push_back(std::move(*known));
  }
  return found;
}

Result<fhir::PriorRequest> prior_request(const ledger::Ledger& ledger, const std::string& profile,
                                         const std::string& case_id) {
  fhir::PriorRequest prior;
  prior.case_id = case_id;
  auto body = ledger.last_claim(profile, case_id);
  if (!body) return tl::make_unexpected(body.error());
  prior.body = std::move(*body);
  auto records = ledger.cases(profile);
  if (!records) return tl::make_unexpected(records.error());
  for (const auto& record : *records) {
    if (record.case_id != case_id || record.delivery != model::Delivery::accepted) continue;
    for (const auto& line : record.lines) {
      if (is_regular(line) && !line.decision.authorization_number.empty()) {
        prior.authorization_number = line.decision.authorization_number;
      }
    }
  }
  return prior;
}

}  // namespace atz::app
