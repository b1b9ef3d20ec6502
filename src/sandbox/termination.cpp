#include "sandbox/termination.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "sandbox/decide.hpp"
#include "sandbox/letters.hpp"

namespace atz::sandbox {
namespace {

constexpr int kBusinessHours = 48;
constexpr std::chrono::hours kCallBack{24};
constexpr std::chrono::days kLetter{10};

constexpr const char* kTimers = "termination-*";
constexpr const char* kCall = "termination-call";
constexpr const char* kCallBackTimer = "termination-callback";
constexpr const char* kLetterTimer = "termination-letter";

std::string who(const FullCase& full) {
  return has_guardian(full.newest()) ? "guardian" : "member";
}

Result<void> check_open(const FullCase& full) {
  const std::string& case_id = full.state.case_id;
  if (!full.state.is_termination()) {
    return fail(Failure::usage, fmt::format("Case {} asks for no termination: nobody is called about it.", case_id),
                "Use approve, partial or deny.");
  }
  if (!full.state.has_open_line()) {
    return fail(Failure::usage,
                fmt::format("Case {} is already decided: {}.", case_id, model::to_string(full.state.status)));
  }
  return {};
}

Result<void> wait(const Office& office, FullCase& full, Phase phase, Instant until, const char* timer) {
  if (auto dropped = office.store.drop_timers(full.state.case_id, kTimers); !dropped) return dropped;
  full.state.phase = phase;
  if (auto kept = keep(office, full, ""); !kept) return kept;
  return office.store.add_timer({0, until, full.state.case_id, timer, ""});
}

Result<void> approve(const Office& office, FullCase& full, const std::string& rationale) {
  std::vector<LineVerdict> verdicts;
  for (const LineState& line : full.state.lines) {
    if (line.is_open()) verdicts.push_back({line.chain, line.sequence, LineVerdict::Kind::approve});
  }
  return decide(office, full, verdicts, rationale);
}

Result<void> write_letter(const Office& office, FullCase& full) {
  // Ten days on the calendar, at the same time of day in Maine.
  const Instant until = model::maine_instant(office.today() + kLetter, model::maine_minute(office.now));
  if (auto waiting = wait(office, full, Phase::letter, until, kLetterTimer); !waiting) return waiting;
  if (auto told = tell(office, full, fmt::format("Nobody called back. A ten-day letter goes to the {}.", who(full)));
      !told) {
    return told;
  }
  LetterDraft letter;
  letter.kind = "ten-day letter";
  letter.action =
      "Your provider asks for leave to end or interrupt a service that you receive. We could not reach you.";
  return send_letter(office, full, letter);
}

}  // namespace

Result<void> begin_calling(const Office& office, FullCase& full) {
  const auto calendar = office.calendar ? office.calendar() : model::BusinessCalendar({});
  const Instant until = calendar.add_business_hours(office.now, kBusinessHours, model::BusinessCalendar::Mode::clock);
  if (auto waiting = wait(office, full, Phase::to_call, until, kCall); !waiting) return waiting;
  return tell(
      office, full,
      fmt::format("The reviewers call the {} about this request, as a rule by {}.", who(full), day_and_time(until)));
}

Result<void> member_agrees(const Office& office, FullCase& full, const std::string& note) {
  if (auto open = check_open(full); !open) return open;
  if (auto told = tell(office, full, with_rationale(fmt::format("The {} was reached and agrees.", who(full)), note));
      !told) {
    return told;
  }
  return approve(office, full, "");
}

Result<void> member_disagrees(const Office& office, FullCase& full, const std::string& note) {
  if (auto open = check_open(full); !open) return open;
  if (full.state.phase == Phase::disputed) {
    return fail(Failure::usage,
                fmt::format("Case {}: it is noted already that the {} does not agree.", full.state.case_id, who(full)),
                "Use approve or deny.");
  }
  if (auto dropped = office.store.drop_timers(full.state.case_id, kTimers); !dropped) return dropped;
  full.state.phase = Phase::disputed;
  if (auto kept = keep(office, full, ""); !kept) return kept;
  return tell(office, full,
              with_rationale(fmt::format("The {} was reached and does not agree. The reviewers gather more facts; "
                                         "there is no date for a decision.",
                                         who(full)),
                             note));
}

Result<void> member_not_reached(const Office& office, FullCase& full, const std::string& note) {
  if (auto open = check_open(full); !open) return open;
  if (full.state.phase != Phase::to_call) {
    return fail(
        Failure::usage,
        fmt::format("Case {}: {}.", full.state.case_id,
                    full.state.phase == Phase::disputed ? "the call was answered" : "a message was left before"),
        "Time does the rest: see `atz sandbox clock advance`.");
  }
  const Instant until = office.now + kCallBack;
  if (auto waiting = wait(office, full, Phase::callback, until, kCallBackTimer); !waiting) return waiting;
  return tell(office, full,
              with_rationale(fmt::format("The {} was not reached and a message was left. A call back is awaited until "
                                         "{}; a ten-day letter may follow.",
                                         who(full), day_and_time(until)),
                             note));
}

Result<bool> termination_timer(const Office& office, FullCase& full, const std::string& kind) {
  Result<void> done;
  if (kind == kCall) {
    done = member_not_reached(office, full, "");
  } else if (kind == kCallBackTimer) {
    done = write_letter(office, full);
  } else if (kind == kLetterTimer) {
    done = approve(office, full, "No answer came to the ten-day letter.");
  } else {
    return false;
  }
  if (!done) return tl::make_unexpected(done.error());
  return true;
}

}  // namespace atz::sandbox
