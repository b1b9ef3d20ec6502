#include "atz/app/sandbox_desk.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {
namespace {

Result<sandbox::DeskCase> decide(sandbox::Desk& desk, const ReviewSettings& settings, const std::string& case_id) {
  if (settings.automatic) return desk.approve(case_id, settings.note);
  switch (settings.verdict) {
    case Verdict::approve:
      return desk.approve(case_id, settings.note);
    case Verdict::partial:
      if (!settings.hours)
        return fail(Failure::usage, "A partial approval needs --hours", "For example --hours 60.00.");
      return desk.partially_approve(case_id, *settings.hours, settings.note);
    case Verdict::deny:
      return desk.deny(case_id, settings.note);
  }
  return fail(Failure::bug, "unknown verdict");
}

}  // namespace

Result<ReviewResult> review(const Services& services, const ReviewSettings& settings) {
  auto now = resolve_now(services, model::sandbox_profile(), settings.as_of, Effect::moves_clock);
  if (!now) return tl::make_unexpected(now.error());
  auto vault = open_vault(services, true);
  if (!vault) return tl::make_unexpected(vault.error());
  const CommandClock clock(services.clock, *now);
  auto desk = sandbox::Desk::open({services.files, clock, services.random, *vault, services.state_dir});
  if (!desk) return tl::make_unexpected(desk.error());
  auto cases = (*desk)->find(settings.case_or_home);
  if (!cases) return tl::make_unexpected(cases.error());
  ReviewResult result;
  result.now = std::move(*now);
  if (cases->size() > 1 && !settings.automatic && settings.verdict == Verdict::partial) {
    return fail(Failure::usage,
                fmt::format("--hours are the hours of one case; {} has {} open ones", printable(settings.case_or_home),
                            cases->size()),
                "Name one Case ID.");
  }
  for (const auto& one : *cases) {
    auto decided = decide(**desk, settings, one.case_id);
    if (!decided) return tl::make_unexpected(decided.error());
    result.decided.push_back(std::move(*decided));
  }
  return result;
}

Result<void> reset_sandbox(const Services& services) {
  if (!has_vault(services)) return sandbox::SandboxClock(services.files, services.state_dir).reset();
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  auto ledger =
      ledger::Ledger::open(services.files, services.state_dir, *vault, services.random, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (auto retired = (*ledger)->retire(model::sandbox_profile().name, services.clock.now()); !retired) return retired;
  return sandbox::reset({services.files, services.clock, services.random, *vault, services.state_dir});
}

}  // namespace atz::app
