// Looking into foreign FHIR: every function survives any JSON and answers "nothing" when the shape is not as expected.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/json.hpp"

namespace atz::fhir {

const Json* child(const Json& node, std::string_view key);          // null when absent, null, or node is no object
const Json& child_or_null(const Json& node, std::string_view key);  // a JSON null instead of a null pointer
std::string text_of(const Json& node, std::string_view key);        // a string's value; "" otherwise
// The elements of an array, without nulls; a lone object or value counts as one element.
std::vector<const Json*> elements(const Json& node, std::string_view key);

const Json* extension(const Json& node, std::string_view url);
std::vector<const Json*> extensions(const Json& node, std::string_view url);

// Code of the first coding with that system, or of the first coding at all when `system` is empty.
std::string code_of(const Json* concept_node, std::string_view system = {});
bool has_code(const Json* concept_node, std::string_view system, std::string_view code);
std::string words_of(const Json* concept_node);  // text, else display, else code

std::string without_version(std::string_view canonical);  // cut at '|'
bool has_profile(const Json& resource, std::string_view canonical);
std::string resource_type(const Json* resource);
std::string number_or_text(const Json& node, std::string_view key);  // digits as received, or a string's value

// The resources of one Bundle by reference. Absolute references match a fullUrl; relative ones are completed from the
// base of the referencing entry, and, since many servers are careless here, else match type and id; "#id" is contained.
class Resolver {
 public:
  explicit Resolver(const Json& bundle);
  [[nodiscard]] const Json* find(std::string_view reference, std::string_view from_full_url,
                                 const Json& from_resource) const;
  [[nodiscard]] const Json* find(const Json* reference_node, std::string_view from_full_url,
                                 const Json& from_resource) const;

 private:
  std::unordered_map<std::string, const Json*> by_url_;
  std::unordered_map<std::string, const Json*> by_type_and_id_;
};

// "https://payer.example/fhir/Patient/7" -> "https://payer.example/fhir/"; "" for a urn.
std::string base_of(std::string_view full_url);

}  // namespace atz::fhir
