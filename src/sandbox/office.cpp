#include "sandbox/office.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::sandbox {

Result<void> tell(const Office& office, FullCase& full, std::string text, int chain, std::vector<int> lines) {
  full.notes.push_back({office.now, std::move(text), chain, std::move(lines)});
  return office.store.add_note(full.state.case_id, full.notes.back());
}

Result<void> keep(const Office& office, FullCase& full, std::string_view reason) {
  settle(full.state, full.questions);
  return office.store.save(full.state, office.now, reason);
}

std::string day_and_time(Instant at) {
  const std::string text = model::format_instant(at);
  return fmt::format("{} {}", text.substr(0, 10), text.substr(11, 5));
}

std::string days_of(const model::DateSpan& span) {
  return fmt::format("{} through {}", model::format_date(span.first), model::format_date(span.last));
}

std::string with_rationale(std::string text, const std::string& note) {
  if (!trim(note).empty()) text += fmt::format(" Rationale: {}", trim(note));
  return text;
}

}  // namespace atz::sandbox
