// A case as the payer remembers it: its lines with their decisions, and what follows from them for the whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/clock.hpp"
#include "atz/model/calendar.hpp"
#include "atz/model/case.hpp"
#include "atz/model/week.hpp"

namespace atz::sandbox {

struct Ask {
  model::DateSpan period;
  std::optional<model::Hours> hours;  // a week
  std::int64_t quantity = 0;
};

struct Ruling {
  std::string action = "A4";         // X12 306
  std::string authorization_number;  // only with an approval
  std::optional<model::DateSpan> authorized;
  std::optional<model::Date> issued;
  std::optional<model::Hours> hours;  // only when they differ from what was asked
};

// Lines are numbered by their Claim. A new Claim that names a case by its number, because the sender no longer has the
// former one, counts from 1 again: it begins another chain of versions under the same case.
struct LineState {
  int chain = 1;
  int sequence = 0;
  int round = 1;  // the message of the case that asked for this last
  model::Purpose purpose = model::Purpose::first;
  std::string code;
  std::vector<std::string> modifiers;
  Ask ask;
  Ruling ruling;
  // What held before the running line was asked to change in place: it comes back when the change is refused.
  std::optional<Ask> former_ask;
  std::optional<Ruling> former_ruling;
  model::CaseStatus status = model::CaseStatus::in_review;  // see settle()

  [[nodiscard]] bool is_open() const { return ruling.action == "A4"; }
  [[nodiscard]] bool is_granted() const { return ruling.action == "A1" || ruling.action == "A6"; }
  [[nodiscard]] bool is_add_on() const { return code == "T2016" && modifiers == std::vector<std::string>{"SC"}; }
  [[nodiscard]] bool is_base() const { return code == "T2016" && modifiers.empty(); }
  [[nodiscard]] std::string words() const;  // "T2016 SC"
  // Of an approval: the hours in force.
  [[nodiscard]] std::optional<model::Hours> granted_hours() const { return ruling.hours ? ruling.hours : ask.hours; }
};
std::string to_json(const LineState& line);
std::optional<LineState> line_from_json(std::string_view json);

// Where a request to end a service stands (domain: reviewer calls, message, letter). The wire knows only "in review".
enum class Phase {
  none,
  to_call,   // the reviewer is to reach the member or guardian
  callback,  // a message was left
  letter,    // the ten-day letter is out
  disputed,  // the member does not agree
};
std::string_view to_string(Phase phase);
Phase phase(std::string_view word);

// What can be known of a case without opening what is sealed.
struct CaseState {
  std::string case_id, client, home_id, label, batch, npi;
  Instant received{};
  std::optional<Instant> decided;
  model::CaseStatus status = model::CaseStatus::in_review;
  Phase phase = Phase::none;
  std::vector<LineState> lines;  // by chain and sequence

  [[nodiscard]] bool is_termination() const;
  [[nodiscard]] bool has_open_line() const;
  [[nodiscard]] int last_chain() const;
  [[nodiscard]] LineState* line(int chain, int sequence);
};

// A question of the reviewers'.
struct Question {
  enum class State { open, answered, closed } state = State::open;
  std::int64_t id = 0;
  std::string control_number;  // to quote in the answer
  int chain = 1;
  std::optional<int> line;
  std::string kind_code, kind_text, loinc;
  std::string text;
  model::Date due{};
  bool by_attachment = true;
};

// Every line's status from its decision and the open questions about it, and the case's from those of its lines
// (PAS 2.2.1; cancelled lines do not count unless there are no others).
void settle(CaseState& state, const std::vector<Question>& questions);
model::CaseStatus overall(const std::vector<const LineState*>& lines);

// The request that is before the reviewers: the open lines, else those of the last message.
std::vector<const LineState*> current_request(const CaseState& state);

// The approval of the regular hours that holds on `day`, else the last one that holds at all; null: none.
const LineState* running_line(const CaseState& state, std::optional<model::Date> day = std::nullopt);

}  // namespace atz::sandbox
