#include "fhir/quirks.hpp"

namespace atz::fhir {
namespace {

constexpr Quirks kTable[] = {
    {"2.0.1", false, false, false, false, false, false, false, false},
    {"2.1.0", false, false, false, false, false, false, true, true},
    {"", true, true, true, true, true, true, true, true},
};

}  // namespace

const Quirks& quirks_of(std::string_view pas_version) {
  for (const auto& row : kTable) {
    if (row.version.empty() || row.version == pas_version) return row;
  }
  return kTable[2];
}

}  // namespace atz::fhir
