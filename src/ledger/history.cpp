// What happened to a request, in order.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/codec.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace atz::ledger {
namespace {

constexpr const char* kEvents =
    "SELECT e.sequence, e.at, e.case_row, e.kind, e.line, e.now, e.previous, b.batch_id, c.label, c.attempt "
    "FROM events AS e JOIN cases AS c ON c.id = e.case_row JOIN batches AS b ON b.id = c.batch ";

HistoryEntry entry_of(const FollowUp& follow_up) {
  HistoryEntry entry;
  entry.case_row = follow_up.case_row;
  entry.at = follow_up.sent_at;
  entry.kind = to_string(follow_up.kind);
  entry.previous = to_string(follow_up.delivery);
  entry.now = follow_up.text;
  return entry;
}

void sort_by_time(std::vector<HistoryEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
}

}  // namespace

Result<std::vector<HistoryEntry>> SqliteLedger::load_history(Statement& selected) const {
  std::vector<HistoryEntry> entries;
  for (;;) {
    const auto row = selected.next();
    if (!row) return tl::make_unexpected(row.error());
    if (!*row) return entries;
    HistoryEntry entry;
    entry.at = instant(selected.integer(1));
    entry.case_row = selected.integer(2);
    entry.kind = selected.text(3);
    entry.line = static_cast<int>(selected.integer(4));
    const MessageKey key{selected.text(7), selected.text(8), selected.integer(9)};
    if (entry.kind == "decision" || entry.kind == "remarks") {
      const auto now = unseal(selected, 5, context("events.now", key, selected.integer(0)));
      if (!now) return tl::make_unexpected(now.error());
      bool read = true;
      if (entry.kind == "decision") {
        entry.decision.emplace();
        entry.decision->sequence = entry.line;
        read = decode_decision(*now, *entry.decision);
      } else {
        Remarks remarks;
        read = decode_remarks(*now, remarks);
        entry.now = fmt::format("{}", fmt::join(remarks.notes, "\n"));
        if (!remarks.flag.empty()) entry.now += (entry.now.empty() ? "" : "\n") + remarks.flag;
      }
      if (!read) return tl::make_unexpected(damaged("an event can't be read"));
    } else {
      entry.now = selected.text(5);
      if (!selected.is_null(6)) entry.previous = selected.text(6);
    }
    entries.push_back(std::move(entry));
  }
}

Result<std::vector<HistoryEntry>> SqliteLedger::history(std::int64_t case_row) const {
  Statement selected(db_, fmt::format("{} WHERE e.case_row = ?1 ORDER BY e.sequence", kEvents));
  auto entries = load_history(selected.bind(case_row));
  if (!entries) return entries;
  const auto messages = follow_ups(case_row);
  if (!messages) return tl::make_unexpected(messages.error());
  for (const auto& message : *messages) entries->push_back(entry_of(message));
  sort_by_time(*entries);
  return entries;
}

Result<std::vector<HistoryEntry>> SqliteLedger::events(const std::string& profile, Instant from, Instant before) const {
  Statement selected(db_,
                     fmt::format("{} WHERE b.profile = ?1 AND e.at >= ?2 AND e.at < ?3 ORDER BY e.sequence", kEvents));
  return load_history(selected.bind(profile, seconds(from), seconds(before)));
}

}  // namespace atz::ledger
