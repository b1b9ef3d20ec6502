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
  struct Reason {
    std::string code, text;
  };
  std::vector<Reason> reasons;
};

// GN015: the day by which an answer to a standard request is expected; a forecast, never a promise.
Date expected_by(Date submitted, bool expedited);

}  // namespace atz::model
