#include "atz/app/status.hpp"
#include "atz/app/open_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/app/deliver.hpp"
#include "atz/app/inquire.hpp"
#include "atz/app/plan.hpp"
#include "atz/app/surroundings.hpp"
#include "atz/base/text.hpp"

namespace atz::app {
namespace {

std::string mark_for(std::vector<std::string> which) {
  std::sort(which.begin(), which.end());
  return which.empty() ? "status" : "status " + join(which, " ");
}

constexpr std::chrono::seconds kFirstWaitSandbox{2};
constexpr std::chrono::seconds kLongestWaitSandbox{30};
constexpr std::chrono::seconds kLongestWaitLive{6 * 3600};

bool is_open(const ledger::CaseRecord& record) {
  return record.delivery == model::Delivery::accepted && !model::is_decided(record.status);
}

bool is_wanted(const ledger::CaseRecord& record, const std::vector<std::string>& which) {
  return which.empty() || std::any_of(which.begin(), which.end(), [&](const std::string& name) {
           return name == record.home_id || name == record.case_id;
         });
}

class StatusRun {
 public:
  StatusRun(const Services& services, const StatusSettings& settings, StatusResult& result, ledger::Ledger& ledger,
            Session* session, const std::vector<model::RateRow>& rates)
      : services_(services), settings_(settings), result_(result), ledger_(ledger), session_(session), rates_(rates) {}

  Result<void> run() {
    if (auto checked = check_names(); !checked) return checked;
    if (auto asked = ask(); !asked) return asked;
    if (settings_.wait != StatusSettings::Wait::none) {
      if (auto waited = wait(); !waited) return waited;
    }
    return collect();
  }

 private:
  Result<std::vector<ledger::CaseRecord>> wanted() const {
    auto all = ledger_.cases(result_.profile);
    if (!all) return all;
    all->erase(std::remove_if(all->begin(), all->end(),
                              [&](const auto& record) { return !is_wanted(record, settings_.which); }),
               all->end());
    return all;
  }

  Result<void> check_names() const {
    auto all = ledger_.cases(result_.profile);
    if (!all) return tl::make_unexpected(all.error());
    std::vector<std::string_view> known;
    for (const auto& record : *all) {
      known.push_back(record.home_id);
      if (!record.case_id.empty()) known.push_back(record.case_id);
    }
    for (const auto& name : settings_.which) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const auto near = did_you_mean(name, known);
      return fail(Failure::usage, fmt::format("No home or case '{}' was sent from here", printable(name)),
                  near ? fmt::format("Did you mean '{}'?", *near) : "`atz status --offline` lists what was sent.");
    }
    return {};
  }

  Result<void> ask() {
    if (session_ == nullptr) return {};
    auto all = wanted();
    if (!all) return tl::make_unexpected(all.error());
    const auto interval = std::chrono::seconds(session_->profile().min_inquiry_interval_seconds);
    std::vector<const ledger::CaseRecord*> open;
    result_.not_yet = 0;
    for (const auto& record : *all) {
      if (!is_open(record)) continue;
      const bool too_soon =
          !settings_.force && record.asked_at != Instant{} && result_.now.at < record.asked_at + interval;
      if (too_soon) {
        ++result_.not_yet;
      } else {
        open.push_back(&record);
      }
    }
    if (open.empty()) return {};
    auto found = inquire(*session_, services_, ledger_, open, result_.now.at);
    if (!found) return tl::make_unexpected(found.error());
    result_.failed = false;
    for (std::size_t i = 0; i < open.size(); ++i) {
      const Found& answer = (*found)[i];
      if (answer) {
        ++result_.asked;
        if (auto saved = record(*open[i], *answer); !saved) return saved;
      } else if (!result_.failed) {
        result_.failed = true;
        result_.error = answer.error();
      }
    }
    return {};
  }

  Result<void> record(const ledger::CaseRecord& known, const std::optional<fhir::CaseReply>& reply) {
    if (!reply) {
      services_.note(fmt::format("The payer knows no case {} (member {}).", known.case_id, known.label));
      return ledger_.record_asked(known.id, result_.now.at);
    }
    auto saved = ledger_.record_inquiry(known.id, to_outcome(known.label, *reply, sequences_of(known)), result_.now.at);
    if (!saved) return tl::make_unexpected(saved.error());
    return {};
  }

  // Polls until everything asked for is decided, or anything has changed.
  Result<void> wait() {
    const bool sandbox = !result_.live;
    auto pause = std::max(std::chrono::seconds(session_ ? session_->profile().min_inquiry_interval_seconds : 0),
                          kFirstWaitSandbox);
    const auto longest = sandbox ? kLongestWaitSandbox : kLongestWaitLive;
    auto before = snapshot();
    if (!before) return tl::make_unexpected(before.error());
    std::chrono::seconds waited{0};
    for (;;) {
      auto now = snapshot();
      if (!now) return tl::make_unexpected(now.error());
      const bool done =
          settings_.wait == StatusSettings::Wait::change
              ? *now != *before
              : std::none_of(now->begin(), now->end(), [](const auto& one) { return !model::is_decided(one.second); });
      if (done || result_.failed) return {};
      if (settings_.timeout.count() > 0 && waited >= settings_.timeout) {
        result_.timed_out = true;
        return {};
      }
      for (auto slept = std::chrono::seconds(0); slept < pause; slept += std::chrono::seconds(1)) {
        if (services_.cancelled())
          return fail(Failure::interrupted, "Interrupted; everything that was learned is kept");
        services_.clock.sleep_for(std::chrono::seconds(1));
        if (settings_.timeout.count() > 0 && ++waited >= settings_.timeout) break;
      }
      pause = std::min(pause * 2, longest);
      if (!result_.now.standing) result_.now.at = services_.clock.now();
      if (auto asked = ask(); !asked) return asked;
    }
  }

  Result<std::vector<std::pair<std::int64_t, model::CaseStatus>>> snapshot() const {
    auto all = wanted();
    if (!all) return tl::make_unexpected(all.error());
    std::vector<std::pair<std::int64_t, model::CaseStatus>> seen;
    for (const auto& record : *all) {
      if (record.delivery == model::Delivery::accepted) seen.emplace_back(record.id, record.status);
    }
    return seen;
  }

  Result<void> collect() {
    result_.mark = mark_for(settings_.which);
    auto changes = ledger_.changes_since(result_.profile, result_.mark);
    if (!changes) return tl::make_unexpected(changes.error());
    for (auto& change : *changes) {
      result_.last_change = std::max(result_.last_change, change.sequence);
      if (settings_.changes && is_wanted(change.now, settings_.which)) result_.cases.push_back(std::move(change.now));
    }
    auto all = wanted();
    if (!all) return tl::make_unexpected(all.error());
    auto open = ledger_.open_follow_ups(result_.profile);
    if (!open) return tl::make_unexpected(open.error());
    result_.lost_message = std::any_of(open->begin(), open->end(), [&](const ledger::FollowUp& message) {
      return std::any_of(all->begin(), all->end(), [&](const auto& record) { return record.id == message.case_row; });
    });
    if (settings_.changes) return explain_cuts();
    auto every = ledger_.cases(result_.profile);
    if (!every) return tl::make_unexpected(every.error());
    result_.homes = home_states(*every, rates_);
    const auto is_shown = [&](const HomeState& home) {
      return std::any_of(all->begin(), all->end(), [&](const auto& record) { return record.home_id == home.home_id; });
    };
    result_.homes.erase(
        std::remove_if(result_.homes.begin(), result_.homes.end(), [&](const auto& home) { return !is_shown(home); }),
        result_.homes.end());
    if (!settings_.all && settings_.which.empty()) {
      all->erase(std::remove_if(all->begin(), all->end(),
                                [&](const auto& record) { return is_over(record, *every, result_.now.today); }),
                 all->end());
    }
    result_.cases = std::move(*all);
    return explain_cuts();
  }

  Result<void> explain_cuts() {
    const auto everything = ledger_.cases(result_.profile);
    if (!everything) return tl::make_unexpected(everything.error());
    for (const auto& record : result_.cases) {
      result_.continuations.push_back(continuation_of(record, *everything));
    }
    return {};
  }

  const Services& services_;
  const StatusSettings& settings_;
  StatusResult& result_;
  ledger::Ledger& ledger_;
  Session* session_;
  const std::vector<model::RateRow>& rates_;
};

// Whether there is anything that the payer could be asked: if not, it need not be started or signed in to.
Result<bool> anything_open(ledger::Ledger& ledger, const std::string& profile, const std::vector<std::string>& which) {
  auto all = ledger.cases(profile);
  if (!all) return tl::make_unexpected(all.error());
  return std::any_of(all->begin(), all->end(),
                     [&](const auto& record) { return is_open(record) && is_wanted(record, which); });
}

}  // namespace

bool StatusResult::has_unknown() const {
  return lost_message || std::any_of(cases.begin(), cases.end(), [](const auto& record) {
           return record.delivery == model::Delivery::unknown || record.delivery == model::Delivery::sending;
         });
}

bool StatusResult::needs_person() const {
  return std::any_of(cases.begin(), cases.end(), [](const auto& record) {
    return record.delivery == model::Delivery::accepted && model::needs_person(record.status);
  });
}

bool StatusResult::pending() const {
  return std::any_of(cases.begin(), cases.end(), is_open);
}

Granted granted(const ledger::CaseLine& line) {
  Granted granted{line.decision.weekly_hours, line.decision.units, line.decision.period};
  if (line.decision.action != model::ReviewAction::certified) return granted;
  if (!granted.weekly_hours && line.decision.weekly_hours_text.empty()) granted.weekly_hours = line.asked.weekly_hours;
  if (!granted.units) granted.units = line.asked.units;
  if (!granted.period) granted.period = line.asked.period;
  return granted;
}

std::string action_needed(const ledger::CaseRecord& record) {
  using model::CaseStatus;
  switch (record.delivery) {
    case model::Delivery::sending:
    case model::Delivery::unknown:
      return "run atz recover";
    case model::Delivery::refused:
      return "correct the file and submit again";
    case model::Delivery::accepted:
      break;
  }
  switch (record.status) {
    case CaseStatus::info_requested:
      return "answer the reviewer: atz respond " + record.case_id;
    case CaseStatus::partially_approved:
      return "read the rationale; plan with the approved hours";
    case CaseStatus::denied:
      return "read the rationale; the member may appeal";
    default:
      return record.flag;
  }
}

Result<StatusResult> status(const Services& services, const StatusSettings& settings) {
  auto around = look_around(services, settings.profile, settings.as_of,
                            settings.offline ? Effect::keeps_clock : Effect::moves_clock);
  if (!around) return tl::make_unexpected(around.error());
  const model::PayerProfile& profile = around->profile;
  StatusResult result;
  result.profile = profile.name;
  result.live = profile.live;
  result.now = std::move(around->now);
  if (!has_vault(services)) return result;  // nothing was ever sent from here
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  const auto access = settings.offline ? ledger::Access::read : ledger::Access::write;
  auto ledger = open_ledger(services, *vault, access);
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (*ledger == nullptr) return result;

  CommandClock clock(services.clock, result.now);
  std::unique_ptr<Session> session;
  auto open = anything_open(**ledger, result.profile, settings.which);
  if (!open) return tl::make_unexpected(open.error());
  if (!settings.offline && *open) {
    auto connected = Session::open(services, profile, *vault, clock);
    if (connected) {
      session = std::move(*connected);
    } else if (connected.error().failure == Failure::temporary || connected.error().failure == Failure::sign_in) {
      result.failed = true;
      result.error = connected.error();
    } else {
      return tl::make_unexpected(connected.error());
    }
  }
  StatusRun run(services, settings, result, **ledger, session.get(), around->workspace->tables.rates);
  if (auto done = run.run(); !done) return tl::make_unexpected(done.error());
  return result;
}

Result<void> mark_reported(const Services& services, const StatusResult& result) {
  if (result.last_change == 0) return {};
  auto vault = open_vault(services, false);
  if (!vault) return tl::make_unexpected(vault.error());
  auto ledger = open_ledger(services, *vault, ledger::Access::write);
  if (!ledger) return tl::make_unexpected(ledger.error());
  return (*ledger)->move_mark(result.profile, result.mark, result.last_change);
}

}  // namespace atz::app
