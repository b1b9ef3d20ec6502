#include "sandbox/timers.hpp"

#include "sandbox/questions.hpp"
#include "sandbox/script.hpp"
#include "sandbox/termination.hpp"

namespace atz::sandbox {
namespace {

Result<void> ring(const Office& office, FullCase& full, const Timer& timer) {
  auto done = termination_timer(office, full, timer.kind);
  if (done && !*done) done = question_timer(office, full, timer);
  if (done && !*done) done = script_timer(office, full, timer);
  if (!done) return tl::make_unexpected(done.error());
  if (*done) return {};
  return fail(Failure::state, "The embedded payer's store holds a timer of an unknown kind.",
              "Use the atz that wrote it, or start afresh with `atz sandbox reset`.");
}

Result<void> run_one(Store& store, const Timer& timer, const MakeCalendar& calendar, std::vector<Happened>& happened) {
  if (auto dropped = store.drop_timer(timer.id); !dropped) return dropped;
  auto state = store.state(timer.case_id);
  if (!state) return tl::make_unexpected(state.error());
  if (!*state) return {};
  auto full = store.load(std::move(**state));
  if (!full) return tl::make_unexpected(full.error());
  const std::size_t before = full->notes.size();
  const Office office{store, timer.due, calendar};
  if (auto rung = ring(office, *full, timer); !rung) return rung;
  for (std::size_t i = before; i < full->notes.size(); ++i) {
    happened.push_back({timer.due, full->state.case_id, full->state.home_id, full->state.label, full->notes[i].text});
  }
  return {};
}

}  // namespace

Result<std::vector<Happened>> run_timers(Store& store, Instant now, const MakeCalendar& calendar) {
  std::vector<Happened> happened;
  {
    auto transaction = store.read();
    if (!transaction) return tl::make_unexpected(transaction.error());
    const auto due = store.next_timer(now);
    if (!due) return tl::make_unexpected(due.error());
    if (!*due) return happened;
  }
  auto transaction = store.write();
  if (!transaction) return tl::make_unexpected(transaction.error());
  for (;;) {
    const auto timer = store.next_timer(now);
    if (!timer) return tl::make_unexpected(timer.error());
    if (!*timer) break;
    if (auto done = run_one(store, **timer, calendar, happened); !done) return tl::make_unexpected(done.error());
    // Several things may come due one after the other: each is told as it was then.
    if (auto told = store.announce(); !told) return tl::make_unexpected(told.error());
  }
  if (auto done = transaction->commit(); !done) return tl::make_unexpected(done.error());
  return happened;
}

}  // namespace atz::sandbox
