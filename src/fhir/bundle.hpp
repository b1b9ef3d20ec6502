// What all Bundles have in common.
#pragma once

#include <string>
#include <string_view>

#include "fhir/json.hpp"

namespace atz::fhir {

// resourceType, meta.profile (none when empty) and meta.tag (none when empty).
Json start_bundle(std::string_view canonical, const std::string& tag_system, const std::string& tag);
Json entry_of(const std::string& full_url, Json resource);

}  // namespace atz::fhir
