#include "fhir/bundle_check.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "fhir/primitives.hpp"
#include "fhir/schema_check.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kBundleMembers[] = {"resourceType", "id",   "meta",      "implicitRules", "language",
                                               "identifier",   "type", "timestamp", "link",          "entry"};
constexpr std::string_view kEntryMembers[] = {"id", "extension", "modifierExtension", "link", "fullUrl", "resource"};
constexpr std::string_view kForbiddenInEntry[] = {"search", "request", "response"};

template <class Names>
bool among(std::string_view name, const Names& names) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::string entry_path(std::size_t index) {
  return "Bundle.entry[" + std::to_string(index) + "]";
}

bool is_uuid_urn(std::string_view url) {
  constexpr std::string_view kPrefix = "urn:uuid:";
  if (url.substr(0, kPrefix.size()) != kPrefix || url.size() != kPrefix.size() + 36) return false;
  url.remove_prefix(kPrefix.size());
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (url[i] >= '0' && url[i] <= '9') || (url[i] >= 'a' && url[i] <= 'f');
    if (dash ? url[i] != '-' : !hex) return false;
  }
  return true;
}

bool is_full_url(std::string_view url) {
  return is_uuid_urn(url) ||
         ((url.substr(0, 7) == "http://" || url.substr(0, 8) == "https://") && !base_of(url).empty());
}

void check_head(const Json& bundle, bool tolerant, Faults& faults) {
  const Json* identifier = child(bundle, "identifier");
  if (identifier == nullptr || text_of(*identifier, "value").empty()) {
    faults.add("required", "Bundle.identifier", "The bundle must have an identifier with a value.");
  }
  if (text_of(bundle, "type") != "collection")
    faults.add("value", "Bundle.type", "The bundle's type must be collection.");
  const Json& timestamp = child_or_null(bundle, "timestamp");
  if (!is_valid_primitive("instant", timestamp)) {
    faults.add("required", "Bundle.timestamp", "The bundle must have a timestamp with seconds and a time zone.");
  }
  if (tolerant) return;
  for (const auto& [key, value] : *bundle.get_ptr<const Json::object_t*>()) {
    if (!among(key, kBundleMembers))
      faults.add("structure", "Bundle", "The bundle has a member that a request must not have.");
  }
}

void check_entry(const Json& entry, const std::string& path, bool tolerant, std::set<std::string>& urls,
                 Faults& faults) {
  const std::string url = text_of(entry, "fullUrl");
  if (url.empty()) {
    faults.add("required", path + ".fullUrl", "Every entry must have a fullUrl.");
  } else if (!is_full_url(url)) {
    faults.add("value", path + ".fullUrl",
               "A fullUrl must be urn:uuid: and a lower-case UUID, or an absolute URL of a resource.");
  } else if (!urls.insert(url).second) {
    faults.add("duplicate", path + ".fullUrl", "Two entries have the same fullUrl.");
  }
  for (const auto name : kForbiddenInEntry) {
    if (child(entry, name) != nullptr)
      faults.add("structure", path + "." + std::string(name), "Not allowed in this bundle.");
  }
  if (tolerant || !entry.is_object()) return;
  for (const auto& [key, value] : *entry.get_ptr<const Json::object_t*>()) {
    if (!among(key, kEntryMembers) && !among(key, kForbiddenInEntry))
      faults.add("structure", path, "The entry has an unknown member.");
  }
}

struct Use {
  std::string path, reference;
};

void collect_references(const Json& node, const std::string& path, std::vector<Use>& uses) {
  if (node.is_object()) {
    if (const Json* reference = child(node, "reference"); reference != nullptr && reference->is_string()) {
      uses.push_back({path, reference->get<std::string>()});
    }
    for (const auto& [key, value] : *node.get_ptr<const Json::object_t*>()) {
      if (key != "resource") collect_references(value, path + "." + key, uses);
    }
  } else if (node.is_array()) {
    for (std::size_t i = 0; i < node.size(); ++i)
      collect_references(node[i], path + "[" + std::to_string(i) + "]", uses);
  }
}

// References that lead nowhere, and entries that nothing leads to from the first one.
void check_references(const RequestView& view, const std::vector<const Json*>& entries, bool tolerant, Faults& faults) {
  std::vector<const Json*> resources;
  for (const Json* entry : entries) resources.push_back(child(*entry, "resource"));
  std::vector<bool> reached(entries.size(), false);
  std::vector<std::vector<std::size_t>> leads_to(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (resources[i] == nullptr) continue;
    std::vector<Use> uses;
    collect_references(*resources[i], entry_path(i) + ".resource", uses);
    for (const auto& use : uses) {
      const Json* target = view.resolver.find(use.reference, text_of(*entries[i], "fullUrl"), *resources[i]);
      if (target == nullptr) {
        // What the replaced Claim replaced itself must not be here (its own update named it).
        const bool older = resource_type(resources[i]) == "Claim" && use.path.find(".related[") != std::string::npos;
        if (!older || (i == 0 && !tolerant))
          faults.add("not-found", use.path, "The resource that is referred to is not in the bundle.");
        continue;
      }
      const auto hit = std::find(resources.begin(), resources.end(), target);
      if (hit != resources.end()) leads_to[i].push_back(static_cast<std::size_t>(hit - resources.begin()));
    }
  }
  if (tolerant || entries.empty()) return;
  std::vector<std::size_t> open{0};
  while (!open.empty()) {
    const auto i = open.back();
    open.pop_back();
    if (reached[i]) continue;
    reached[i] = true;
    open.insert(open.end(), leads_to[i].begin(), leads_to[i].end());
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!reached[i]) faults.add("structure", entry_path(i), "Nothing in the request refers to this resource.");
  }
}

}  // namespace

void check_bundle(const RequestView& view, RequestProfile profile, bool tolerant, Faults& faults) {
  const Json& bundle = view.bundle;
  check_head(bundle, tolerant, faults);
  check_form(bundle, "Bundle", faults);
  const Json& list = child_or_null(bundle, "entry");
  const auto entries = elements(bundle, "entry");
  if (!list.is_array() || entries.empty()) {
    faults.add("required", "Bundle.entry", "The bundle must have entries.");
    return;
  }
  std::set<std::string> urls;
  int claims = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    check_entry(*entries[i], entry_path(i), tolerant, urls, faults);
    const Json* resource = child(*entries[i], "resource");
    const std::string type = resource_type(resource);
    const std::string path = entry_path(i) + ".resource";
    if (type.empty()) {
      faults.add("required", path, "Every entry must have a resource with a resourceType.");
      continue;
    }
    const bool prior_claim = type == "Claim" && claims++ > 0;
    if (prior_claim) continue;
    SchemaContext context{view.resolver, tolerant, faults, text_of(*entries[i], "fullUrl"), resource};
    check_type(*resource, type == "Claim" && profile == RequestProfile::inquiry ? "InquiryClaim" : type, path, context);
  }
  if (resource_type(view.claim) != "Claim")
    faults.add("invariant", "Bundle.entry[0]", "The first entry must be the Claim.");
  const int most = profile == RequestProfile::submit ? 2 : 1;
  if (claims > most) faults.add("structure", "Bundle.entry", "The bundle holds too many Claims.");
  check_references(view, entries, tolerant, faults);
}

}  // namespace atz::fhir
