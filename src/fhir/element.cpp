#include "fhir/element.hpp"

namespace atz::fhir {

const Json* child(const Json& node, std::string_view key) {
  const auto* members = node.get_ptr<const Json::object_t*>();
  if (members == nullptr) return nullptr;
  for (const auto& [name, value] : *members) {
    if (name == key) return value.is_null() ? nullptr : &value;
  }
  return nullptr;
}

const Json& child_or_null(const Json& node, std::string_view key) {
  static const Json kNull;
  const Json* found = child(node, key);
  return found == nullptr ? kNull : *found;
}

std::string text_of(const Json& node, std::string_view key) {
  const Json* found = child(node, key);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<const Json*> elements(const Json& node, std::string_view key) {
  std::vector<const Json*> found;
  const Json* array = child(node, key);
  if (array == nullptr) return found;
  if (!array->is_array()) return {array};
  for (const auto& element : *array) {
    if (!element.is_null()) found.push_back(&element);
  }
  return found;
}

const Json* extension(const Json& node, std::string_view url) {
  for (const Json* candidate : elements(node, "extension")) {
    if (text_of(*candidate, "url") == url) return candidate;
  }
  return nullptr;
}

std::vector<const Json*> extensions(const Json& node, std::string_view url) {
  std::vector<const Json*> found;
  for (const Json* candidate : elements(node, "extension")) {
    if (text_of(*candidate, "url") == url) found.push_back(candidate);
  }
  return found;
}

std::string code_of(const Json* concept_node, std::string_view system) {
  if (concept_node == nullptr) return {};
  for (const Json* coding : elements(*concept_node, "coding")) {
    if (system.empty() || text_of(*coding, "system") == system) {
      if (auto code = text_of(*coding, "code"); !code.empty()) return code;
    }
  }
  return {};
}

bool has_code(const Json* concept_node, std::string_view system, std::string_view code) {
  if (concept_node == nullptr) return false;
  for (const Json* coding : elements(*concept_node, "coding")) {
    if (text_of(*coding, "system") == system && text_of(*coding, "code") == code) return true;
  }
  return false;
}

std::string words_of(const Json* concept_node) {
  if (concept_node == nullptr) return {};
  if (auto text = text_of(*concept_node, "text"); !text.empty()) return text;
  for (const Json* coding : elements(*concept_node, "coding")) {
    if (auto display = text_of(*coding, "display"); !display.empty()) return display;
  }
  return code_of(concept_node);
}

std::string without_version(std::string_view canonical) {
  return std::string(canonical.substr(0, canonical.find('|')));
}

bool has_profile(const Json& resource, std::string_view canonical) {
  for (const Json* claimed : elements(child_or_null(resource, "meta"), "profile")) {
    if (claimed->is_string() && without_version(*claimed->get_ptr<const std::string*>()) == canonical) return true;
  }
  return false;
}

std::string resource_type(const Json* resource) {
  return resource == nullptr ? std::string{} : text_of(*resource, "resourceType");
}

std::string number_or_text(const Json& node, std::string_view key) {
  const Json* found = child(node, key);
  if (found == nullptr) return {};
  if (found->is_string()) return found->get<std::string>();
  return number_text(*found).value_or("");
}

std::string base_of(std::string_view full_url) {
  if (full_url.substr(0, 4) != "http") return {};
  const auto id = full_url.rfind('/');
  if (id == std::string_view::npos || id == 0) return {};
  const auto type = full_url.rfind('/', id - 1);
  if (type == std::string_view::npos) return {};
  return std::string(full_url.substr(0, type + 1));
}

Resolver::Resolver(const Json& bundle) {
  for (const Json* entry : elements(bundle, "entry")) {
    const Json* resource = child(*entry, "resource");
    if (resource == nullptr) continue;
    if (auto url = text_of(*entry, "fullUrl"); !url.empty()) by_url_.try_emplace(std::move(url), resource);
    if (auto id = text_of(*resource, "id"); !id.empty())
      by_type_and_id_.try_emplace(resource_type(resource) + "/" + id, resource);
  }
}

const Json* Resolver::find(std::string_view reference, std::string_view from_full_url,
                           const Json& from_resource) const {
  if (reference.empty()) return nullptr;
  if (reference.front() == '#') {
    for (const Json* contained : elements(from_resource, "contained")) {
      if (text_of(*contained, "id") == reference.substr(1)) return contained;
    }
    return nullptr;
  }
  const std::string key(reference.substr(0, reference.find("/_history/")));
  if (const auto hit = by_url_.find(key); hit != by_url_.end()) return hit->second;
  if (const auto base = base_of(from_full_url); !base.empty()) {
    if (const auto hit = by_url_.find(base + key); hit != by_url_.end()) return hit->second;
  }
  if (const auto hit = by_type_and_id_.find(key); hit != by_type_and_id_.end()) return hit->second;
  return nullptr;
}

const Json* Resolver::find(const Json* reference_node, std::string_view from_full_url,
                           const Json& from_resource) const {
  return reference_node == nullptr ? nullptr
                                   : find(text_of(*reference_node, "reference"), from_full_url, from_resource);
}

}  // namespace atz::fhir
