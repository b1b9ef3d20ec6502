// The reviewers' decisions on the open lines of a case, with what follows: numbers, notes, letters, the former hours
// that go on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sandbox/office.hpp"

namespace atz::sandbox {

struct LineVerdict {
  int chain = 1;
  int sequence = 0;
  enum class Kind { approve, partial, deny } kind = Kind::approve;
  std::optional<model::Hours> hours = {};  // partial: above 0 and below what was asked for
};

// Failure::usage: a line that is decided already or unknown, hours that are no part of what was asked, a denial without
// a rationale, nothing left to approve. Then nothing was changed for good: the caller rolls back.
Result<void> decide(const Office& office, FullCase& full, const std::vector<LineVerdict>& verdicts,
                    const std::string& rationale);

// The reviewers void a case: a duplicate, or not needed. Open lines are cancelled, decided ones stay.
Result<void> void_open_lines(const Office& office, FullCase& full, const std::string& rationale);

// Questions about lines that wait for nothing any more, and the timers of a case that is decided.
Result<void> close_what_is_over(const Office& office, FullCase& full);

}  // namespace atz::sandbox
