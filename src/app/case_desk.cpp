#include "app/case_desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/known_cases.hpp"
#include "atz/app/open_ledger.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/profile.hpp"
#include "atz/app/recover.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

tl::unexpected<Error> no_such_case(const std::string& case_id, const std::vector<ledger::CaseRecord>& records) {
  std::vector<std::string_view> known;
  for (const auto& record : records) known.push_back(record.case_id);
  const auto near = did_you_mean(case_id, known);
  return fail(Failure::usage, fmt::format("No case '{}' was sent from here", printable(case_id)),
              near ? fmt::format("Did you mean '{}'?", *near) : "`atz status --offline --all` lists what was sent.");
}

bool is_of(const ledger::CaseRecord& record, const std::string& case_id) {
  return record.case_id == case_id && record.delivery == model::Delivery::accepted;
}

}  // namespace

Result<std::unique_ptr<CaseDesk>> CaseDesk::open(const Services& services, const std::optional<std::string>& profile,
                                                 const std::optional<std::string>& as_of, const std::string& case_id) {
  std::unique_ptr<CaseDesk> desk(new CaseDesk(services));
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  desk->workspace_ = workspaces.for_directory(services.files.absolute("."));
  auto chosen = choose_profile(services, profile, desk->workspace_.get());
  if (!chosen) return tl::make_unexpected(chosen.error());
  desk->profile_ = std::move(*chosen);
  if (!has_vault(services)) return no_such_case(case_id, {});
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  desk->vault_.emplace(std::move(*vault));
  auto ledger = open_ledger(services, *desk->vault_, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());
  desk->ledger_ = std::move(*ledger);
  auto records = desk->ledger_->cases(desk->profile_.name);
  if (!records) return tl::make_unexpected(records.error());
  if (std::none_of(records->begin(), records->end(), [&](const auto& record) { return is_of(record, case_id); })) {
    return no_such_case(case_id, *records);
  }
  auto now = resolve_now(services, desk->profile_, as_of, Effect::moves_clock);
  if (!now) return tl::make_unexpected(now.error());
  desk->now_ = std::move(*now);
  desk->clock_ = std::make_unique<CommandClock>(services.clock, desk->now_);
  auto session = Session::open(services, desk->profile_, *desk->vault_, *desk->clock_);
  if (!session) return tl::make_unexpected(session.error());
  desk->session_ = std::move(*session);
  if (auto loaded = desk->load(case_id); !loaded) return tl::make_unexpected(loaded.error());
  return desk;
}

Result<void> CaseDesk::load(const std::string& case_id) {
  auto records = ledger_->cases(profile_.name);
  if (!records) return tl::make_unexpected(records.error());
  const auto home =
      std::find_if(records->begin(), records->end(), [&](const auto& one) { return is_of(one, case_id); });
  auto unsettled = has_unsettled(*ledger_, profile_.name, home->home_id);
  if (!unsettled) return tl::make_unexpected(unsettled.error());
  if (*unsettled) {
    return fail(Failure::unknown_outcome, "Nobody knows yet what became of an earlier message about this home",
                "Nothing was sent. Run `atz recover` first.");
  }
  for (const auto& record : *records) {
    if (!is_of(record, case_id)) continue;
    if (model::is_decided(record.status)) {
      requests_.push_back(record);  // decided is decided
      continue;
    }
    auto fresh = refresh(*session_, services_, *ledger_, record, now_.at);
    if (!fresh) return tl::make_unexpected(fresh.error());
    requests_.push_back(std::move(*fresh));
  }
  auto prior = prior_request(*ledger_, profile_.name, case_id);
  if (!prior) return tl::make_unexpected(prior.error());
  prior_ = std::move(*prior);
  return {};
}

std::string CaseDesk::new_trace(const ledger::CaseRecord& record) const {
  return new_batch_id(record.home_id, now_.today, services_.random) + "-" + record.label;
}

Result<CaseMessageResult> CaseDesk::send(const ledger::CaseRecord& record, const ledger::FollowUpIntent& intent) {
  CaseMessageResult result;
  result.now = now_;
  result.profile = profile_.name;
  result.live = profile_.live;
  auto posted = send_follow_up(*session_, services_, *ledger_, record, intent);
  if (!posted) return tl::make_unexpected(posted.error());
  result.ok = posted->ok;
  result.error = posted->error;
  // The answer to an attachment says nothing about the case, and that to an update perhaps not all.
  auto fresh = posted->ok ? refresh(*session_, services_, *ledger_, record, now_.at)
                          : record_of(*ledger_, profile_.name, record.id);
  if (!fresh && posted->ok) {
    services_.note("It was sent and taken, but the payer could not be asked about the case: run `atz status` later.");
    fresh = record_of(*ledger_, profile_.name, record.id);
  }
  if (!fresh) return tl::make_unexpected(fresh.error());
  result.record = std::move(*fresh);
  return result;
}

}  // namespace atz::app
