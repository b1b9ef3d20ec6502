#include "app/known_home.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/app/open_ledger.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/status.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/casefile.hpp"

namespace atz::app {
namespace {

using ledger::CaseRecord;

constexpr std::string_view kHomeSupport = "T2016";

bool is_approved(const CaseRecord& record) {
  return record.delivery == model::Delivery::accepted &&
         (record.status == model::CaseStatus::approved || record.status == model::CaseStatus::partially_approved);
}

// "https://atz.invalid/Questionnaire/home-support|1" -> "home-support"
std::string name_of(const std::string& canonical) {
  const std::string url = canonical.substr(0, canonical.find('|'));
  return url.substr(url.rfind('/') + 1);
}

// A case file that is named instead of a home stands for its home.
std::string home_of_file(const Services& services, const std::string& name) {
  const std::string extension = path::extension(name);
  if ((extension != "yaml" && extension != "yml") || services.files.info(name).kind != FileInfo::Kind::regular)
    return name;
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto file = casefile::load(services.files, name, workspaces);
  return file && file->home.house.id ? *file->home.house.id : name;
}

Result<void> describe(const ledger::Ledger& ledger, const CaseRecord& record, KnownMember& member) {
  auto body = ledger.member_body(record.id);
  if (!body) return tl::make_unexpected(body.error());
  auto people = fhir::read_sent_people(*body);
  if (!people) return tl::make_unexpected(people.error());
  member.people = std::move(*people);
  auto request = fhir::read_submit(*body, true);
  if (auto* read = std::get_if<fhir::ReceivedRequest>(&request)) {
    member.diagnoses = std::move(read->diagnoses);
    member.questionnaires = std::move(read->questionnaires);
  }
  return {};
}

// Everything that was approved for one member: the case with the latest covered day.
Result<std::optional<KnownMember>> known_member(const ledger::Ledger& ledger, const std::vector<CaseRecord>& cases,
                                                const std::string& home, const std::string& label) {
  const CaseRecord* newest = nullptr;
  KnownMember member;
  member.label = label;
  for (const auto& record : cases) {
    if (record.home_id != home || record.label != label || !is_approved(record)) continue;
    const auto days = covered_days(record, false);
    if (!days || (member.covered && days->last < member.covered->last)) continue;
    member.covered = days;
    newest = &record;
  }
  if (newest == nullptr) return std::optional<KnownMember>{};
  member.case_id = newest->case_id;
  for (const auto& line : newest->lines) {
    if (line.asked.code != kHomeSupport || !line.asked.modifiers.empty()) continue;
    const auto hours = granted(line).weekly_hours;
    member.weekly_hours = hours ? hours : line.asked.weekly_hours;
  }
  for (const auto& record : cases) {
    if (record.case_id != newest->case_id || !is_approved(record)) continue;
    if (const auto regular = covered_days(record, false))
      member.covered->first = std::min(member.covered->first, regular->first);
    const auto days = covered_days(record, true);
    if (days && (!member.add_on || days->last > member.add_on->last)) member.add_on = days;
  }
  if (auto described = describe(ledger, *newest, member); !described) return tl::make_unexpected(described.error());
  return std::optional(std::move(member));
}

}  // namespace

std::vector<fhir::ReceivedAnswer> KnownMember::answers(std::string_view questionnaire) const {
  for (auto it = questionnaires.rbegin(); it != questionnaires.rend(); ++it) {
    if (name_of(it->canonical) == questionnaire) return it->answers;
  }
  return {};
}

std::string KnownMember::answer(std::string_view questionnaire, std::string_view link) const {
  for (const auto& given : answers(questionnaire)) {
    if (given.link == link) return given.value;
  }
  return {};
}

std::optional<model::DateSpan> covered_days(const CaseRecord& record, bool add_on) {
  std::optional<model::DateSpan> days;
  for (const auto& line : record.lines) {
    const auto period = granted(line).period;
    if (!period || line.asked.code != kHomeSupport || line.asked.modifiers.empty() == add_on) continue;
    if (!days || period->last > days->last) days = period;
  }
  return days;
}

Result<KnownHome> known_home(const Services& services, const std::string& profile, const std::string& name) {
  const std::string wanted = home_of_file(services, name);
  auto opened = open_for_reading(services);
  if (!opened) return tl::make_unexpected(opened.error());
  std::vector<CaseRecord> cases;
  if (opened->ledger != nullptr) {
    auto all = opened->ledger->cases(profile);
    if (!all) return tl::make_unexpected(all.error());
    cases = std::move(*all);
  }
  KnownHome home;
  for (const auto& record : cases) {
    if (wanted != record.home_id && wanted != record.case_id) continue;
    home.id = record.home_id;
  }
  if (home.id.empty()) {
    return fail(Failure::usage, fmt::format("No home or case '{}' was sent from here", printable(name)),
                "`atz status --offline` lists what was sent. Without --from, the file starts empty.");
  }
  std::vector<std::string> labels;
  for (const auto& record : cases) {
    if (record.home_id == home.id && std::find(labels.begin(), labels.end(), record.label) == labels.end())
      labels.push_back(record.label);
  }
  for (const auto& label : labels) {
    auto member = known_member(*opened->ledger, cases, home.id, label);
    if (!member) return tl::make_unexpected(member.error());
    if (!*member) continue;
    for (const auto& answer : (*member)->answers("staffing-pattern")) {
      const bool known = std::find(home.roster.begin(), home.roster.end(), answer.value) != home.roster.end();
      if (answer.link == "member.label" && !known) home.roster.push_back(answer.value);
    }
    home.members.push_back(std::move(**member));
  }
  if (home.members.empty()) {
    return fail(Failure::usage, fmt::format("Nothing was approved for {} yet", home.id),
                "Ask for the latest decisions first: atz status");
  }
  for (const auto& member : home.members) {
    if (std::find(home.roster.begin(), home.roster.end(), member.label) == home.roster.end())
      home.roster.push_back(member.label);
  }
  for (const auto& record : cases) {
    if (record.case_id == home.members.front().case_id && is_approved(record)) home.sent_on = record.submitted_on;
  }
  return home;
}

}  // namespace atz::app
