#include "fhir/claim_update.hpp"

#include "fhir/datatypes.hpp"
#include "fhir/update_view.hpp"

namespace atz::fhir {
namespace {

// The object with `extension` in front of its other members.
Json led_by(const char* key, Json value, const Json& node) {
  Json out = Json::object();
  out[key] = std::move(value);
  for (const auto& [name, member] : *node.get_ptr<const Json::object_t*>()) {
    if (name != key) out[name] = member;
  }
  return out;
}

Json list_of(const Json& node, const char* key) {
  Json out = Json::array();
  for (const Json* element : elements(node, key)) out.push_back(*element);
  return out;
}

Json cancelled_modifier() {
  return extension_of(ext::kInfoCancelled, "valueBoolean", true);
}

}  // namespace

Json without_mark(const Json& entry) {
  Json extensions = Json::array();
  for (const Json* extension : elements(entry, "extension")) {
    if (text_of(*extension, "url") != ext::kInfoChanged) extensions.push_back(*extension);
  }
  Json out = entry;
  if (extensions.empty()) {
    out.erase("extension");
  } else {
    out["extension"] = std::move(extensions);
  }
  return out;
}

void set_extension(Json& node, Json extension) {
  const std::string url = text_of(extension, "url");
  Json all = list_of(node, "extension");
  bool replaced = false;
  for (auto& one : all) {
    if (text_of(one, "url") != url) continue;
    one = extension;
    replaced = true;
  }
  if (!replaced) all.push_back(std::move(extension));
  if (child(node, "extension") != nullptr) {
    node["extension"] = std::move(all);
  } else {
    node = led_by("extension", std::move(all), node);
  }
}

void mark(Json& entry, std::string_view change) {
  set_extension(entry, extension_of(ext::kInfoChanged, "valueCode", change));
}

void withdraw(Json& item) {
  if (is_cancelled(item)) return;  // said before
  set_extension(item, extension_of(ext::kCertificationType, "valueCodeableConcept",
                                   x12_concept(X12::certification, kCancelCode)));
  mark(item, kChanged);
  Json modifiers = list_of(item, "modifierExtension");
  modifiers.push_back(cancelled_modifier());
  Json out = Json::object();
  out["extension"] = item["extension"];
  out["modifierExtension"] = std::move(modifiers);
  for (const auto& [name, member] : *item.get_ptr<const Json::object_t*>()) {
    if (name != "extension" && name != "modifierExtension") out[name] = member;
  }
  item = std::move(out);
}

void set_numbers(Json& item, std::string_view case_id, std::string_view authorization_number) {
  if (!authorization_number.empty())
    set_extension(item, extension_of(ext::kAuthorizationNumber, "valueString", authorization_number));
  if (!case_id.empty()) set_extension(item, extension_of(ext::kAdministrationReferenceNumber, "valueString", case_id));
}

Json related_to(const PriorBundle& prior, const model::PayerProfile& payer, const std::string& case_id) {
  Json related = Json::object();
  related["claim"] = reference_to(prior.view.claim_url);
  related["relationship"] = concept_of(codesystem::kRelatedClaim, payer.update_relationship);
  if (!case_id.empty()) related["reference"] = identifier(payer.namespaces.case_id, case_id);
  return Json::array({std::move(related)});
}

}  // namespace atz::fhir
