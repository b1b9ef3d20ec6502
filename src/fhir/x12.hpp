// X12 code lists, as far as we meet them, in our own words. The lists are licensed and longer than these tables:
// a code that is missing here is shown as it came and is never an error.
#pragma once

#include <string>
#include <string_view>

namespace atz::fhir {

// One list: an X12 data element number, or 886 for the external decision reasons.
enum class X12 : int {
  entity = 98,
  action = 306,
  unit = 673,
  report_type = 755,
  transmission = 756,
  reason = 886,
  followup = 889,
  reject = 901,
  relationship = 1069,
  certification = 1322,
  level_of_service = 1338,
  service_type = 1365,
  request_type = 1525
};

std::string x12_system(X12 list);
std::string_view x12_text(X12 list, std::string_view code);  // "" when the table has no such code

}  // namespace atz::fhir
