#include "atz/app/appeal.hpp"

#include "atz/app/home_state.hpp"

namespace atz::app {
namespace {

constexpr auto kHearing = std::chrono::days(60);
constexpr auto kKeepServices = std::chrono::days(10);
constexpr std::string_view kLetter = "Letter ";
constexpr std::size_t kDateLength = 10;

// The first date that the text names.
std::optional<model::Date> date_in(const std::string& text) {
  for (std::size_t at = 0; at + kDateLength <= text.size(); ++at) {
    if (const auto date = model::parse_date(text.substr(at, kDateLength))) return date;
  }
  return std::nullopt;
}

model::Date letter_date(const ledger::CaseRecord& record) {
  for (auto note = record.notes.rbegin(); note != record.notes.rend(); ++note) {
    if (!is_letter(*note)) continue;
    if (const auto date = date_in(*note)) return *date;
  }
  std::optional<model::Date> decided;
  for (const auto& line : record.lines) {
    if (line.decision.decided_on && (!decided || *line.decision.decided_on > *decided))
      decided = line.decision.decided_on;
  }
  return decided ? *decided : model::maine_date(record.changed_at);
}

}  // namespace

bool is_letter(const std::string& note) {
  return note.compare(0, kLetter.size(), kLetter) == 0;
}

std::optional<Appeal> appeal_of(const ledger::CaseRecord& record, const std::vector<ledger::CaseRecord>& all) {
  const bool adverse =
      record.status == model::CaseStatus::partially_approved || record.status == model::CaseStatus::denied;
  if (record.delivery != model::Delivery::accepted || !adverse || record.purpose == model::Purpose::termination)
    return std::nullopt;
  Appeal appeal;
  appeal.letter = letter_date(record);
  appeal.hearing_by = appeal.letter + kHearing;
  if (continuation_of(record, all)) appeal.keep_services_by = appeal.letter + kKeepServices;
  return appeal;
}

}  // namespace atz::app
