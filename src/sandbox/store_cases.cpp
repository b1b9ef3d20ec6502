#include <fmt/format.h>

#include <utility>

#include "sandbox/store.hpp"

namespace atz::sandbox {
namespace {

std::int64_t days(model::Date date) {
  return date.time_since_epoch().count();
}
model::Date date(std::int64_t days) {
  return model::Date(std::chrono::days(days));
}
std::int64_t seconds(Instant at) {
  return at.time_since_epoch().count();
}
Instant instant(std::int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

template <class T, class F>
Parameter nullable(const std::optional<T>& value, F convert) {
  if (!value) return nullptr;
  return std::int64_t{convert(*value)};
}

#define ATZ_CASE_COLUMNS "case_id, client, home_id, label, batch, npi, received, decided, status"

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
  return state;
}

std::string claim_key(const fhir::ReceivedRequest& request) {
  return fmt::format("{}:{} {}", request.claim_system.size(), request.claim_system, request.claim_identifier);
}

}  // namespace

std::string Store::member_digest(std::string_view id) const {
  return vault_.digest(id, "sandbox member");
}

// fhir's own digest is not keyed: whoever can guess the content could test the guess.
std::string Store::content_digest(const fhir::ReceivedRequest& request) const {
  return vault_.digest(request.content_digest, "sandbox content");
}

Result<void> Store::add_case(const CaseState& state, const fhir::ReceivedRequest& request) {
  const std::string sealed = seal(fhir::to_json(request), "cases.request", state.case_id);
  const std::string member = member_digest(request.member_id);
  const std::string claim = vault_.digest(claim_key(request), "sandbox claim");
  const std::string content = content_digest(request);
  if (auto added = database_.run(
          "INSERT INTO cases(case_id, client, home_id, label, batch, npi, member, claim, content, received, status, "
          "request) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {state.case_id, state.client, state.home_id, state.label, state.batch, state.npi, member, claim, content,
           seconds(state.received), model::to_string(state.status), Blob{sealed}});
      !added) {
    return added;
  }
  for (const LineState& line : state.lines) {
    if (auto added = database_.run(
            "INSERT INTO lines(case_id, sequence, code, first, last, quarters, action, authorization_number) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, '')",
            {state.case_id, std::int64_t{line.sequence}, line.code, days(line.requested.first),
             days(line.requested.last),
             nullable(line.requested_hours, [](model::Hours hours) { return hours.quarters; }), line.action});
        !added) {
      return added;
    }
  }
  return database_.run("INSERT INTO events(case_id, at, kind) VALUES(?, ?, 'received')",
                       {state.case_id, seconds(state.received)});
}

Result<void> Store::save_decision(const CaseState& state, std::string_view event, std::string_view note) {
  if (auto saved = database_.run("UPDATE cases SET status = ?, decided = ? WHERE case_id = ?",
                                 {model::to_string(state.status), nullable(state.decided, seconds), state.case_id});
      !saved) {
    return saved;
  }
  for (const LineState& line : state.lines) {
    const auto first = [](const model::DateSpan& span) { return days(span.first); };
    const auto last = [](const model::DateSpan& span) { return days(span.last); };
    if (auto saved = database_.run(
            "UPDATE lines SET action = ?, authorization_number = ?, authorized_first = ?, authorized_last = ?, "
            "issued = ?, granted_quarters = ? WHERE case_id = ? AND sequence = ?",
            {line.action, line.authorization_number, nullable(line.authorized, first), nullable(line.authorized, last),
             nullable(line.issued, days),
             nullable(line.granted_hours, [](model::Hours hours) { return hours.quarters; }), state.case_id,
             std::int64_t{line.sequence}});
        !saved) {
      return saved;
    }
  }
  const std::string sealed = seal(note, "events.note", state.case_id);
  return database_.run("INSERT INTO events(case_id, at, kind, note) VALUES(?, ?, ?, ?)",
                       {state.case_id, nullable(state.decided, seconds), event, Blob{sealed}});
}

Result<std::vector<LineState>> Store::lines_of(const std::string& case_id) {
  const auto rows = database_.query(
      "SELECT sequence, code, first, last, quarters, action, authorization_number, authorized_first, authorized_last, "
      "issued, granted_quarters FROM lines WHERE case_id = ? ORDER BY sequence",
      {case_id});
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<LineState> lines;
  for (const Row& row : *rows) {
    LineState line;
    line.sequence = static_cast<int>(row.integer(0));
    line.code = row.text(1);
    line.requested = {date(row.integer(2)), date(row.integer(3))};
    if (!row.is_null(4)) line.requested_hours = model::Hours{row.integer(4)};
    line.action = row.text(5);
    line.authorization_number = row.text(6);
    if (!row.is_null(7)) line.authorized = model::DateSpan{date(row.integer(7)), date(row.integer(8))};
    if (!row.is_null(9)) line.issued = date(row.integer(9));
    if (!row.is_null(10)) line.granted_hours = model::Hours{row.integer(10)};
    lines.push_back(std::move(line));
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

Result<FullCase> Store::load(CaseState state) {
  const auto row = database_.one("SELECT request FROM cases WHERE case_id = ?", {state.case_id});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return fail(Failure::bug, "The embedded payer's store lost a case between two reads.");
  const auto json = unseal((*row)->text(0), "cases.request", state.case_id);
  if (!json) return tl::make_unexpected(json.error());
  auto request = fhir::received_request_from_json(*json);
  if (!request) return tl::make_unexpected(request.error());

  const auto events =
      database_.query("SELECT note FROM events WHERE case_id = ? AND note IS NOT NULL ORDER BY id", {state.case_id});
  if (!events) return tl::make_unexpected(events.error());
  std::vector<std::string> notes;
  for (const Row& event : *events) {
    auto note = unseal(event.text(0), "events.note", state.case_id);
    if (!note) return tl::make_unexpected(note.error());
    if (!note->empty()) notes.push_back(std::move(*note));
  }
  return FullCase{std::move(state), std::move(*request), std::move(notes)};
}

Result<std::optional<std::string>> Store::case_of_claim(const std::string& client, const fhir::ReceivedRequest& request,
                                                        std::string* content_digest) {
  const std::string claim = vault_.digest(claim_key(request), "sandbox claim");
  const auto row = database_.one(
      "SELECT case_id, content FROM cases WHERE client = ? AND claim = ? ORDER BY case_id LIMIT 1", {client, claim});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<std::string>();
  *content_digest = (*row)->text(1);
  return std::optional<std::string>((*row)->text(0));
}

Result<std::vector<std::string>> Store::ids(Result<std::vector<Row>> rows) {
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<std::string> found;
  for (const Row& row : *rows) found.push_back(row.text(0));
  return found;
}

Result<std::vector<std::string>> Store::find_by_case_id(const std::string& client, const std::string& member_id,
                                                        const std::string& case_id) {
  return ids(database_.query("SELECT case_id FROM cases WHERE case_id = ? AND client = ? AND member = ?",
                             {case_id, client, member_digest(member_id)}));
}

Result<std::vector<std::string>> Store::find_by_authorization(const std::string& client, const std::string& member_id,
                                                              const std::string& number) {
  return ids(database_.query(
      "SELECT DISTINCT cases.case_id FROM lines JOIN cases USING(case_id) WHERE authorization_number = ?1 "
      "AND authorization_number <> '' AND client = ?2 AND member = ?3 ORDER BY 1",
      {number, client, member_digest(member_id)}));
}

Result<std::vector<std::string>> Store::find_by_line(const std::string& client, const std::string& member_id,
                                                     const std::string& code,
                                                     const std::optional<model::DateSpan>& period) {
  const auto first = [](const model::DateSpan& span) { return days(span.first); };
  const auto last = [](const model::DateSpan& span) { return days(span.last); };
  return ids(database_.query(
      "SELECT DISTINCT cases.case_id FROM cases JOIN lines USING(case_id) WHERE client = ?1 AND member = ?2 "
      "AND (?3 = '' OR code = ?3) AND (?4 IS NULL OR (first <= ?5 AND last >= ?4)) ORDER BY 1",
      {client, member_digest(member_id), code, nullable(period, first), nullable(period, last)}));
}

Result<std::optional<std::string>> Store::overlapping(const std::string& client, const std::string& member_id,
                                                      const std::string& code, const model::DateSpan& period) {
  const auto row = database_.one(
      "SELECT cases.case_id FROM cases JOIN lines USING(case_id) WHERE client = ?1 AND member = ?2 AND code = ?3 "
      "AND action NOT IN ('A3', 'C') AND first <= ?5 AND last >= ?4 ORDER BY 1 LIMIT 1",
      {client, member_digest(member_id), code, days(period.first), days(period.last)});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<std::string>();
  return std::optional<std::string>((*row)->text(0));
}

}  // namespace atz::sandbox
