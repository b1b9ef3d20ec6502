#pragma once

#include <string>
#include <string_view>

#include "fhir/element.hpp"
#include "fhir/faults.hpp"
#include "fhir/json.hpp"

namespace atz::fhir {

// What a check of one bundle carries along.
struct SchemaContext {
  const Resolver& resolver;
  bool tolerant;
  Faults& faults;
  std::string full_url;  // of the entry that is being checked
  const Json* resource = nullptr;
  bool logical_references = false;  // an identifier may stand for the resource: nothing else travels along
};

// Members, numbers, types and values by the tables. `type` is the resource's, or "InquiryClaim".
// A type that the tables lack passes: it is no part of the profiles' request.
void check_type(const Json& node, std::string_view type, const std::string& path, SchemaContext& context);

// What holds for all FHIR JSON: nothing empty, nothing null, extensions with a url and either a value or parts.
void check_form(const Json& node, const std::string& path, Faults& faults);

}  // namespace atz::fhir
