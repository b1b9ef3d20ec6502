#include "atz/app/home_state.hpp"

#include <algorithm>
#include <array>

#include "app/known_cases.hpp"
#include "atz/app/status.hpp"

namespace atz::app {
namespace {

using model::CaseStatus;
using model::Delivery;
using State = HomeState::State;

constexpr std::array<std::string_view, 8> kStateWords = {"refused",        "sending",   "incomplete", "submitted",
                                                         "waiting_for_us", "in_review", "decided",    "mixed"};

bool counts_for_home(const ledger::CaseRecord& record) {
  return record.purpose == model::Purpose::first || model::is_extension(record.purpose);
}

// The newest regular request of each member of a home.
std::vector<const ledger::CaseRecord*> newest_of(const std::vector<ledger::CaseRecord>& cases,
                                                 const std::string& home_id) {
  std::vector<const ledger::CaseRecord*> newest;
  for (const auto& record : cases) {
    if (record.home_id != home_id || !counts_for_home(record) || record.status == CaseStatus::voided) continue;
    // What the payer refused counts only as long as nothing else of that member is there.
    const bool anything_else = std::any_of(cases.begin(), cases.end(), [&](const auto& one) {
      return one.home_id == home_id && one.label == record.label && counts_for_home(one) &&
             one.delivery != Delivery::refused && one.status != CaseStatus::voided;
    });
    if (record.delivery == Delivery::refused && anything_else) continue;
    const auto same =
        std::find_if(newest.begin(), newest.end(), [&](const auto* other) { return other->label == record.label; });
    if (same == newest.end()) {
      newest.push_back(&record);
    } else {
      *same = &record;
    }
  }
  return newest;
}

template <class Test>
bool any(const std::vector<const ledger::CaseRecord*>& records, Test test) {
  return std::any_of(records.begin(), records.end(), [&](const auto* record) { return test(*record); });
}

State state_of(const std::vector<const ledger::CaseRecord*>& members) {
  const auto delivered = [](const auto& record) { return record.delivery == Delivery::accepted; };
  const bool all_delivered = !any(members, [&](const auto& record) { return !delivered(record); });
  if (!all_delivered) {
    if (any(members, delivered)) return State::incomplete;
    const bool sending = any(members, [](const auto& record) { return record.delivery != Delivery::refused; });
    return sending ? State::sending : State::refused;
  }
  if (any(members, [](const auto& record) { return record.status == CaseStatus::info_requested; })) {
    return State::waiting_for_us;
  }
  if (!any(members, [](const auto& record) { return record.status != CaseStatus::submitted; })) return State::submitted;
  if (any(members, [](const auto& record) { return !model::is_decided(record.status); })) return State::in_review;
  const auto first = members.front()->status;
  return any(members, [&](const auto& record) { return record.status != first; }) ? State::mixed : State::decided;
}

std::optional<HomeState::Rate> rate_of(const std::vector<const ledger::CaseRecord*>& members,
                                       const std::vector<model::RateRow>& rates) {
  std::vector<model::Hours> hours;
  model::Date from{};
  for (const auto* record : members) {
    for (const auto& line : record->lines) {
      const auto given = granted(line);
      if (!is_regular(line) || !given.weekly_hours || !given.period) continue;
      hours.push_back(*given.weekly_hours);
      from = std::max(from, given.period->first);
    }
  }
  const auto row = model::rate_on(rates, from);
  if (!row || hours.size() != members.size())
    return std::nullopt;  // somebody was granted nothing: no rate for the house
  HomeState::Rate rate;
  for (const auto& one : hours) rate.hours.quarters += one.quarters;
  rate.members = hours.size();
  rate.hourly = row->home_support_hourly;
  rate.day_rate = model::bundled_day_rate(hours, *row);
  return rate;
}

}  // namespace

std::string_view to_string(HomeState::State state) {
  return kStateWords.at(static_cast<std::size_t>(state));
}

std::vector<HomeState> home_states(const std::vector<ledger::CaseRecord>& cases,
                                   const std::vector<model::RateRow>& rates) {
  std::vector<HomeState> homes;
  for (const auto& record : cases) {
    const bool seen =
        std::any_of(homes.begin(), homes.end(), [&](const auto& home) { return home.home_id == record.home_id; });
    if (seen) continue;
    const auto members = newest_of(cases, record.home_id);
    if (members.empty()) continue;
    HomeState home;
    home.home_id = record.home_id;
    home.state = state_of(members);
    if (home.state == State::decided || home.state == State::mixed) home.rate = rate_of(members, rates);
    homes.push_back(std::move(home));
  }
  return homes;
}

bool is_over(const ledger::CaseRecord& record, const std::vector<ledger::CaseRecord>& all, model::Date today) {
  const bool refused = record.delivery == Delivery::refused;
  if (!refused && (record.delivery != Delivery::accepted || !model::is_decided(record.status))) return false;
  const bool gone = refused || record.status == CaseStatus::voided || record.status == CaseStatus::denied ||
                    std::all_of(record.lines.begin(), record.lines.end(), [&](const ledger::CaseLine& line) {
                      return granted(line).period.value_or(line.asked.period).last < today;
                    });
  if (!gone) return false;
  return std::any_of(all.begin(), all.end(), [&](const ledger::CaseRecord& other) {
    return other.id > record.id && other.home_id == record.home_id && other.label == record.label &&
           other.delivery == Delivery::accepted && other.status != CaseStatus::voided &&
           (other.purpose == model::Purpose::add_on) == (record.purpose == model::Purpose::add_on);
  });
}

std::optional<Continuation> continuation_of(const ledger::CaseRecord& record,
                                            const std::vector<ledger::CaseRecord>& all) {
  const bool cut = record.status == CaseStatus::denied || record.status == CaseStatus::partially_approved;
  if (!model::is_extension(record.purpose) || record.delivery != Delivery::accepted || !cut) return std::nullopt;
  const auto line = std::find_if(record.lines.begin(), record.lines.end(), is_regular);
  if (line == record.lines.end() || !line->decision.decided_on) return std::nullopt;
  std::optional<model::Hours> former;
  std::optional<model::Date> approved_through;
  for (const auto& other : all) {
    if (other.id >= record.id || other.profile != record.profile || other.case_id != record.case_id) continue;
    for (const auto& earlier : other.lines) {
      const auto before = granted(earlier);
      if (!is_regular(earlier) || !before.weekly_hours) continue;
      former = before.weekly_hours;
      if (before.period) approved_through = before.period->last;
    }
  }
  const auto now = granted(*line);
  if (former && now.weekly_hours && *now.weekly_hours >= *former) {
    return std::nullopt;  // less than asked, but no less than before
  }
  // The former approval itself may last longer: to its end, or to the day before the lower hours begin.
  auto through = model::continuation_through(*line->decision.decided_on, false);
  if (approved_through) {
    const bool cut_within = now.period && now.period->first <= *approved_through;
    through = std::max(through, cut_within ? now.period->first - std::chrono::days(1) : *approved_through);
  }
  return Continuation{former, through};
}

}  // namespace atz::app
