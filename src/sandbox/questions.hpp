// What the reviewers want to know before they decide, and what becomes of the answers.
#pragma once

#include <string>

#include "atz/sandbox/sandbox.hpp"
#include "sandbox/office.hpp"

namespace atz::sandbox {

// Failure::usage: nothing is open about that line, no text, a day for the answer that has passed.
Result<Question> ask(const Office& office, FullCase& full, const Inquiry& inquiry);
// Something came in. With a question: it is answered, unless more is to come. Without: unasked papers of the case.
Result<void> take_papers(const Office& office, FullCase& full, Question* question, std::size_t papers, bool final);

Result<bool> question_timer(const Office& office, FullCase& full, const Timer& timer);

}  // namespace atz::sandbox
