#include "atz/app/sandbox_desk.hpp"
#include "atz/app/open_ledger.hpp"

#include <fmt/format.h>

#include "atz/app/receive.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {
namespace {

// The desk with everything that it refers to.
struct OpenDesk {
  Now now;
  seal::Vault vault;
  std::unique_ptr<CommandClock> clock;
  std::unique_ptr<sandbox::Desk> desk;

  [[nodiscard]] DeskTime time() const { return {now, desk->happened()}; }
};

// Whoever wants to be told of changes is told at once. The change itself is made; what can't be delivered waits.
Result<void> deliver(const Services& services, sandbox::Desk& desk) {
  const auto troubles = desk.deliver();
  if (!troubles) return tl::make_unexpected(troubles.error());
  for (const auto& trouble : *troubles) services.note(trouble + "; it is tried again at the next change");
  return {};
}

Result<std::unique_ptr<OpenDesk>> open_desk(const Services& services, Now now) {
  auto vault = open_vault(services, true);
  if (!vault) return tl::make_unexpected(vault.error());
  auto clock = std::make_unique<CommandClock>(services.clock, now);
  auto open = std::unique_ptr<OpenDesk>(new OpenDesk{std::move(now), std::move(*vault), std::move(clock), nullptr});
  auto desk = sandbox::Desk::open(payer_services(services, *open->clock, open->vault));
  if (!desk) return tl::make_unexpected(desk.error());
  open->desk = std::move(*desk);
  return open;
}

bool has_store(const Services& services) {
  return services.files.info(path::join(services.state_dir, "sandbox.db")).kind != FileInfo::Kind::missing;
}

// A clock that was moved can't be put back: what can't be opened is found before.
Result<Now> move_clock(const Services& services, const std::optional<std::string>& to) {
  if (has_vault(services)) {
    auto vault = open_vault(services, false);
    if (!vault) return tl::make_unexpected(vault.error());
    if (has_store(services)) {
      const auto opens = sandbox::Desk::try_open(payer_services(services, services.clock, *vault));
      if (!opens) return tl::make_unexpected(opens.error());
    }
  }
  return resolve_now(services, model::sandbox_profile(), to, Effect::moves_clock);
}

Result<std::unique_ptr<OpenDesk>> open_desk(const Services& services, const std::optional<std::string>& as_of) {
  auto now = move_clock(services, as_of);
  if (!now) return tl::make_unexpected(now.error());
  return open_desk(services, std::move(*now));
}

// Without a store there is nothing that time could bring about, and none is made for it.
Result<DeskTime> after_moving(const Services& services, Now now) {
  if (!has_store(services) || !has_vault(services)) return DeskTime{std::move(now), {}};
  auto open = open_desk(services, std::move(now));
  if (!open) return tl::make_unexpected(open.error());
  if (auto told = deliver(services, *(*open)->desk); !told) return tl::make_unexpected(told.error());
  return (*open)->time();
}

}  // namespace

sandbox::Services payer_services(const Services& services, const Clock& clock, const seal::Vault& vault) {
  return {services.files,     clock,
          services.random,    vault,
          services.state_dir, [] { return model::BusinessCalendar(casefile::builtin_tables().holidays); },
          &services.clock};
}

Result<ReviewResult> review(const Services& services, const ReviewSettings& settings) {
  auto open = open_desk(services, settings.as_of);
  if (!open) return tl::make_unexpected(open.error());
  sandbox::Desk& desk = *(*open)->desk;
  auto cases = desk.find(settings.case_or_home);
  if (!cases) return tl::make_unexpected(cases.error());
  if (cases->size() > 1 && !settings.automatic && settings.decision.verdict == sandbox::Verdict::partial) {
    return fail(Failure::usage,
                fmt::format("--hours are the hours of one case; {} has {} open ones", printable(settings.case_or_home),
                            cases->size()),
                "Name one Case ID.");
  }
  ReviewResult result{(*open)->time(), {}};
  for (const auto& one : *cases) {
    auto decided = settings.automatic ? desk.judge(one.case_id) : desk.decide(one.case_id, settings.decision);
    if (!decided) return tl::make_unexpected(decided.error());
    result.decided.push_back(std::move(*decided));
  }
  if (auto told = deliver(services, desk); !told) return tl::make_unexpected(told.error());
  return result;
}

Result<AskResult> ask(const Services& services, const AskSettings& settings) {
  sandbox::Inquiry inquiry;
  inquiry.text = settings.text;
  inquiry.line = settings.line;
  inquiry.by_update = settings.by_update;
  if (settings.due) {
    inquiry.due = model::parse_date(*settings.due);
    if (!inquiry.due) {
      return fail(Failure::usage, fmt::format("--due {} is not a date", printable(*settings.due)),
                  "Write it as 2026-12-14.");
    }
  }
  if (!settings.kind.empty()) {
    const model::Tables& tables = casefile::builtin_tables();
    const auto* type = tables.document_type(settings.kind);
    if (type == nullptr) {
      std::vector<std::string_view> keys;
      for (const auto& row : tables.document_types) keys.push_back(row.key);
      const auto near = did_you_mean(settings.kind, keys);
      return fail(
          Failure::usage, fmt::format("'{}' is no kind of document", printable(settings.kind)),
          near ? fmt::format("Did you mean '{}'?", *near) : fmt::format("Kinds are {}.", fmt::join(keys, ", ")));
    }
    inquiry.kind_code = type->x12_755;
    inquiry.kind_text = type->portal_text;
    inquiry.loinc = type->loinc;
  }
  auto open = open_desk(services, settings.as_of);
  if (!open) return tl::make_unexpected(open.error());
  auto asked = (*open)->desk->ask(settings.case_id, inquiry);
  if (!asked) return tl::make_unexpected(asked.error());
  if (auto told = deliver(services, *(*open)->desk); !told) return tl::make_unexpected(told.error());
  return AskResult{(*open)->time(), std::move(*asked)};
}

Result<LettersResult> letters(const Services& services, const std::optional<std::string>& as_of,
                              const std::string& case_or_home) {
  auto open = open_desk(services, as_of);
  if (!open) return tl::make_unexpected(open.error());
  auto found = (*open)->desk->letters(case_or_home);
  if (!found) return tl::make_unexpected(found.error());
  return LettersResult{(*open)->time(), std::move(*found)};
}

Result<DeskTime> install_script(const Services& services, const std::vector<sandbox::ScriptRule>& rules) {
  auto open = open_desk(services, std::nullopt);
  if (!open) return tl::make_unexpected(open.error());
  if (auto kept = (*open)->desk->set_script(rules); !kept) return tl::make_unexpected(kept.error());
  return (*open)->time();
}

Result<NotifyResult> notify(const Services& services, const NotifySettings& settings) {
  auto open = open_desk(services, std::nullopt);
  if (!open) return tl::make_unexpected(open.error());
  NotifyResult result{(*open)->time(), {}};
  if (!settings.off)
    result.folder = services.files.absolute(settings.folder.empty() ? usual_inbox(services) : settings.folder);
  if (auto set = (*open)->desk->notify(result.folder); !set) return tl::make_unexpected(set.error());
  if (auto told = deliver(services, *(*open)->desk); !told) return tl::make_unexpected(told.error());
  return result;
}

Result<DeskTime> set_clock(const Services& services, const std::string& to) {
  auto now = move_clock(services, to);
  if (!now) return tl::make_unexpected(now.error());
  return after_moving(services, std::move(*now));
}

Result<DeskTime> advance_clock(const Services& services, std::chrono::seconds by) {
  const auto now = resolve_now(services, model::sandbox_profile(), std::nullopt, Effect::none);
  if (!now) return tl::make_unexpected(now.error());
  return set_clock(services, model::format_instant(now->at + by));
}

Result<void> reset_sandbox(const Services& services) {
  if (!has_vault(services)) return sandbox::SandboxClock(services.files, services.state_dir).reset();
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  auto ledger = open_ledger(services, *vault, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (auto retired = (*ledger)->retire(model::sandbox_profile().name, services.clock.now()); !retired) return retired;
  return sandbox::reset(payer_services(services, services.clock, *vault));
}

}  // namespace atz::app
