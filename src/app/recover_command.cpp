#include <algorithm>

#include "atz/app/open_ledger.hpp"
#include "atz/app/recover.hpp"
#include "atz/app/surroundings.hpp"

namespace atz::app {

bool RecoverResult::all_settled() const {
  return std::all_of(settled.begin(), settled.end(), [](const Settled& one) {
    return one.how == Settled::How::found || one.how == Settled::How::resent || one.how == Settled::How::refused;
  });
}

Result<RecoverResult> recover(const Services& services, const RecoverRequest& request) {
  auto around = look_around(services, request.profile, request.as_of, Effect::moves_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  RecoverResult result;
  result.now = std::move(around->now);
  if (!has_vault(services)) return result;
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  auto ledger = open_ledger(services, *vault, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());
  auto open = (*ledger)->unsettled(profile.name);
  if (!open) return tl::make_unexpected(open.error());
  auto messages = (*ledger)->open_follow_ups(profile.name);
  if (!messages) return tl::make_unexpected(messages.error());
  if (open->empty() && messages->empty()) return result;
  CommandClock clock(services.clock, result.now);
  auto session = Session::open(services, profile, *vault, clock);
  if (!session) return tl::make_unexpected(session.error());
  auto settled = settle(**session, services, **ledger, result.now, {request.resend, {}});
  if (!settled) return tl::make_unexpected(settled.error());
  result.settled = std::move(*settled);
  return result;
}

}  // namespace atz::app
