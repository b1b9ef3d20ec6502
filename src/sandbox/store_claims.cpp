// The messages of a case, and finding cases by what a message says.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "sandbox/store.hpp"
#include "sandbox/store_values.hpp"

namespace atz::sandbox {
namespace {

std::string claim_key(std::string_view system, std::string_view value) {
  return fmt::format("{}:{} {}", system.size(), system, value);
}

std::string round_key(const std::string& case_id, std::int64_t number) {
  return fmt::format("{}/{}", case_id, number);
}

std::int64_t first_of(const model::DateSpan& span) {
  return days(span.first);
}
std::int64_t last_of(const model::DateSpan& span) {
  return days(span.last);
}

}  // namespace

// fhir's own digest is not keyed: whoever can guess the content could test the guess.
std::string Store::content_digest(const fhir::ReceivedRequest& request) const {
  return vault_.digest(request.content_digest, "sandbox content");
}

Result<void> Store::add_round(const std::string& case_id, int chain, int number, const fhir::ReceivedRequest& request,
                              Instant at) {
  const std::string sealed = seal(fhir::to_json(request), "rounds.request", round_key(case_id, number));
  const std::string claim = vault_.digest(claim_key(request.claim_system, request.claim_identifier), "sandbox claim");
  const std::string content = content_digest(request);
  return database_.run(
      "INSERT INTO rounds(case_id, number, chain, at, claim, content, request) VALUES(?, ?, ?, ?, ?, ?, ?)",
      {case_id, std::int64_t{number}, std::int64_t{chain}, seconds(at), claim, content, Blob{sealed}});
}

Result<void> Store::add_round(const CaseState& state, int chain, const fhir::ReceivedRequest& request, Instant at) {
  const auto before = rounds(state.case_id);
  if (!before) return tl::make_unexpected(before.error());
  return add_round(state.case_id, chain, *before + 1, request, at);
}

Result<int> Store::rounds(const std::string& case_id) {
  const auto row = database_.one("SELECT COUNT(*) FROM rounds WHERE case_id = ?", {case_id});
  if (!row) return tl::make_unexpected(row.error());
  return static_cast<int>((*row)->integer(0));
}

Result<FullCase> Store::load(CaseState state) {
  FullCase found;
  const auto rows = database_.query(
      "SELECT chain, number, request FROM rounds WHERE case_id = ?1 AND number IN (SELECT MAX(number) "
      "FROM rounds WHERE case_id = ?1 GROUP BY chain) ORDER BY chain",
      {state.case_id});
  if (!rows) return tl::make_unexpected(rows.error());
  if (rows->empty()) return fail(Failure::bug, "The embedded payer's store lost a case between two reads.");
  for (const Row& row : *rows) {
    const auto json = unseal(row.text(2), "rounds.request", round_key(state.case_id, row.integer(1)));
    if (!json) return tl::make_unexpected(json.error());
    auto request = fhir::received_request_from_json(*json);
    if (!request) return tl::make_unexpected(request.error());
    found.requests.push_back(std::move(*request));
  }
  const auto events = database_.query(
      "SELECT at, note, about FROM events WHERE case_id = ? AND note IS NOT NULL ORDER BY id", {state.case_id});
  if (!events) return tl::make_unexpected(events.error());
  for (const Row& event : *events) {
    auto text = unseal(event.text(1), "events.note", state.case_id);
    if (!text) return tl::make_unexpected(text.error());
    if (text->empty()) continue;
    Note note{instant(event.integer(0)), std::move(*text), 0, {}};
    if (!event.text(2).empty()) {
      for (const std::string& part : split(event.text(2), ' ')) note.lines.push_back(std::stoi(part));
      note.chain = note.lines.front();
      note.lines.erase(note.lines.begin());
    }
    found.notes.push_back(std::move(note));
  }
  auto asked = questions(state.case_id);
  if (!asked) return tl::make_unexpected(asked.error());
  found.questions = std::move(*asked);
  found.state = std::move(state);
  return found;
}

Result<std::optional<Round>> Store::round_of_claim(const std::string& client, const std::string& system,
                                                   const std::string& value) {
  const std::string claim = vault_.digest(claim_key(system, value), "sandbox claim");
  const auto row = database_.one(
      "SELECT case_id, chain, number, content, number = (SELECT MAX(number) FROM rounds AS other WHERE other.case_id = "
      "rounds.case_id AND other.chain = rounds.chain) FROM rounds JOIN cases USING(case_id) WHERE rounds.claim = ? AND "
      "client = ? ORDER BY case_id DESC, number DESC LIMIT 1",
      {claim, client});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<Round>();
  return std::optional(Round{(*row)->text(0), static_cast<int>((*row)->integer(1)),
                             static_cast<int>((*row)->integer(2)), (*row)->integer(4) != 0, (*row)->text(3)});
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

Result<bool> Store::belongs_to(const std::string& case_id, const std::string& client, const std::string& member_id) {
  const auto found = find_by_case_id(client, member_id, case_id);
  if (!found) return tl::make_unexpected(found.error());
  return !found->empty();
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
  return ids(database_.query(
      "SELECT DISTINCT cases.case_id FROM cases JOIN lines USING(case_id) WHERE client = ?1 AND member = ?2 "
      "AND (?3 = '' OR code = ?3) AND (?4 IS NULL OR (first <= ?5 AND last >= ?4)) ORDER BY 1",
      {client, member_digest(member_id), code, nullable(period, first_of), nullable(period, last_of)}));
}

Result<std::optional<std::string>> Store::overlapping(const std::string& client, const std::string& member_id,
                                                      const fhir::ReceivedLine& line, const std::string& except) {
  const std::string modifiers = join(line.modifiers, " ");
  const auto row = database_.one(
      "SELECT cases.case_id FROM cases JOIN lines USING(case_id) WHERE client = ?1 AND member = ?2 AND code = ?3 "
      "AND modifiers = ?4 AND action NOT IN ('A3', 'C') AND first <= ?6 AND last >= ?5 AND cases.case_id <> ?7 "
      "ORDER BY 1 LIMIT 1",
      {client, member_digest(member_id), line.code, modifiers, days(line.period.first), days(line.period.last),
       except});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<std::string>();
  return std::optional<std::string>((*row)->text(0));
}

}  // namespace atz::sandbox
