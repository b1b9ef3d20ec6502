#include "sandbox/desk_rows.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::sandbox {

DeskCase desk_case(const CaseState& state) {
  DeskCase row;
  row.case_id = state.case_id;
  row.home_id = state.home_id;
  row.label = state.label;
  row.batch = state.batch;
  row.status = state.status;
  const auto lines = current_request(state);
  if (lines.empty()) return row;
  const LineState& line = *lines.front();
  row.status = overall(lines);
  row.purpose = line.purpose;
  row.code = line.words();
  row.requested = line.ask.hours.value_or(model::Hours{});
  if (line.is_granted()) row.approved = line.granted_hours();
  return row;
}

Error not_found(const std::vector<CaseState>& states, const std::string& case_or_home) {
  std::vector<std::string> open;
  bool known_home = false;
  for (const CaseState& state : states) {
    known_home = known_home || state.home_id == case_or_home;
    if (state.has_open_line()) open.push_back(fmt::format("{} ({} {})", state.case_id, state.home_id, state.label));
  }
  const std::string help = open.empty() ? "No case is open." : "Open are " + join(open, ", ") + ".";
  if (known_home) return {Failure::usage, fmt::format("{} has no open case.", printable(case_or_home)), help};
  return {Failure::usage, fmt::format("{} is no case and no home that this payer knows.", printable(case_or_home)),
          help};
}

Result<std::vector<LineVerdict>> verdicts_of(const CaseState& state, const Decision& decision) {
  const auto kind = decision.verdict == Verdict::deny      ? LineVerdict::Kind::deny
                    : decision.verdict == Verdict::partial ? LineVerdict::Kind::partial
                                                           : LineVerdict::Kind::approve;
  std::vector<LineVerdict> verdicts;
  for (const LineState& line : state.lines) {
    if (!line.is_open() || (decision.line && *decision.line != line.sequence)) continue;
    LineVerdict verdict{line.chain, line.sequence, kind};
    if (kind == LineVerdict::Kind::partial) {
      verdict.hours = decision.hours;
      if (!verdicts.empty()) verdict = {line.chain, line.sequence, LineVerdict::Kind::approve};
    }
    verdicts.push_back(verdict);
  }
  if (!verdicts.empty()) return verdicts;
  if (decision.line && state.has_open_line()) {
    return fail(Failure::usage, fmt::format("Case {}: line {} is not open.", state.case_id, *decision.line));
  }
  return fail(Failure::usage,
              fmt::format("Case {} is already decided: {}.", state.case_id, model::to_string(state.status)));
}

}  // namespace atz::sandbox
