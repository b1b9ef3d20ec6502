#include "fhir/prior_bundle.hpp"

#include <algorithm>
#include <unordered_map>

#include "fhir/bundle.hpp"
#include "fhir/claim_update.hpp"
#include "fhir/element.hpp"

namespace atz::fhir {
namespace {

void collect_references(const Json& node, std::vector<std::string>& out) {
  if (node.is_object()) {
    if (auto reference = text_of(node, "reference"); !reference.empty()) out.push_back(std::move(reference));
    for (const auto& [key, value] : *node.get_ptr<const Json::object_t*>()) collect_references(value, out);
  } else if (node.is_array()) {
    for (const auto& element : node) collect_references(element, out);
  }
}

}  // namespace

PriorBundle::PriorBundle(Json parsed) : bundle(std::move(parsed)), view(bundle) {}

Json PriorBundle::carried(const char* list) const {
  Json out = Json::array();
  for (const Json* entry : elements(claim(), list)) {
    if (entry->is_object()) out.push_back(without_mark(*entry));
  }
  return out;
}

int PriorBundle::next_sequence(const char* list) const {
  int last = 0;
  for (const Json* entry : elements(claim(), list)) {
    const Json* sequence = child(*entry, "sequence");
    if (sequence != nullptr && sequence->is_number_integer()) last = std::max(last, sequence->get<int>());
  }
  return last + 1;
}

void PriorBundle::append_to(Json& entries) const {
  std::unordered_map<std::string, const Json*> by_url;
  std::set<std::string> there;
  for (const auto& entry : entries) there.insert(text_of(entry, "fullUrl"));
  for (const Json* entry : elements(bundle, "entry")) {
    const Json* resource = child(*entry, "resource");
    const std::string url = text_of(*entry, "fullUrl");
    const bool older = resource_type(resource) == "Claim" && resource != view.claim;
    if (resource != nullptr && !older && there.count(url) == 0) by_url.emplace(url, resource);
  }
  std::vector<std::string> open;
  for (const auto& entry : entries) collect_references(child_or_null(entry, "resource"), open);
  std::set<std::string> reached;
  while (!open.empty()) {
    const std::string url = std::move(open.back());
    open.pop_back();
    const auto found = by_url.find(url);
    if (found != by_url.end() && reached.insert(url).second) collect_references(*found->second, open);
  }
  for (const Json* entry : elements(bundle, "entry")) {
    const std::string url = text_of(*entry, "fullUrl");
    if (reached.count(url) != 0) entries.push_back(entry_of(url, *by_url.at(url)));
  }
}

std::unique_ptr<const PriorBundle> read_prior(std::string_view body) {
  auto parsed = parse_json(body);
  if (!parsed) return nullptr;
  auto prior = std::make_unique<const PriorBundle>(std::move(*parsed));
  return resource_type(prior->view.claim) == "Claim" ? std::move(prior) : nullptr;
}

}  // namespace atz::fhir
