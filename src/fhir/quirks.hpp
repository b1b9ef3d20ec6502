// Where payers of different PAS versions want or send different forms.
#pragma once

#include <string_view>

namespace atz::fhir {

struct Quirks {
  std::string_view version;    // "" = every other one
  bool document_information;   // extension on supporting information, required since 2.2
  bool complex_error_element;  // errorElement with parts, since 2.2; plain text before
  bool inquiry_parameters;     // $inquire answers with Parameters, since 2.2; one Bundle before
  bool pended_is_complete;     // an answer that pends has outcome `complete`, since 2.2; `queued` before
  bool line_on_resource;    // a question names its line on the CommunicationRequest, since 2.2; on the payload before
  bool names_reply;         // the response Bundle has an identifier, since 2.2; it may have none before
  bool grants_in_add_item;  // what is granted instead stands in addItem, since 2.1; in itemAuthorizedDetail before
  bool questionnaire_context;  // a Task names a questionnaire by its context, since 2.1; by its number before
};

const Quirks& quirks_of(std::string_view pas_version);

}  // namespace atz::fhir
