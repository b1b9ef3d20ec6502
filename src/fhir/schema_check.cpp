#include "fhir/schema_check.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include "atz/base/text.hpp"
#include "fhir/canonical.hpp"
#include "fhir/places.hpp"
#include "fhir/primitives.hpp"
#include "fhir/schema.hpp"

namespace atz::fhir {
namespace {

bool has_word(std::string_view words, std::string_view word) {
  for (const auto& candidate : split(words, ' ')) {
    if (candidate == word) return true;
  }
  return false;
}

std::string upper_first(std::string_view text) {
  std::string out(text);
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  return out;
}

bool is_choice(const Element& element) {
  return element.name.size() > 3 && element.name.substr(element.name.size() - 3) == "[x]";
}

// One possible JSON member of an element: its name and the type to check its value with.
struct Form {
  std::string name, type;
};

std::vector<Form> forms_of(const Element& element) {
  if (!is_choice(element)) {
    std::string type(element.types);
    if (type.size() > 2 && type.substr(type.size() - 2) == "[]") type.resize(type.size() - 2);
    return {{std::string(element.name), type}};
  }
  const std::string_view stem = element.name.substr(0, element.name.size() - 3);
  std::vector<Form> forms;
  for (const auto& choice : split(element.types, '|')) {
    const auto colon = choice.find(':');
    forms.push_back({std::string(stem) + upper_first(choice.substr(0, colon)),
                     colon == std::string::npos ? choice : choice.substr(colon + 1)});
  }
  return forms;
}

bool is_array_element(const Element& element) {
  return element.max > 1 || (element.types.size() > 2 && element.types.substr(element.types.size() - 2) == "[]");
}

void check_reference(const Json& node, std::string_view targets, const std::string& path, SchemaContext& context) {
  const std::string reference = text_of(node, "reference");
  if (reference.empty()) {
    const bool named = !text_of(child_or_null(node, "identifier"), "value").empty();
    if (context.logical_references && named) return;
    context.faults.add("required", at(path, "reference"), "A reference to a resource of the bundle is required.");
    return;
  }
  const Json* target = context.resolver.find(reference, context.full_url, *context.resource);
  if (target == nullptr) return;  // reported with all references that lead nowhere
  const auto allowed = split(targets, ',');
  if (std::find(allowed.begin(), allowed.end(), resource_type(target)) == allowed.end()) {
    context.faults.add("invariant", path, "The reference must point at " + join(allowed, " or ") + ".");
  }
}

void check_value_set(const Json& node, const Element& element, const std::string& path, SchemaContext& context) {
  if (element.system.empty() && element.values.empty()) return;
  if (element.system.empty()) {
    const std::string value = node.is_boolean()  ? (node.get<bool>() ? "true" : "false")
                              : node.is_string() ? node.get<std::string>()
                                                 : "";
    if (!has_word(element.values, value)) {
      context.faults.add("value", path, "The value must be " + join(split(element.values, ' '), " or ") + ".");
    }
    return;
  }
  const std::string code = code_of(&node, element.system);
  if (code.empty()) {
    context.faults.add("code-invalid", path, "A code of the system " + std::string(element.system) + " is required.");
  } else if (!element.values.empty() && !has_word(element.values, code)) {
    context.faults.add("code-invalid", path, "The code must be " + join(split(element.values, ' '), " or ") + ".");
  }
}

void check_single(const Json& node, const std::string& type, const Element* element, const std::string& path,
                  SchemaContext& context) {
  if (type == "Open") return;
  if (is_primitive(type)) {
    if (!is_valid_primitive(type, node)) {
      const bool date = type == "date";
      context.faults.add("value", path,
                         date ? "A full date (YYYY-MM-DD) is required." : "This is no valid " + type + ".");
      return;
    }
  } else if (!node.is_object()) {
    context.faults.add("structure", path, "An object is required.");
    return;
  } else if (type.rfind("Reference", 0) == 0) {
    check_type(node, "Reference", path, context);
    const auto open = type.find('(');
    if (open != std::string::npos)
      check_reference(node, std::string_view(type).substr(open + 1, type.size() - open - 2), path, context);
  } else {
    check_type(node, type, path, context);
  }
  if (element != nullptr) check_value_set(node, *element, path, context);
}

void check_element(const Json& node, std::string_view type, const Element& element, const std::string& path,
                   SchemaContext& context) {
  int count = 0;
  std::string written;
  for (const auto& form : forms_of(element)) {
    const Json* value = child(node, form.name);
    if (value == nullptr) continue;
    const std::string place = at(path, form.name);
    written = place;
    if (!is_array_element(element)) {
      ++count;
      if (value->is_array()) {
        context.faults.add("structure", place, "Only one value is allowed, not an array.");
      } else {
        check_single(*value, form.type, &element, place, context);
      }
      continue;
    }
    if (!value->is_array()) {
      ++count;
      context.faults.add("structure", place, "An array is required.");
      continue;
    }
    count += static_cast<int>(value->size());
    for (std::size_t i = 0; i < value->size(); ++i) {
      if (!(*value)[i].is_null()) check_single((*value)[i], form.type, &element, at(place, i), context);
    }
  }
  const std::string name(element.name);
  if (count < element.min && !(context.tolerant && is_recent(type, element.name))) {
    const bool choice = forms_of(element).size() > 1;
    const std::string member = choice ? name.substr(0, name.find('[')) : forms_of(element).front().name;
    context.faults.add("required", at(path, member), name + " is required.");
  }
  if (count > element.max) {
    const std::string most = std::to_string(element.max);
    context.faults.add(
        "structure", written,
        element.max == 0 ? name + " is not allowed here." : name + " may occur at most " + most + " times.");
  }
}

constexpr std::string_view kDataMembers[] = {"id", "extension"};
constexpr std::string_view kBackboneMembers[] = {"id", "extension", "modifierExtension"};
constexpr std::string_view kResourceMembers[] = {
    "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension"};

bool is_common_member(TypeKind kind, std::string_view name) {
  const auto among = [&](const auto& names) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
  };
  switch (kind) {
    case TypeKind::data:
      return among(kDataMembers);
    case TypeKind::backbone:
      return among(kBackboneMembers);
    case TypeKind::resource:
      return among(kResourceMembers);
  }
  return false;
}

void check_unknown_members(const Json& node, const TypeDef& type, const std::string& path, SchemaContext& context) {
  if (context.tolerant) return;
  std::vector<std::string> known;
  for (const auto& element : type.elements) {
    for (auto& form : forms_of(element)) known.push_back(std::move(form.name));
  }
  for (const auto& [key, value] : *node.get_ptr<const Json::object_t*>()) {
    const std::string_view name =
        !key.empty() && key.front() == '_' ? std::string_view(key).substr(1) : std::string_view(key);
    if (is_common_member(type.kind, name) || std::find(known.begin(), known.end(), name) != known.end()) continue;
    context.faults.add("structure", path, "There is no member of this name here: " + shown_name(key) + ".");
  }
}

void check_extensions(const Json& node, const TypeDef& type, const std::string& path, SchemaContext& context) {
  for (const auto& def : extension_defs()) {
    if (def.context != type.name) continue;
    int count = 0;
    const Json& list = child_or_null(node, "extension");
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
      if (text_of(list[i], "url") != def.url) continue;
      ++count;
      if (def.type.empty()) continue;
      const std::string place = at(at(path, "extension"), i);
      const std::string key = "value" + upper_first(def.type.substr(0, def.type.find('(')));
      const Json* value = child(list[i], key);
      if (value == nullptr) {
        context.faults.add("structure", place, "The extension must have a " + key + ".");
        continue;
      }
      const Element element{def.url, 0, 1, def.type, def.system};
      check_single(*value, std::string(def.type), &element, at(place, key), context);
    }
    const std::string name(def.url.substr(kPasDefinitions.size()));
    if (count < def.min && !(context.tolerant && is_recent(type.name, def.url)))
      context.faults.add("required", at(path, "extension"), name + " is required.");
    if (count > def.max) context.faults.add("structure", at(path, "extension"), name + " may occur only once.");
  }
}

// PAS's own extensions belong where PAS puts them.
void check_context(const Json& node, const TypeDef& type, const std::string& path, SchemaContext& context) {
  if (context.tolerant) return;
  const Json& list = child_or_null(node, "extension");
  for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
    const std::string url = text_of(list[i], "url");
    bool defined = false;
    bool here = false;
    for (const auto& def : extension_defs()) {
      if (def.url != url) continue;
      defined = true;
      here = here || def.context == type.name;
    }
    if (defined && !here)
      context.faults.add("structure", at(at(path, "extension"), i), "This extension is not allowed here.");
  }
}

void check_modifiers(const Json& node, const std::string& path, SchemaContext& context) {
  for (const Json* modifier : elements(node, "modifierExtension")) {
    const std::string url = text_of(*modifier, "url");
    if (url.compare(0, kPasDefinitions.size(), kPasDefinitions) != 0) {
      context.faults.add("not-supported", at(path, "modifierExtension"),
                         "This modifier extension is not known here, so the request can't be understood safely.");
    }
  }
}

}  // namespace

void check_type(const Json& node, std::string_view type, const std::string& path, SchemaContext& context) {
  // Published samples have a member number without system and value there.
  if (type == "CoverageIdentifier") type = context.tolerant ? "LooseIdentifier" : "Identifier";
  const TypeDef* def = find_type(type);
  if (def == nullptr || !node.is_object()) return;
  for (const auto& element : def->elements) check_element(node, def->name, element, path, context);
  if (def->kind == TypeKind::resource) {
    static constexpr Element kCommon[] = {{"id", 0, 1, "id"},
                                          {"meta", 0, 1, "Meta"},
                                          {"implicitRules", 0, 1, "uri"},
                                          {"language", 0, 1, "code"},
                                          {"text", 0, 1, "Narrative"}};
    for (const auto& element : kCommon) check_element(node, def->name, element, path, context);
  }
  check_unknown_members(node, *def, path, context);
  check_extensions(node, *def, path, context);
  check_context(node, *def, path, context);
  check_modifiers(node, path, context);
}

}  // namespace atz::fhir
