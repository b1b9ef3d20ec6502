// One member's request at the payer, and the words for what becomes of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/model/calendar.hpp"
#include "atz/model/week.hpp"

namespace atz::model {

// The states of a case. `unknown` is a word of the payer's that we do not know: shown as it came, polled further.
enum class CaseStatus {
  draft,
  ready,
  unsubmitted,
  submitted,
  in_review,
  info_requested,
  approved,
  partially_approved,
  denied,
  voided,
  reconsideration,
  appealed,
  expired,
  unknown
};
std::string_view to_string(CaseStatus status);  // "in_review"
std::optional<CaseStatus> case_status(std::string_view word);
bool is_decided(CaseStatus status);    // approved, partially_approved, denied, voided, expired: never asked about again
bool needs_person(CaseStatus status);  // info_requested, partially_approved, denied

// What one request is for. All but `first` and `termination` ask for more under a Case ID that the payer gave before.
enum class Purpose {
  first,         // the first authorization of a case
  continuation,  // an extension: the same service goes on after its end
  change,        // an extension: the hours change
  add_on,        // a Medical Add-On under a case
  termination,   // leave to end a service (SMI)
};
std::string_view to_string(Purpose purpose);  // "first", "continue", "change", "add_on", "termination"
std::optional<Purpose> purpose(std::string_view word);
bool rides_on_case(Purpose purpose);  // continuation, change, add_on
bool is_extension(Purpose purpose);   // continuation, change: former hours run on after a cut (EX013)

// Whether our message arrived: a fact apart from the status.
enum class Delivery { sending, unknown, refused, accepted };
std::string_view to_string(Delivery delivery);
std::optional<Delivery> delivery(std::string_view word);

// What the payer says about one line of a case.
enum class ReviewAction {
  certified,
  partly_certified,
  denied,
  pended,
  upheld,
  modified,
  cancelled,
  contact_payer,
  no_action_required,
  other
};

struct LineDecision {
  int sequence = 0;
  std::optional<ReviewAction> action;  // empty: the payer gave none
  std::string action_code;             // X12 306 as received
  std::string authorization_number;
  std::optional<Hours> weekly_hours;  // granted
  std::string weekly_hours_text;      // digits as received, when they are no quarter hours
  std::optional<std::int64_t> units;  // granted
  std::optional<DateSpan> period;     // granted
  std::optional<Date> decided_on;     // day of the decision in Maine, as the payer gives it
  struct Reason {
    std::string code, text;
  };
  std::vector<Reason> reasons;
};

// What the payer still wants to know before it decides.
struct InformationRequest {
  std::string control_number;        // to quote in the answer
  std::string kind_code, kind_text;  // X12 755: kind of document
  std::string code;                  // LOINC code of what is wanted
  std::string text;                  // to show
  std::optional<int> line;           // sequence; empty: about the whole request
  std::optional<Date> due;           // last day for the answer, when the payer names one
  bool by_attachment = false;        // to be answered by $submit-attachment
  std::string url;                   // where to, when not at the usual address
};

// GN015: the day by which an answer to a standard request is expected; a forecast, never a promise.
Date expected_by(Date submitted, bool expedited);

}  // namespace atz::model
