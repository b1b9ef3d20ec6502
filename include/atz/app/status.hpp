// `atz status`: asks about every open case and says what is known, or only what has changed.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "atz/app/home_state.hpp"
#include "atz/app/now.hpp"
#include "atz/app/services.hpp"
#include "atz/ledger/ledger.hpp"

namespace atz::app {

struct StatusSettings {
  std::optional<std::string> profile, as_of;
  std::vector<std::string> which;  // home IDs or Case IDs; empty: all
  bool offline = false;            // nothing is asked
  bool changes = false;            // only what changed since the last `status` of the same cases
  bool all = false;                // with requests that are over and done with
  bool force = false;              // ask even when the profile's interval has not passed
  enum class Wait { none, decided, change } wait = Wait::none;
  std::chrono::seconds timeout{0};  // of waiting; 0: no limit
};

struct StatusResult {
  Now now;
  std::string profile;
  bool live = false;
  std::vector<ledger::CaseRecord> cases;                   // newest last; with `changes` only those that changed
  std::vector<std::optional<Continuation>> continuations;  // of each of `cases`
  std::size_t asked = 0;                                   // cases that the payer was asked about
  std::size_t not_yet = 0;                                 // left out: asked too short a time ago
  bool timed_out = false;                                  // waiting ended without what was waited for
  std::string mark;              // which "last reported" this run goes by: one for all cases, one per set of names
  std::int64_t last_change = 0;  // the newest change that this run saw; 0: none
  bool lost_message = false;     // a withdrawal or an answer was sent without a trusted answer
  std::vector<HomeState> homes;  // of the homes of `cases`, by what is known of all their cases
  bool failed = false;           // the payer could not be asked: the cases are as last known
  Error error;
  [[nodiscard]] bool has_unknown() const;   // a submission's outcome is unknown
  [[nodiscard]] bool needs_person() const;  // denial, partial approval, information asked for
  [[nodiscard]] bool pending() const;
};

Result<StatusResult> status(const Services& services, const StatusSettings& settings);

// What a person has to do about a case: "answer the reviewer's question", or empty.
std::string action_needed(const ledger::CaseRecord& record);

// What a line was granted: what the payer wrote, and for a line approved in total, where it wrote nothing, what was
// asked.
struct Granted {
  std::optional<model::Hours> weekly_hours;
  std::optional<std::int64_t> units;
  std::optional<model::DateSpan> period;
};
Granted granted(const ledger::CaseLine& line);

// After a status was printed: `--changes` does not report what it showed again.
Result<void> mark_reported(const Services& services, const StatusResult& result);

}  // namespace atz::app
