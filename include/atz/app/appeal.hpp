// What a member can do against a decision, and until when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/ledger/ledger.hpp"

namespace atz::app {

// Days are counted from the letter's date, or from the decision where no letter is known. The letter itself names the
// days that count: these are "at least".
struct Appeal {
  model::Date letter{};
  model::Date hearing_by{};                     // 60 days
  std::optional<model::Date> keep_services_by;  // 10 days; of an extension with fewer hours than before, or none
};
// nullopt when nothing was cut or denied, and for terminations, which cut nothing when they are denied.
std::optional<Appeal> appeal_of(const ledger::CaseRecord& record, const std::vector<ledger::CaseRecord>& all);

// A note of the payer's that a letter was sent.
bool is_letter(const std::string& note);

}  // namespace atz::app
