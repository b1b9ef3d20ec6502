// What an update of a Claim must keep and must mark. The reviewer's system forwards marked entries only, so that a
// forgotten mark would hide a change.
#include <map>

#include "fhir/canonical.hpp"
#include "fhir/claim_check.hpp"
#include "fhir/update_view.hpp"

namespace atz::fhir {
namespace {

constexpr std::string_view kClaimPath = "Bundle.entry[0].resource";

std::string place_of(const char* list, std::size_t i) {
  return std::string(kClaimPath) + "." + list + "[" + std::to_string(i) + "]";
}

// The Claim that is replaced; null when the bundle lacks it, which was reported then.
const Json* check_related(const RequestView& view, Faults& faults) {
  const Json& claim = *view.claim;
  const std::string path = std::string(kClaimPath) + ".related";
  const auto related = elements(claim, "related");
  if (!has_profile(claim, profile::kClaimUpdate))
    faults.add("invariant", std::string(kClaimPath) + ".meta.profile", "An update must say so in its profile.");
  if (related.size() != 1) {
    faults.add("required", path, "An update must name exactly one Claim that it replaces.");
    return nullptr;
  }
  const Json* relationship = child(*related.front(), "relationship");
  if (!has_code(relationship, codesystem::kRelatedClaim, "prior") &&
      !has_code(relationship, codesystem::kRelatedClaim, "replaces")) {
    faults.add("code-invalid", path + "[0].relationship", "The relationship must be prior or replaces.");
  }
  const Json* prior = view.from_claim(child(*related.front(), "claim"));
  if (resource_type(prior) != "Claim" || prior == &claim) {
    faults.add("required", path + "[0].claim", "The Claim that is replaced must be in the bundle.");
    return nullptr;
  }
  for (const Json* older : elements(*prior, "related")) {
    const Json* found = view.resolver.find(child(*older, "claim"), view.url_of(prior), *prior);
    if (found != nullptr) {
      faults.add("structure", view.path_of(prior) + ".related",
                 "The Claim before the one that is replaced must not be in the bundle.");
    }
  }
  return prior;
}

void check_cancelled(const Json& entry, const char* list, const std::string& path, Faults& faults) {
  if (std::string_view(list) != "item") return;
  const bool type = certification_of(entry) == kCancelCode;
  if (is_cancelled(entry) != type) {
    faults.add("invariant", path,
               "A line that is withdrawn needs infoCancelled and the certification type 3, both of them.");
  }
}

void check_mark(const Json& entry, const Json* before, const std::string& path, Faults& faults) {
  const std::string mark = change_of(entry);
  if (!mark.empty() && mark != kAdded && mark != kChanged)
    faults.add("code-invalid", path + ".extension", "infoChanged must be added or changed.");
  if (before == nullptr) {
    if (mark != kAdded) faults.add("required", path + ".extension", "A new entry must be marked as added.");
    return;
  }
  const bool same = same_entry(entry, *before);
  if (mark == kAdded) faults.add("invariant", path + ".extension", "This entry was there before: it is not added.");
  if (same && mark == kChanged) faults.add("invariant", path + ".extension", "This entry is as it was before.");
  if (!same && mark.empty()) faults.add("required", path + ".extension", "A changed entry must be marked as changed.");
}

// Returns the number of marks.
int check_list(const Json& claim, const Json& prior, const char* list, Faults& faults) {
  std::map<std::string, const Json*> before;
  for (const Json* entry : elements(prior, list)) before.emplace(number_or_text(*entry, "sequence"), entry);
  const auto now = elements(claim, list);
  int marks = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto known = before.find(number_or_text(*now[i], "sequence"));
    check_mark(*now[i], known == before.end() ? nullptr : known->second, place_of(list, i), faults);
    check_cancelled(*now[i], list, place_of(list, i), faults);
    if (!change_of(*now[i]).empty()) ++marks;
    if (known != before.end()) before.erase(known);
  }
  for (const auto& [sequence, entry] : before) {
    faults.add("required", std::string(kClaimPath) + "." + list,
               "Entry " + sequence + " of the Claim that is replaced must still be there.");
  }
  return marks;
}

void check_whole_cancel(const Json& claim, Faults& faults) {
  if (certification_of(claim) != kCancelCode) return;
  const auto items = elements(claim, "item");
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_cancelled(*items[i]))
      faults.add("invariant", place_of("item", i), "The whole request is withdrawn, so each of its lines must be.");
  }
}

void check_first_request(const Json& claim, Faults& faults) {
  if (!certification_of(claim).empty()) {
    faults.add("invariant", std::string(kClaimPath) + ".extension",
               "Only an update may have a certification type of the whole request.");
  }
  for (const char* list : {"item", "supportingInfo"}) {
    const auto entries = elements(claim, list);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!change_of(*entries[i]).empty() || is_cancelled(*entries[i]))
        faults.add("invariant", place_of(list, i), "Only an update marks what is new or withdrawn.");
    }
  }
}

}  // namespace

void check_update(const RequestView& view, Faults& faults) {
  const Json& claim = *view.claim;
  if (!is_update(view)) {
    check_first_request(claim, faults);
    return;
  }
  if (claims_of(view.bundle).size() != 2) {
    faults.add("invariant", "Bundle.entry",
               "An update holds exactly two Claims, its own and the one that it replaces.");
  }
  const Json* prior = check_related(view, faults);
  if (prior == nullptr) return;
  const int marks = check_list(claim, *prior, "item", faults) + check_list(claim, *prior, "supportingInfo", faults);
  if (marks == 0)
    faults.add("invariant", std::string(kClaimPath), "An update must mark at least one entry as added or changed.");
  check_whole_cancel(claim, faults);
}

}  // namespace atz::fhir
