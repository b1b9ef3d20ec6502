#include "atz/fhir/payer_side.hpp"
#include "fhir/element.hpp"
#include "fhir/faults.hpp"
#include "fhir/message_body.hpp"

namespace atz::fhir {

std::variant<ReceivedOuter, Fault> read_outer(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed) return not_readable("The body can't be read: " + parsed.error() + ".");
  if (resource_type(&*parsed) != "Bundle") return not_readable("The body must be a Bundle.");
  const std::string type = text_of(*parsed, "type");
  if (type != "transaction" && type != "batch") return not_readable("The Bundle's type must be transaction or batch.");

  ReceivedOuter out;
  out.transaction = type == "transaction";
  const Json& identifier = child_or_null(*parsed, "identifier");
  out.identifier_system = text_of(identifier, "system");
  out.identifier = text_of(identifier, "value");
  Faults faults;
  const Json& entries = child_or_null(*parsed, "entry");
  for (std::size_t i = 0; entries.is_array() && i < entries.size(); ++i) {
    const std::string path = "Bundle.entry[" + std::to_string(i) + "]";
    const Json& request = child_or_null(entries[i], "request");
    ReceivedOuter::Entry entry{text_of(request, "method"), text_of(request, "url"), {}};
    if (entry.method.empty()) faults.add("required", path + ".request.method", "Every entry must name its method.");
    if (entry.url.empty()) faults.add("required", path + ".request.url", "Every entry must name its URL.");
    if (child(entries[i], "response") != nullptr)
      faults.add("structure", path + ".response", "Not allowed in a request.");
    if (const Json* resource = child(entries[i], "resource")) entry.body = to_bytes(*resource);
    out.entries.push_back(std::move(entry));
  }
  if (out.entries.empty()) faults.add("required", "Bundle.entry", "The Bundle holds no entry.");
  if (!faults.empty()) {
    Fault fault = not_readable({});
    fault.issues = faults.take();
    return fault;
  }
  return out;
}

}  // namespace atz::fhir
