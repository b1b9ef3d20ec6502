// What the ledger knows of the case that a member's extension or add-on names.
#pragma once

#include <optional>
#include <string>

#include "atz/model/case.hpp"

namespace atz::model {

struct KnownCase {
  std::string label;  // of the member in the case file
  std::string case_id;
  std::string owner_home, owner;  // whose case it is here: home ID and label
  bool same_person = true;        // the member ID that it was sent for
  std::string location;           // NPI and three digits that it was sent for, as written; "" when not known
  // Of the newest regular request (no add-on) that counts: the approved one, else the last.
  CaseStatus status = CaseStatus::unknown;
  std::optional<DateSpan> days;  // approved, over all its regular lines
  std::optional<Hours> hours;    // approved hours a week on the last of these days
};

}  // namespace atz::model
