// What the cases of a home say together. Derived every time, never stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/model/rate.hpp"

namespace atz::app {

struct HomeState {
  std::string home_id;
  // incomplete: some members have a Case ID and others not; waiting_for_us: a question is open; mixed: all decided,
  // with different outcomes.
  enum class State {
    refused,
    sending,
    incomplete,
    submitted,
    waiting_for_us,
    in_review,
    decided,
    mixed
  } state = State::sending;
  // Once everything is decided: the approved hours, and what the day rate would be.
  struct Rate {
    model::Hours hours;  // of all members together, a week
    std::size_t members = 0;
    Rational hourly;    // dollars
    Rational day_rate;  // dollars per member and day; an estimate
  };
  std::optional<Rate> rate;
};
std::string_view to_string(HomeState::State state);  // "waiting_for_us"

// Of the regular requests that count: of each member the newest one that was not withdrawn. Homes in the order in which
// they were first sent. Terminations are cases of their own and no home's.
std::vector<HomeState> home_states(const std::vector<ledger::CaseRecord>& cases,
                                   const std::vector<model::RateRow>& rates);

// A request that is over and done with: withdrawn, denied or past its last day, with a later request of the same
// member.
bool is_over(const ledger::CaseRecord& record, const std::vector<ledger::CaseRecord>& all, model::Date today);

// EX013: after an extension was cut or denied the former hours run on for ten days from the decision, and as long as
// they are approved anyhow.
struct Continuation {
  std::optional<model::Hours> hours;  // empty when the former hours are not known here
  model::Date through{};              // inclusive
};
std::optional<Continuation> continuation_of(const ledger::CaseRecord& record,
                                            const std::vector<ledger::CaseRecord>& all);

}  // namespace atz::app
