// Taking a received request apart, after it was checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atz/fhir/payer_side.hpp"
#include "fhir/request_view.hpp"

namespace atz::fhir {

std::vector<ReceivedLine> received_lines(const RequestView& view);
std::vector<ReceivedQuestionnaire> received_questionnaires(const RequestView& view);
std::vector<ReceivedDocument> received_documents(const RequestView& view);
std::vector<ReceivedContact> received_contacts(const Json& patient);

// Of an answered form; and of a DocumentReference, one for each of its contents.
std::vector<ReceivedAnswer> answers_of(const Json& questionnaire_response);
std::vector<ReceivedDocument> documents_of(const Json& document_reference);
std::string phone_of(const Json& patient_or_contact);  // the first one

std::optional<model::DateSpan> days_of(const Json& node, const char* date_key, const char* period_key);
std::optional<model::DateSpan> days_of_period(const Json* period);
std::string text_of_address(const Json& address);  // "1 Example Way, Testville ME 00000"

// Quarter hours behind a number; nullopt when it is no multiple of a quarter, negative, or absurdly large.
std::optional<model::Hours> hours_of(const Json* quantity);
std::optional<std::int64_t> whole_number(const Json* quantity);

}  // namespace atz::fhir
