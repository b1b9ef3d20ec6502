// Letters of determination and the ten-day letter: who gets them, how, and what they must say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/office.hpp"

namespace atz::sandbox {

struct LetterDraft {
  std::string kind;    // "approval", "partial approval", "denial", "ten-day letter"
  std::string action;  // what was decided, in sentences
  std::string reason;
  bool appealable = false;      // names the right to a hearing
  bool keeps_services = false;  // former hours can go on until the hearing (extensions only)
  int chain = 0;
  std::vector<int> lines;
};

// Stores the letter and adds a note to the case that begins with "Letter ".
Result<void> send_letter(const Office& office, FullCase& full, const LetterDraft& draft);
// Members' letters go to the guardian where there is one.
bool has_guardian(const fhir::ReceivedRequest& request);
Letter letter_from(const CaseState& state, const fhir::ReceivedRequest& request, std::string_view json);

}  // namespace atz::sandbox
