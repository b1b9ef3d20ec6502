// Parts of check_claim; each looks at one corner of a submitted request.
#pragma once

#include <string>

#include "fhir/faults.hpp"
#include "fhir/request_view.hpp"

namespace atz::fhir {

bool is_update(const RequestView& view);  // by its profile or by `related`, never by its identifier

void check_update(const RequestView& view, Faults& faults);  // also: that a first request looks like none
void check_items(const RequestView& view, bool tolerant, Faults& faults);
void check_supporting_info(const Json& claim, bool tolerant, Faults& faults);
void check_parties(const RequestView& view, bool tolerant, Faults& faults);  // patient, coverage, organizations
void check_quantity(const Json* quantity, const std::string& path, bool tolerant, Faults& faults);
void check_x12_text(const std::string& text, std::size_t limit, const std::string& path, Faults& faults);

}  // namespace atz::fhir
