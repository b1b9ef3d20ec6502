// What a payer still wants to know, on the wire: a CommunicationRequest, perhaps a Task, and a note with the words.
#pragma once

#include <string>
#include <vector>

#include "atz/fhir/payer_side.hpp"
#include "fhir/json.hpp"
#include "fhir/quirks.hpp"

namespace atz::fhir {

// PAS code of a question that is answered by a questionnaire instead of a document (LOINC).
inline constexpr std::string_view kQuestionnaireWanted = "102089-0";
// Where answers go when the payer names no other address; relative to its base URL.
inline constexpr std::string_view kUsualAttachmentUrl = "$submit-attachment";

// "Plan of treatment, 18776-5": what a question says without words of its own.
std::string coded_words(const model::InformationRequest& question);
// The words of a question have no field of their own: they travel as a note that begins with its control number.
std::string question_note(const model::InformationRequest& question);
// Gives a question the words that came for it in `notes`, and takes that note away.
void take_words(model::InformationRequest& question, std::vector<Note>& notes);

Json communication_request(const ReceivedRequest& request, const model::InformationRequest& question,
                           const Quirks& quirks);
bool needs_task(const model::InformationRequest& question);
Json task_for(const ReceivedRequest& request, const AnsweredCase& answer, const model::InformationRequest& question,
              const model::PayerProfile& payer);

}  // namespace atz::fhir
