#include "atz/app/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/documents.hpp"
#include "app/known_cases.hpp"
#include "atz/app/profile.hpp"
#include "atz/base/text.hpp"
#include "atz/model/canonical.hpp"
#include "atz/rules/rule.hpp"

namespace atz::app {
namespace {

constexpr std::size_t kBatchRandomLength = 5;

bool takes_part(const model::Member& member) {
  return !(member.receives_home_support && !*member.receives_home_support);
}

std::vector<ledger::LineIntent> lines_of(const model::Home& home, const model::Member& member) {
  std::vector<ledger::LineIntent> lines;
  for (const auto& service : member.services) {
    ledger::LineIntent line;
    line.sequence = static_cast<int>(lines.size()) + 1;
    line.code = service.code.value.value_or("");
    for (const auto& modifier : service.modifiers) line.modifiers.push_back(modifier.value.value_or(""));
    const auto& period = home.period_of(member, service);
    if (period.complete()) line.period = period.days();
    line.units = service.units.value.value_or(0);
    if (service.weekly_hours) line.weekly_hours = model::quarter_hours(*service.weekly_hours);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string trimmed(const model::Field<std::string>& field) {
  return std::string(trim(field.value.value_or("")));
}

// The days on which this member's request can be sent; nullopt where any day will do.
std::optional<model::DateSpan> window_of(const HomePlan& plan, const MemberPlan& member) {
  const auto& file = plan.checked.file;
  const auto& person = file.home.members[member.index];
  const bool waits_for_window =
      member.purpose == model::Purpose::continuation ||
      (member.purpose == model::Purpose::change && file.workspace->settings.change_window_strict);
  if (waits_for_window && person.current_end) {
    return rules::extension_days(file.workspace->settings, *person.current_end);
  }
  if (member.purpose != model::Purpose::first) return std::nullopt;
  std::optional<model::DateSpan> common;
  for (const auto& line : member.lines) {
    const auto window = model::first_authorization_window(line.period.first);
    if (!common) common = window;
    common->first = std::max(common->first, window.first);
    common->last = std::min(common->last, window.last);
  }
  return common;
}

// The submission days that suit every member.
std::optional<model::DateSpan> common_window(const HomePlan& plan) {
  std::optional<model::DateSpan> common;
  for (const auto& member : plan.members) {
    const auto window = window_of(plan, member);
    if (!window) continue;
    if (!common) common = window;
    common->first = std::max(common->first, window->first);
    common->last = std::min(common->last, window->last);
  }
  if (common && common->first > common->last) return std::nullopt;
  return common;
}

bool overlaps(const ledger::CaseRecord& earlier, const std::vector<ledger::LineIntent>& lines) {
  return std::any_of(earlier.lines.begin(), earlier.lines.end(), [&](const ledger::CaseLine& old) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const ledger::LineIntent& line) { return old.asked.period.overlaps(line.period); });
  });
}

// Whether an earlier request with other content leaves no room for this one.
bool in_the_way(const ledger::CaseRecord& earlier, const MemberPlan& member) {
  using model::Purpose;
  // A denied case is closed: what follows it is a request of its own.
  if (earlier.status == model::CaseStatus::denied) return false;
  const bool open = !model::is_decided(earlier.status);
  switch (member.purpose) {
    case Purpose::first:
      return earlier.purpose != Purpose::termination && earlier.purpose != Purpose::add_on &&
             overlaps(earlier, member.lines);
    case Purpose::continuation:
    case Purpose::change:
      return open && model::is_extension(earlier.purpose) && earlier.case_id == member.prior->case_id;
    case Purpose::add_on:
      return open && earlier.purpose == Purpose::add_on && earlier.case_id == member.prior->case_id;
    case Purpose::termination:
      return open && earlier.purpose == Purpose::termination;
  }
  return false;
}

void compare(MemberPlan& member, const std::vector<ledger::BatchRecord>& batches) {
  for (auto batch = batches.rbegin(); batch != batches.rend(); ++batch) {
    for (const auto& earlier : batch->members) {
      if (earlier.label != member.label || earlier.delivery == model::Delivery::refused ||
          earlier.status == model::CaseStatus::voided) {
        continue;
      }
      if (earlier.content_digest != member.digest && !in_the_way(earlier, member)) continue;
      member.action = earlier.content_digest == member.digest ? Action::sent : Action::changed;
      member.earlier = earlier;
      return;
    }
  }
}

}  // namespace

std::string_view to_string(Action action) {
  switch (action) {
    case Action::fresh:
      return "new";
    case Action::changed:
      return "changed";
    case Action::sent:
      return "sent";
  }
  return "new";
}

bool HomePlan::has(Action action) const {
  return std::any_of(members.begin(), members.end(), [&](const MemberPlan& member) { return member.action == action; });
}

Result<HomePlan> prepare(const Services& services, const PlanSettings& settings, const std::string& path) {
  CheckSettings check = settings.check;
  check.known_cases = [&](const model::Home& home) { return known_cases(services, settings.check, home); };
  Checker checker(services, check);
  auto checked = checker.check(path);
  if (!checked) return tl::make_unexpected(checked.error());
  HomePlan plan;
  plan.checked = std::move(*checked);
  auto profile = choose_profile(services, settings.check.profile, plan.checked.file.workspace.get());
  if (!profile) return tl::make_unexpected(profile.error());
  plan.profile = std::move(*profile);
  // A file with errors is not sent, so it does not move the clock either.
  const Effect effect = plan.checked.has_errors() ? Effect::none : settings.effect;
  auto now = resolve_now(services, plan.profile, settings.check.as_of, effect);
  if (!now) return tl::make_unexpected(now.error());
  plan.now = std::move(*now);
  const model::Home& home = plan.checked.file.home;
  plan.home_id = home.house.id.value.value_or("");
  if (plan.checked.has_errors()) return plan;
  if (plan.checked.file.staffing_only) {
    return fail(Failure::usage, fmt::format("{} is a staffing file, not a case file", path),
                "Name the case file of the home that draws it in.");
  }
  for (std::size_t i = 0; i < home.members.size(); ++i) {
    if (!takes_part(home.members[i])) continue;
    MemberPlan member;
    member.index = i;
    member.label = home.members[i].label.value.value_or("");
    member.purpose = model::purpose_of(home, home.members[i]);
    if (member.purpose == model::Purpose::termination && !plan.profile.smi_termination_agreed) {
      return fail(Failure::usage,
                  fmt::format("{} has not agreed how a termination request is written, and could take it for a request "
                              "to begin the service",
                              plan.profile.name),
                  "Enter it in the portal. Once the payer has confirmed, set `smi_termination_agreed: yes` in its "
                  "profile.");
    }
    if (model::rides_on_case(member.purpose)) {
      member.prior = fhir::PriorRequest{trimmed(home.members[i].case_id), {}, {}};
    }
    member.lines = lines_of(home, home.members[i]);
    plan.members.push_back(std::move(member));
  }
  plan.window = common_window(plan);
  plan.batch_id = new_batch_id(plan.home_id, plan.now.today, services.random);
  return plan;
}

Result<void> build_requests(const Services& services, HomePlan& plan, const std::vector<int>& attempts) {
  const model::Home& home = plan.checked.file.home;
  const auto& workspace = *plan.checked.file.workspace;
  const auto week = rules::week_of(home, workspace.settings);
  const model::Week* week_ptr = week ? &*week : nullptr;
  DocumentCollector collector(services, plan.checked, week_ptr);
  for (std::size_t i = 0; i < plan.members.size(); ++i) {
    auto& member = plan.members[i];
    auto documents = collector.for_member(member.index);
    if (!documents) return tl::make_unexpected(documents.error());
    member.content = model::canonical_request(home, member.index, documents->digests);
    for (const auto& attachment : documents->attachments) {
      const bool personal = rules::names_a_person(home, attachment.title);
      member.attachments.push_back(personal ? attachment.type + " (name withheld)" : attachment.title);
    }
    if (!attempts.empty() && attempts[i] == 0) continue;
    member.request = fhir::build_submit({home, member.index, workspace.tables, workspace.settings, plan.profile,
                                         week_ptr, documents->attachments, plan.batch_id, plan.now.at,
                                         attempts.empty() ? 1 : attempts[i], member.prior ? &*member.prior : nullptr});
    for (std::size_t k = 0; k < member.lines.size() && k < member.request.lines.size(); ++k) {
      member.lines[k].trace = member.request.lines[k].trace;
      member.lines[k].sequence = member.request.lines[k].sequence;
    }
  }
  return {};
}

Result<void> find_priors(HomePlan& plan, const ledger::Ledger* ledger) {
  if (ledger == nullptr) return {};
  for (auto& member : plan.members) {
    if (!member.prior) continue;
    auto found = prior_request(*ledger, plan.profile.name, member.prior->case_id);
    if (!found) return tl::make_unexpected(found.error());
    member.prior = std::move(*found);
  }
  return {};
}

Result<void> compare_with_ledger(HomePlan& plan, const ledger::Ledger* ledger) {
  if (ledger == nullptr) return {};
  auto batches = ledger->batches_of_home(plan.profile.name, plan.home_id);
  if (!batches) return tl::make_unexpected(batches.error());
  for (auto& member : plan.members) {
    member.digest = ledger->content_digest(member.content);
    member.action = Action::fresh;
    member.earlier.reset();
    compare(member, *batches);
  }
  return {};
}

std::string outer_body(const HomePlan& plan, fhir::OuterKind kind) {
  std::vector<fhir::OuterEntry> entries;
  for (const auto& member : plan.members) {
    if (member.action == Action::fresh) entries.push_back({"Claim/$submit", member.request.bytes});
  }
  return fhir::build_outer(kind, plan.batch_id, plan.now.at, entries, plan.profile);
}

std::string new_batch_id(const std::string& home_id, model::Date today, Random& random) {
  std::string day = model::format_date(today);
  day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
  return fmt::format("{}-{}-{}", home_id, day, random_base32(random, kBatchRandomLength));
}

}  // namespace atz::app
