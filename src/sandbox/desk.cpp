#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "sandbox/courier.hpp"
#include "sandbox/decide.hpp"
#include "sandbox/desk_rows.hpp"
#include "sandbox/judge.hpp"
#include "sandbox/letters.hpp"
#include "sandbox/questions.hpp"
#include "sandbox/script.hpp"
#include "sandbox/termination.hpp"
#include "sandbox/timers.hpp"

namespace atz::sandbox {
namespace {

class StoreDesk final : public Desk {
 public:
  StoreDesk(std::unique_ptr<Store> store, const Services& services, std::vector<Happened> happened)
      : store_(std::move(store)),
        services_(services),
        clock_(services.clock),
        calendar_(services.calendar),
        happened_(std::move(happened)) {}

  [[nodiscard]] const std::vector<Happened>& happened() const override { return happened_; }

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
    for (const CaseState& state : *states) {
      if (state.case_id == case_or_home) return std::vector<DeskCase>{desk_case(state)};
      if (state.home_id == case_or_home && state.has_open_line()) rows.push_back(desk_case(state));
    }
    if (rows.empty()) return tl::make_unexpected(not_found(*states, case_or_home));
    return rows;
  }

  Result<DeskCase> decide(const std::string& case_id, const Decision& decision) override {
    return change(case_id, [&](const Office& office, FullCase& full) -> Result<void> {
      switch (decision.verdict) {
        case Verdict::voided:
          return void_open_lines(office, full, decision.note);
        case Verdict::agrees:
          return member_agrees(office, full, decision.note);
        case Verdict::disagrees:
          return member_disagrees(office, full, decision.note);
        case Verdict::unanswered:
          return member_not_reached(office, full, decision.note);
        default:
          break;
      }
      const auto verdicts = verdicts_of(full.state, decision);
      if (!verdicts) return tl::make_unexpected(verdicts.error());
      return sandbox::decide(office, full, *verdicts, decision.note);
    });
  }

  Result<DeskCase> judge(const std::string& case_id) override {
    std::string left;
    auto row = change(case_id, [&](const Office& office, FullCase& full) -> Result<void> {
      Judgement judgement = sandbox::judge(full);
      left = std::move(judgement.left);
      if (!left.empty()) return {};
      if (!judgement.question) return sandbox::decide(office, full, judgement.verdicts, judgement.rationale);
      auto question = sandbox::ask(office, full, *judgement.question);
      return question ? Result<void>() : tl::make_unexpected(question.error());
    });
    if (row && !left.empty()) row->note = std::move(left);
    return row;
  }

  Result<void> set_script(const std::vector<ScriptRule>& rules) override {
    auto transaction = store_->write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    if (auto kept = store_->set_script(rules.empty() ? std::string() : to_json(rules)); !kept) return kept;
    return transaction->commit();
  }

  Result<void> notify(const std::string& folder) override {
    auto transaction = store_->write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    if (auto set = store_->set_notify_folder(folder, clock_.now()); !set) return set;
    return transaction->commit();
  }

  Result<std::vector<std::string>> deliver() override { return deliver_notifications(*store_, services_); }

  Result<Asked> ask(const std::string& case_id, const Inquiry& inquiry) override {
    Asked asked;
    auto row = change(case_id, [&](const Office& office, FullCase& full) -> Result<void> {
      auto question = sandbox::ask(office, full, inquiry);
      if (!question) return tl::make_unexpected(question.error());
      asked.control_number = question->control_number;
      asked.due = question->due;
      return {};
    });
    if (!row) return tl::make_unexpected(row.error());
    asked.about = std::move(*row);
    return asked;
  }

  [[nodiscard]] Result<std::vector<Letter>> letters(const std::string& case_or_home) const override {
    auto transaction = store_->read();
    if (!transaction) return tl::make_unexpected(transaction.error());
    auto states = store_->states();
    if (!states) return tl::make_unexpected(states.error());
    const auto matches = [&](const CaseState& state) {
      return case_or_home.empty() || state.case_id == case_or_home || state.home_id == case_or_home;
    };
    if (!case_or_home.empty() && std::none_of(states->begin(), states->end(), matches)) {
      return tl::make_unexpected(not_found(*states, case_or_home));
    }
    const auto stored = store_->letters();
    if (!stored) return tl::make_unexpected(stored.error());
    std::vector<Letter> found;
    for (const auto& row : *stored) {
      const auto state = std::find_if(states->begin(), states->end(),
                                      [&](const CaseState& candidate) { return candidate.case_id == row.case_id; });
      if (state == states->end() || !matches(*state)) continue;
      const auto full = store_->load(*state);
      if (!full) return tl::make_unexpected(full.error());
      found.push_back(letter_from(*state, full->newest(), row.json));
    }
    return found;
  }

 private:
  [[nodiscard]] Result<std::vector<CaseState>> all() const {
    auto transaction = store_->read();
    if (!transaction) return tl::make_unexpected(transaction.error());
    return store_->states();
  }

  template <class Change>
  Result<DeskCase> change(const std::string& case_id, Change change) {
    auto transaction = store_->write();
    if (!transaction) return tl::make_unexpected(transaction.error());
    auto state = store_->state(case_id);
    if (!state) return tl::make_unexpected(state.error());
    if (!*state) return fail(Failure::usage, fmt::format("There is no case {}.", printable(case_id)));
    auto full = store_->load(std::move(**state));
    if (!full) return tl::make_unexpected(full.error());
    const std::size_t before = full->notes.size();
    if (auto done = change(Office{*store_, clock_.now(), calendar_}, *full); !done) {
      return tl::make_unexpected(done.error());
    }
    if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
    DeskCase row = desk_case(full->state);
    if (full->notes.size() > before) row.note = full->notes[before].text;
    return row;
  }

  std::unique_ptr<Store> store_;
  const Services services_;
  const Clock& clock_;
  MakeCalendar calendar_;
  std::vector<Happened> happened_;
};

}  // namespace

Result<std::unique_ptr<Desk>> Desk::open(const Services& services) {
  auto store = Store::open(services);
  if (!store) return tl::make_unexpected(store.error());
  auto happened = run_timers(**store, services.clock.now(), services.calendar);
  if (!happened) return tl::make_unexpected(happened.error());
  return std::unique_ptr<Desk>(std::make_unique<StoreDesk>(std::move(*store), services, std::move(*happened)));
}

Result<void> Desk::try_open(const Services& services) {
  if (auto store = Store::open(services); !store) return tl::make_unexpected(store.error());
  return {};
}

}  // namespace atz::sandbox
