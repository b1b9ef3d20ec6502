// Cases and their lines: opened, changed, read again.
#include <fmt/format.h>

#include <utility>

#include "atz/base/text.hpp"
#include "sandbox/store.hpp"
#include "sandbox/store_values.hpp"

namespace atz::sandbox {
namespace {

#define ATZ_CASE_COLUMNS "case_id, client, home_id, label, batch, npi, received, decided, status, phase"

CaseState state_from(const Row& row) {
  CaseState state;
  state.case_id = row.text(0);
  state.client = row.text(1);
  state.home_id = row.text(2);
  state.label = row.text(3);
  state.batch = row.text(4);
  state.npi = row.text(5);
  state.received = instant(row.integer(6));
  if (!row.is_null(7)) state.decided = instant(row.integer(7));
  state.status = model::case_status(row.text(8)).value_or(model::CaseStatus::unknown);
  state.phase = phase(row.text(9));
  return state;
}

}  // namespace

std::string Store::member_digest(std::string_view id) const {
  return vault_.digest(id, "sandbox member");
}

Result<void> Store::add_case(const CaseState& state, const fhir::ReceivedRequest& request) {
  opened_.push_back(state.case_id);
  const std::string member = member_digest(request.member_id);
  if (auto added =
          database_.run("INSERT INTO cases(case_id, client, home_id, label, batch, npi, member, received, status) "
                        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        {state.case_id, state.client, state.home_id, state.label, state.batch, state.npi, member,
                         seconds(state.received), model::to_string(state.status)});
      !added) {
    return added;
  }
  if (auto added = add_round(state.case_id, 1, 1, request, state.received); !added) return added;
  return save(state, state.received, "");
}

Result<void> Store::save(const CaseState& state, Instant at, std::string_view reason) {
  if (auto saved = database_.run(
          "UPDATE cases SET status = ?, decided = ?, phase = ? WHERE case_id = ?",
          {model::to_string(state.status), nullable(state.decided, seconds), to_string(state.phase), state.case_id});
      !saved) {
    return saved;
  }
  const auto stored = lines_of(state.case_id);
  if (!stored) return tl::make_unexpected(stored.error());
  for (const LineState& line : state.lines) {
    auto before = model::CaseStatus::submitted;  // of a line that is new
    const std::string json = to_json(line);
    bool same = false;
    for (const LineState& old : *stored) {
      if (old.chain != line.chain || old.sequence != line.sequence) continue;
      before = old.status;
      same = to_json(old) == json;
    }
    if (!same) note_change(state.case_id, line.chain, at);
    if (auto saved = save_line(state.case_id, line); !saved) return saved;
    if (before == line.status) continue;
    if (auto kept = add_history(state.case_id, at, before, line, reason); !kept) return kept;
  }
  return {};
}

Result<void> Store::save_line(const std::string& case_id, const LineState& line) {
  const std::string modifiers = join(line.modifiers, " ");
  const std::string json = to_json(line);
  return database_.run(
      "INSERT INTO lines(case_id, chain, sequence, code, modifiers, first, last, action, authorization_number, state) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(case_id, chain, sequence) DO UPDATE SET code = ?4, "
      "modifiers = ?5, first = ?6, last = ?7, action = ?8, authorization_number = ?9, state = ?10",
      {case_id, std::int64_t{line.chain}, std::int64_t{line.sequence}, line.code, modifiers,
       days(line.ask.period.first), days(line.ask.period.last), line.ruling.action, line.ruling.authorization_number,
       json});
}

Result<std::vector<LineState>> Store::lines_of(const std::string& case_id) {
  const auto rows = database_.query("SELECT state FROM lines WHERE case_id = ? ORDER BY chain, sequence", {case_id});
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<LineState> lines;
  for (const Row& row : *rows) {
    auto line = line_from_json(row.text(0));
    if (!line) return fail(Failure::state, "The embedded payer's store holds a line that can't be read.");
    lines.push_back(std::move(*line));
  }
  return lines;
}

Result<std::optional<CaseState>> Store::state(const std::string& case_id) {
  const auto row = database_.one("SELECT " ATZ_CASE_COLUMNS " FROM cases WHERE case_id = ?", {case_id});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<CaseState>();
  CaseState state = state_from(**row);
  auto lines = lines_of(case_id);
  if (!lines) return tl::make_unexpected(lines.error());
  state.lines = std::move(*lines);
  return std::optional<CaseState>(std::move(state));
}

Result<std::vector<CaseState>> Store::states() {
  const auto rows = database_.query("SELECT " ATZ_CASE_COLUMNS " FROM cases ORDER BY case_id");
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<CaseState> states;
  for (const Row& row : *rows) {
    states.push_back(state_from(row));
    auto lines = lines_of(states.back().case_id);
    if (!lines) return tl::make_unexpected(lines.error());
    states.back().lines = std::move(*lines);
  }
  return states;
}

Result<void> Store::add_history(const std::string& case_id, Instant at, model::CaseStatus before, const LineState& line,
                                std::string_view reason) {
  const std::string sealed = seal(reason, "history.reason", case_id);
  const std::string json = to_json(line);
  return database_.run("INSERT INTO history(case_id, at, before, line, reason) VALUES(?, ?, ?, ?, ?)",
                       {case_id, seconds(at), model::to_string(before), json, Blob{sealed}});
}

Result<std::vector<HistoryRow>> Store::history(Instant from, Instant before) {
  const auto rows = database_.query(
      "SELECT id, at, case_id, before, line, reason FROM history WHERE at >= ? AND at < ? ORDER BY at, id",
      {seconds(from), seconds(before)});
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<HistoryRow> found;
  for (const Row& row : *rows) {
    auto line = line_from_json(row.text(4));
    if (!line) return fail(Failure::state, "The embedded payer's store holds a line that can't be read.");
    auto reason = unseal(row.text(5), "history.reason", row.text(2));
    if (!reason) return tl::make_unexpected(reason.error());
    found.push_back({row.integer(0), instant(row.integer(1)), row.text(2),
                     model::case_status(row.text(3)).value_or(model::CaseStatus::unknown), std::move(*line),
                     std::move(*reason)});
  }
  return found;
}

}  // namespace atz::sandbox
