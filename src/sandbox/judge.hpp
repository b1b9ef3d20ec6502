// What reviewers who have nothing but the structured answers would decide: the plan's location against the house's,
// the hours asked for against those that the staffing pattern shows. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/decide.hpp"

namespace atz::sandbox {

struct Judgement {
  std::vector<LineVerdict> verdicts;
  std::string rationale;            // what was compared
  std::optional<Inquiry> question;  // papers are missing
  std::string left;                 // neither: why it is left to a person, or to time
};
Judgement judge(const FullCase& full);

}  // namespace atz::sandbox
