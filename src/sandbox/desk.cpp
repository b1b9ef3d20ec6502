#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {
namespace {

// Hours are of the base line: the one that the house is staffed for.
const LineState* base_line(const CaseState& state) {
  const auto found =
      std::find_if(state.lines.begin(), state.lines.end(), [](const LineState& line) { return line.code == "T2016"; });
  if (found != state.lines.end()) return &*found;
  return state.lines.empty() ? nullptr : &state.lines.front();
}

DeskCase desk_case(const CaseState& state) {
  DeskCase row;
  row.case_id = state.case_id;
  row.home_id = state.home_id;
  row.label = state.label;
  row.batch = state.batch;
  row.status = state.status;
  if (const LineState* line = base_line(state)) {
    row.code = line->code;
    row.requested = line->requested_hours.value_or(model::Hours{});
    if (state.status == model::CaseStatus::approved) row.approved = line->requested_hours;
    if (state.status == model::CaseStatus::partially_approved) row.approved = line->granted_hours;
  }
  return row;
}

std::string with_rationale(std::string text, const std::string& note) {
  if (!trim(note).empty()) text += fmt::format(" Rationale: {}", trim(note));
  return text;
}

class StoreDesk final : public Desk {
 public:
  StoreDesk(std::unique_ptr<Store> store, const Clock& clock) : store_(std::move(store)), clock_(clock) {}

  [[nodiscard]] Result<std::vector<DeskCase>> list() const override {
    auto states = all();
    if (!states) return tl::make_unexpected(states.error());
    std::vector<DeskCase> rows;
    for (const CaseState& state : *states) rows.push_back(desk_case(state));
    return rows;
  }

  [[nodiscard]] Result<std::vector<DeskCase>> find(const std::string& case_or_home) const override {
    auto states = all();
    if (!states) return tl::make_unexpected(states.error());
    std::vector<DeskCase> rows;
    std::vector<std::string> open;
    bool known_home = false;
    for (const CaseState& state : *states) {
      if (state.case_id == case_or_home) return std::vector<DeskCase>{desk_case(state)};
      known_home = known_home || state.home_id == case_or_home;
      if (state.status != model::CaseStatus::in_review) continue;
      open.push_back(fmt::format("{} ({} {})", state.case_id, state.home_id, state.label));
      if (state.home_id == case_or_home) rows.push_back(desk_case(state));
    }
    if (!rows.empty()) return rows;
    const std::string help = open.empty() ? "No case is open." : "Open are " + join(open, ", ") + ".";
    if (known_home) {
      return fail(Failure::usage, fmt::format("{} has no open case.", printable(case_or_home)), help);
    }
    return fail(Failure::usage,
                fmt::format("{} is no case and no home that this payer knows.", printable(case_or_home)), help);
  }

  Result<DeskCase> approve(const std::string& case_id, const std::string& note) override {
    return decide(case_id, "approved", [&](CaseState& state) -> Result<std::string> {
      if (auto granted = grant(state, "A1"); !granted) return tl::make_unexpected(granted.error());
      state.status = model::CaseStatus::approved;
      const LineState* line = base_line(state);
      if (line == nullptr || !line->requested_hours) return with_rationale("Approved as requested.", note);
      return with_rationale(
          fmt::format("Approved as requested, {} hours a week.", model::format_hours(*line->requested_hours)), note);
    });
  }

  Result<DeskCase> partially_approve(const std::string& case_id, model::Hours hours, const std::string& note) override {
    return decide(case_id, "partially-approved", [&](CaseState& state) -> Result<std::string> {
      const LineState* base = base_line(state);
      if (base == nullptr || !base->requested_hours) {
        return fail(Failure::usage, fmt::format("Case {} asks for no weekly hours.", case_id),
                    "Approve or deny it as a whole.");
      }
      const std::string asked = model::format_hours(*base->requested_hours);
      if (hours.quarters <= 0 || hours >= *base->requested_hours) {
        return fail(Failure::usage,
                    fmt::format("{} hours are no part of the {} that case {} asks for.", model::format_hours(hours),
                                asked, case_id),
                    "Give fewer hours than asked for, or use approve or deny.");
      }
      const int sequence = base->sequence;
      if (auto granted = grant(state, "A1"); !granted) return tl::make_unexpected(granted.error());
      for (LineState& line : state.lines) {
        if (line.sequence != sequence) continue;
        line.action = "A6";
        line.granted_hours = hours;
      }
      state.status = model::CaseStatus::partially_approved;
      return with_rationale(fmt::format("{} instead of {} hours a week.", model::format_hours(hours), asked), note);
    });
  }

  Result<DeskCase> deny(const std::string& case_id, const std::string& note) override {
    return decide(case_id, "denied", [&](CaseState& state) -> Result<std::string> {
      if (trim(note).empty()) {
        return fail(Failure::usage, "A denial needs a rationale.", "Give it with --note.");
      }
      for (LineState& line : state.lines) line.action = "A3";
      state.status = model::CaseStatus::denied;
      return with_rationale("Not approved.", note);
    });
  }

 private:
  [[nodiscard]] Result<std::vector<CaseState>> all() const {
    auto transaction = store_->read();
    if (!transaction) return tl::make_unexpected(transaction.error());
    return store_->states();
  }

  template <class Change>
  Result<DeskCase> decide(const std::string& case_id, std::string_view event, Change change) {
    auto transaction = store_->write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    auto state = store_->state(case_id);
    if (!state) return tl::make_unexpected(state.error());
    if (!*state) return fail(Failure::usage, fmt::format("There is no case {}.", printable(case_id)));
    if ((*state)->status != model::CaseStatus::in_review) {
      return fail(Failure::usage,
                  fmt::format("Case {} is already decided: {}.", case_id, model::to_string((*state)->status)));
    }
    (*state)->decided = clock_.now();
    const Result<std::string> note = change(**state);
    if (!note) return tl::make_unexpected(note.error());
    if (auto saved = store_->save_decision(**state, event, *note); !saved) return tl::make_unexpected(saved.error());
    if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
    return desk_case(**state);
  }

  // Starts on the day asked for, or on the day of the decision when that is later.
  Result<void> grant(CaseState& state, const char* action) {
    const model::Date today = model::maine_date(*state.decided);
    for (LineState& line : state.lines) {
      if (line.requested.last < today) {
        return fail(Failure::usage,
                    fmt::format("Case {}: its period ended on {}, and nothing is approved for days that have passed.",
                                state.case_id, model::format_date(line.requested.last)),
                    "Deny it.");
      }
      auto number = store_->next_authorization_number();
      if (!number) return tl::make_unexpected(number.error());
      line.action = action;
      line.authorization_number = std::move(*number);
      line.authorized = model::DateSpan{std::max(line.requested.first, today), line.requested.last};
      line.issued = today;
    }
    return {};
  }

  std::unique_ptr<Store> store_;
  const Clock& clock_;
};

}  // namespace

Result<std::unique_ptr<Desk>> Desk::open(const Services& services) {
  auto store = Store::open(services);
  if (!store) return tl::make_unexpected(store.error());
  return std::unique_ptr<Desk>(std::make_unique<StoreDesk>(std::move(*store), services.clock));
}

}  // namespace atz::sandbox
