#include "fhir/update_view.hpp"

#include <algorithm>

#include "fhir/canonical.hpp"

namespace atz::fhir {
namespace {

bool is_mark(const Json& node) {
  return text_of(node, "url") == ext::kInfoChanged;
}

bool same(const Json& left, const Json& right);

bool same_list(const Json& left, const Json& right) {
  std::vector<const Json*> ours;
  std::vector<const Json*> theirs;
  for (const auto& element : left) {
    if (!is_mark(element)) ours.push_back(&element);
  }
  for (const auto& element : right) {
    if (!is_mark(element)) theirs.push_back(&element);
  }
  return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                    [](const Json* a, const Json* b) { return same(*a, *b); });
}

// A list of extensions that held nothing but a mark counts as none.
bool is_bare(const Json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), is_mark);
}

bool has_members_of(const Json& left, const Json& right) {
  const auto& members = *left.get_ptr<const Json::object_t*>();
  return std::all_of(members.begin(), members.end(), [&](const auto& member) {
    const Json* other = child(right, member.first);
    return other == nullptr ? is_bare(member.second) : same(member.second, *other);
  });
}

bool same(const Json& left, const Json& right) {
  if (left.is_array() && right.is_array()) return same_list(left, right);
  if (left.is_object() && right.is_object()) return has_members_of(left, right) && has_members_of(right, left);
  return left == right;
}

}  // namespace

std::string change_of(const Json& entry) {
  const Json* mark = extension(entry, ext::kInfoChanged);
  return mark == nullptr ? std::string{} : text_of(*mark, "valueCode");
}

bool is_cancelled(const Json& entry) {
  const auto modifiers = elements(entry, "modifierExtension");
  return std::any_of(modifiers.begin(), modifiers.end(), [](const Json* modifier) {
    return text_of(*modifier, "url") == ext::kInfoCancelled && child_or_null(*modifier, "valueBoolean") == Json(true);
  });
}

std::string certification_of(const Json& node) {
  const Json* kind = extension(node, ext::kCertificationType);
  return kind == nullptr ? std::string{} : code_of(child(*kind, "valueCodeableConcept"));
}

std::vector<const Json*> claims_of(const Json& bundle) {
  std::vector<const Json*> claims;
  for (const Json* entry : elements(bundle, "entry")) {
    const Json* resource = child(*entry, "resource");
    if (resource_type(resource) == "Claim") claims.push_back(resource);
  }
  return claims;
}

bool same_entry(const Json& left, const Json& right) {
  return same(left, right);
}

}  // namespace atz::fhir
