#include "sandbox/incoming.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace atz::sandbox {
namespace {

using Json = nlohmann::json;

const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string text_of(const Json& object, const char* name) {
  const Json* value = member(object, name);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

// A Parameters resource around the bundle makes no difference.
const Json& bundle_in(const Json& body) {
  if (text_of(body, "resourceType") != "Parameters") return body;
  if (const Json* parameters = member(body, "parameter"); parameters != nullptr && parameters->is_array()) {
    for (const Json& parameter : *parameters) {
      if (const Json* resource = member(parameter, "resource")) return *resource;
    }
  }
  return body;
}

}  // namespace

std::variant<Incoming, fhir::Fault> read_incoming(std::string_view body, bool tolerant) {
  auto read = fhir::read_submit(body, tolerant);
  if (auto* fault = std::get_if<fhir::Fault>(&read)) return std::move(*fault);
  Incoming incoming;
  incoming.request = std::move(std::get<fhir::ReceivedRequest>(read));
  const Json json = Json::parse(body, nullptr, false);  // well-formed and not too deep: fhir has read it
  const Json& bundle = bundle_in(json);
  incoming.canonical = bundle.dump();
  if (const Json* entries = member(bundle, "entry"); entries != nullptr && entries->is_array()) {
    for (const Json& entry : *entries) incoming.full_urls.push_back(text_of(entry, "fullUrl"));
    if (!entries->empty()) {
      const Json* claim = member(entries->front(), "resource");
      const Json* items = claim != nullptr ? member(*claim, "item") : nullptr;
      if (items != nullptr && items->is_array()) {
        for (const Json& item : *items) {
          const Json* sequence = member(item, "sequence");
          incoming.item_sequences.push_back(sequence != nullptr && sequence->is_number_integer() ? sequence->get<int>()
                                                                                                 : 0);
        }
      }
    }
  }
  return incoming;
}

std::string canonical(std::string_view body) {
  return Json::parse(body, nullptr, false).dump();
}

std::string entry_path(const Incoming& incoming, std::string_view url) {
  const auto found = std::find(incoming.full_urls.begin(), incoming.full_urls.end(), url);
  if (found == incoming.full_urls.end()) return "Bundle";
  return fmt::format("Bundle.entry[{}].resource", found - incoming.full_urls.begin());
}

std::string item_path(const Incoming& incoming, int sequence) {
  const auto& items = incoming.item_sequences;
  const auto found = std::find(items.begin(), items.end(), sequence);
  if (found == items.end()) return "Bundle.entry[0].resource.item";
  return fmt::format("Bundle.entry[0].resource.item[{}]", found - items.begin());
}

}  // namespace atz::sandbox
