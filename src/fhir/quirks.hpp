// Where payers of different PAS versions want or send different forms.
#pragma once

#include <string_view>

namespace atz::fhir {

struct Quirks {
  std::string_view version;    // "" = every other one
  bool document_information;   // extension on supporting information, required since 2.2
  bool complex_error_element;  // errorElement with parts, since 2.2; plain text before
  bool inquiry_parameters;     // $inquire answers with Parameters, since 2.2; one Bundle before
};

const Quirks& quirks_of(std::string_view pas_version);

}  // namespace atz::fhir
