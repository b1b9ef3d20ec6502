// From what was sent and what came back to the texts of a printed case.
#pragma once

#include <string>
#include <string_view>

#include "atz/fhir/payer_side.hpp"
#include "atz/fhir/sent_people.hpp"
#include "atz/ledger/ledger.hpp"
#include "atz/model/tables.hpp"
#include "atz/report/case_print.hpp"

namespace atz::app {

std::string event_words(const ledger::HistoryEntry& entry);
report::CasePrint::Line line_of(const ledger::CaseLine& line);
// Of an update only what it added: the rest was sent, and is shown, with the request before.
void add_sent(report::CasePrint::Request& request, const fhir::ReceivedRequest& sent, const model::Tables& tables);
void describe(report::CasePrint& print, const fhir::SentPeople& people);

}  // namespace atz::app
