// The days of extensions and add-ons: windows, edges, and the days of the case that they must fit.
#pragma once

#include "sandbox/checks.hpp"

namespace atz::sandbox {

struct PeriodContext {
  const CaseState& state;
  const fhir::ReceivedRequest& request;
  const LineState* in_place = nullptr;  // the running line that is to change; null: the line is a new one
  model::Date today{};
};

// Domain EX003 to EX008: sent from E - 30 to E - 5 and from E + 1 on (continue), or within the running days (change).
void check_extension_period(const Incoming& incoming, const fhir::ReceivedLine& line, const PeriodContext& context,
                            Errors& errors);
// Domain MA010, MA012, MA014.
void check_add_on_period(const Incoming& incoming, const fhir::ReceivedLine& line, const PeriodContext& context,
                         Errors& errors);

}  // namespace atz::sandbox
