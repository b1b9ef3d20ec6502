#include "fhir/message_body.hpp"

#include "fhir/element.hpp"

namespace atz::fhir {

Fault not_readable(std::string text) {
  return Fault{400, {Issue{"fatal", "structure", std::move(text), {}, {}, {}}}};
}

Fault breaks_profile(std::vector<Issue> issues) {
  return Fault{422, std::move(issues)};
}

tl::expected<Json, Fault> bundle_of_body(std::string_view body) {
  auto parsed = parse_json(body);
  if (!parsed) return tl::make_unexpected(not_readable("The body can't be read: " + parsed.error() + "."));
  if (resource_type(&*parsed) == "Bundle") return std::move(*parsed);
  if (resource_type(&*parsed) == "Parameters") {
    const auto parameters = elements(*parsed, "parameter");
    if (parameters.size() == 1) {
      const Json* resource = child(*parameters.front(), "resource");
      if (resource_type(resource) == "Bundle") return Json(*resource);
    }
    return tl::make_unexpected(not_readable("The Parameters must hold one Bundle."));
  }
  return tl::make_unexpected(not_readable("The body must be a Bundle."));
}

}  // namespace atz::fhir
