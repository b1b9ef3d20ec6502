#pragma once

#include "fhir/schema.hpp"

namespace atz::fhir {

std::span<const TypeDef> data_type_tables();
std::span<const TypeDef> claim_tables();
std::span<const TypeDef> resource_tables();  // all others

}  // namespace atz::fhir
