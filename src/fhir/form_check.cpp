// What holds for all FHIR JSON, whatever the type.
#include "fhir/places.hpp"
#include "fhir/schema_check.hpp"

namespace atz::fhir {
namespace {

void check_extension_form(const Json& node, const std::string& path, Faults& faults) {
  if (!node.is_object()) {
    faults.add("structure", path, "An extension must be an object.");
    return;
  }
  int values = 0;
  for (const auto& [key, value] : *node.get_ptr<const Json::object_t*>()) {
    if (key.rfind("value", 0) == 0) ++values;
  }
  const bool parts = child(node, "extension") != nullptr;
  if (text_of(node, "url").empty()) faults.add("required", path + ".url", "An extension must have a url.");
  if (values + (parts ? 1 : 0) != 1) faults.add("invariant", path, "An extension must have either one value or parts.");
}

void check_member_form(const std::string& key, const Json& value, bool may_hold_null, const std::string& path,
                       Faults& faults) {
  if (value.is_null()) {
    faults.add("structure", path, "null is not allowed.");
    return;
  }
  if ((value.is_object() || value.is_array()) && value.empty())
    faults.add("structure", path, "Empty objects and arrays are not allowed.");
  if (value.is_string() && value.get_ptr<const std::string*>()->empty())
    faults.add("value", path, "An empty text is not allowed.");
  if (value.is_object()) check_form(value, path, faults);
  if (!value.is_array()) return;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string place = at(path, i);
    if (value[i].is_null()) {
      if (!may_hold_null) faults.add("structure", place, "null is not allowed.");
      continue;
    }
    if (value[i].is_array()) faults.add("structure", place, "An array in an array is not allowed.");
    if (value[i].is_string() && value[i].get_ptr<const std::string*>()->empty())
      faults.add("value", place, "An empty text is not allowed.");
    if (value[i].is_object() && value[i].empty())
      faults.add("structure", place, "Empty objects and arrays are not allowed.");
    if (key == "extension" || key == "modifierExtension") check_extension_form(value[i], place, faults);
    check_form(value[i], place, faults);
  }
}

}  // namespace

void check_form(const Json& node, const std::string& path, Faults& faults) {
  const auto* members = node.get_ptr<const Json::object_t*>();
  if (members == nullptr) return;
  for (const auto& [key, value] : *members) {
    // A list of primitives and the list of their extensions are padded against each other.
    const bool padded = !key.empty() && (key.front() == '_' || child(node, "_" + key) != nullptr);
    check_member_form(key, value, padded, at(path, shown_name(key)), faults);
  }
}

}  // namespace atz::fhir
